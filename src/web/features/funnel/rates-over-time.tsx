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
import { rates } from "./metrics.ts";
import { useBasis } from "./use-basis.ts";

/** Rates over time: the hand-over to sales beside what came of it, or any one rate. */
export function RatesOverTime() {
  const { t } = useTexts();
  const { ask, view } = useView();
  const { basis } = useBasis();
  const all: readonly string[] = rates[basis];
  const plotted = all.find((one) => one === view.search.plot);
  const fittingOf = useFitting();
  const { fitting, leftOut } = fittingOf(plotted ? [plotted] : all.slice(0, 2));
  const question = ask({ metrics: fitting, basis, grain: "view" });
  const query = useAnswer(fitting.length > 0 ? question : null);
  if (fitting.length === 0) return <Unfit title={t("funnel.rates")} metrics={leftOut} />;
  return (
    <Answered query={query} height={420}>
      {(answer) => (
        <Course
          answer={answer}
          metrics={fitting.filter((one) => answer.figures.some(({ metric }) => metric === one))}
          question={question}
          isBusy={query.isPlaceholderData}
        />
      )}
    </Answered>
  );
}

function Course({
  answer,
  metrics,
  question,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly metrics: readonly string[];
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf, workspace } = useKnown();
  const { view } = useView();
  const { open } = useExplain();
  const { timeZone } = workspace;
  const annotations = useAnnotations(answer.buckets);
  const [first = ""] = metrics;
  const title =
    metrics.length === 1 ? t("funnel.course", { metric: nameOf(first) }) : t("funnel.rates");
  const data = {
    title,
    locale,
    timeZone,
    buckets: timeBuckets(answer, { grain: view.grain, timeZone, locale }),
    series: metrics.map((metric) => {
      const { comparison, ...series } = seriesOf(answer, { metric }, nameOf(metric));
      // Four lines of two rates cannot be told apart.
      return metrics.length === 1 ? { ...series, comparison } : series;
    }),
    annotations: annotations.shown,
    unit: { unit: "percent" },
  };
  return (
    <ChartPanel
      title={title}
      about={metrics.length === 1 ? undefined : t("funnel.rates_about")}
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
            height={300}
            onOpen={(index) => {
              const figure = figuresOverTime(answer, { metric: first })[index];
              const bucket = answer.buckets[index];
              if (figure && bucket) open(targetOf(figure, periodOfBucket(bucket)));
            }}
          />
          <AnnotationList annotations={annotations} />
        </>
      )}
    </ChartPanel>
  );
}

/** The choice of the rate that is drawn. */
function Plotted() {
  const { t } = useTexts();
  const { nameOf } = useKnown();
  const { view, set } = useView();
  const { basis } = useBasis();
  const all: readonly string[] = rates[basis];
  const plotted = all.find((one) => one === view.search.plot);
  return (
    <Choice
      name={t("funnel.plotted")}
      value={plotted ?? ""}
      shown={plotted ? nameOf(plotted) : t("funnel.rates_short")}
      options={[
        { id: "", text: t("funnel.rates_short") },
        ...all.map((id) => ({ id, text: nameOf(id) })),
      ]}
      onChoose={(id) => set({ plot: id === "" ? undefined : id }, { replace: true })}
    />
  );
}
