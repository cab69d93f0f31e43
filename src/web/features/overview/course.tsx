import { TimeSeries } from "../../../charts/time-series.tsx";
import { timeSeriesTable } from "../../../charts/time-series-words.ts";
import { addDays } from "../../../ledger/calendar.ts";
import type { ShownAnswer } from "../../../server/api.ts";
import { AddAnnotation } from "../../annotations/add-annotation.tsx";
import { AnnotationList } from "../../annotations/annotation-list.tsx";
import { useAnnotations } from "../../annotations/use-annotations.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { figuresOverTime, seriesOf, timeBuckets } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Choice } from "../../page/choice.tsx";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { type KeyMetric, keyMetrics } from "./metrics.ts";

/** What is plotted unless the address names a figure: both sides of the question. */
const money = ["revenue", "cost"] as const;

/**
 * Key figures over time: revenue against cost, or any one of the others.
 *
 * @param props the key figures by time
 */
export function Course({
  answer,
  isBusy,
}: {
  readonly answer: ShownAnswer;
  readonly isBusy: boolean;
}) {
  const { t, locale } = useTexts();
  const { nameOf, workspace } = useKnown();
  const { view, ask } = useView();
  const { open } = useExplain();
  const plotted = keyMetrics.find((one) => one === view.search.plot);
  const metrics: readonly KeyMetric[] = plotted ? [plotted] : money;
  const { timeZone } = workspace;
  const buckets = timeBuckets(answer, { grain: view.grain, timeZone, locale });
  const annotations = useAnnotations(answer.buckets);
  const series = metrics.map((metric) => seriesOf(answer, { metric }, nameOf(metric)));
  const first = metrics[0] ?? "revenue";
  const unit = answer.figures.find(({ metric }) => metric === first);
  const title = plotted ? t("overview.course", { metric: nameOf(plotted) }) : t("overview.money");
  const data = {
    title,
    locale,
    buckets,
    series,
    timeZone,
    annotations: annotations.shown,
    unit: { unit: unit?.unit ?? "count", currency: unit?.currency },
  };
  const explainAt = (index: number) => {
    const figure = figuresOverTime(answer, { metric: first })[index];
    const bucket = answer.buckets[index];
    if (!figure || !bucket) return;
    const isDay = bucket.from.length === 10;
    const from = isDay ? bucket.from : bucket.from.slice(0, 10);
    open(targetOf(figure, { from, to: isDay ? bucket.to : addDays(from, 1) }));
  };
  return (
    <ChartPanel
      title={title}
      about={plotted ? undefined : t("overview.money_about")}
      isBusy={isBusy}
      table={timeSeriesTable(data)}
      question={ask({ metrics, grain: "view" })}
      actions={
        <>
          <Plotted plotted={plotted} />
          <AddAnnotation />
        </>
      }
    >
      {(place) => (
        <>
          <TimeSeries {...data} {...place} height={320} onOpen={explainAt} />
          <AnnotationList annotations={annotations} />
        </>
      )}
    </ChartPanel>
  );
}

/** The choice of what is plotted. */
function Plotted({ plotted }: { readonly plotted: KeyMetric | undefined }) {
  const { t } = useTexts();
  const { nameOf } = useKnown();
  const { set } = useView();
  const money = t("overview.money_short");
  return (
    <Choice
      name={t("overview.plotted")}
      value={plotted ?? ""}
      shown={plotted ? nameOf(plotted) : money}
      options={[
        { id: "", text: money },
        ...keyMetrics.map((id) => ({ id: id as string, text: nameOf(id) })),
      ]}
      onChoose={(id) => set({ plot: id === "" ? undefined : id }, { replace: true })}
    />
  );
}
