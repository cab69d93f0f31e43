import { TimeSeries } from "../../../charts/time-series.tsx";
import { timeSeriesTable } from "../../../charts/time-series-words.ts";
import type { ShownAnswer } from "../../../server/api.ts";
import { AddAnnotation } from "../../annotations/add-annotation.tsx";
import { AnnotationList } from "../../annotations/annotation-list.tsx";
import { useAnnotations } from "../../annotations/use-annotations.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { figuresOverTime, periodOfBucket, seriesOf, timeBuckets } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Choice } from "../../page/choice.tsx";
import { Unfit } from "../../page/left-out.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useFitting } from "../../view/use-fitting.ts";
import { useView } from "../../view/use-view.ts";
import { useMedium } from "./use-medium.ts";

/** Gmail and Yahoo turn senders away from this share of complaints on (bulk sender rules of February 2024). */
const complaintLimit = { metric: "spam_complaint_rate", value: "0.003", label: "0.3%" } as const;

/** A figure of the medium over time. */
export function Course() {
  const { ask, view } = useView();
  const { medium } = useMedium();
  const all: readonly string[] = medium.plotted;
  const metric = all.find((one) => one === view.search.plot) ?? all[0] ?? "";
  const question = ask({ metrics: [metric], grain: "view" });
  const { t } = useTexts();
  const { nameOf } = useKnown();
  const { fitting, leftOut } = useFitting()([metric]);
  const query = useAnswer(fitting.length > 0 ? question : null);
  if (fitting.length === 0) {
    return <Unfit title={t("messaging.course", { metric: nameOf(metric) })} metrics={leftOut} />;
  }
  return (
    <Answered query={query} height={400}>
      {(answer) => (
        <Line
          answer={answer}
          metric={answer.figures.some((one) => isOf(one, metric)) ? metric : ""}
          question={question}
          isBusy={query.isPlaceholderData}
        />
      )}
    </Answered>
  );
}

const isOf = (one: { readonly metric: string }, reference: string) =>
  one.metric === reference.split("@")[0];

function Line({
  answer,
  metric,
  question,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly metric: string;
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf, workspace } = useKnown();
  const { view } = useView();
  const { open } = useExplain();
  const annotations = useAnnotations(answer.buckets);
  const figures = figuresOverTime(answer, { metric });
  const { timeZone } = workspace;
  const [first] = answer.figures;
  const { value, label } = complaintLimit;
  const target = { name: t("messaging.complaint_limit"), datum: { value, label } };
  const data = {
    title: t("messaging.course", { metric: nameOf(metric) }),
    locale,
    timeZone,
    buckets: timeBuckets(answer, { grain: view.grain, timeZone, locale }),
    series: [seriesOf(answer, { metric }, nameOf(metric))],
    annotations: annotations.shown,
    unit: { unit: first?.unit ?? "percent", currency: first?.currency },
    ...(metric === complaintLimit.metric ? { target } : {}),
  };
  return (
    <ChartPanel
      title={data.title}
      isBusy={isBusy}
      table={timeSeriesTable(data)}
      question={question}
      actions={
        <>
          <Plotted />
          <AddAnnotation />
        </>
      }
    >
      {(place) => (
        <>
          <TimeSeries
            {...data}
            {...place}
            height={280}
            onOpen={(index) => {
              const [figure, bucket] = [figures[index], answer.buckets[index]];
              if (figure && bucket) open(targetOf(figure, periodOfBucket(bucket)));
            }}
          />
          <AnnotationList annotations={annotations} />
        </>
      )}
    </ChartPanel>
  );
}

/** The choice of what is drawn. */
function Plotted() {
  const { t } = useTexts();
  const { nameOf } = useKnown();
  const { view, set } = useView();
  const { medium } = useMedium();
  const all: readonly string[] = medium.plotted;
  const metric = all.find((one) => one === view.search.plot) ?? all[0] ?? "";
  return (
    <Choice
      name={t("messaging.plotted")}
      value={metric}
      shown={nameOf(metric)}
      options={all.map((id) => ({ id, text: nameOf(id) }))}
      onChoose={(id) => set({ plot: id === all[0] ? undefined : id }, { replace: true })}
    />
  );
}
