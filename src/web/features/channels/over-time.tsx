import { mostSeries, SmallMultiples } from "../../../charts/small-multiples.tsx";
import { TimeSeries } from "../../../charts/time-series.tsx";
import { timeSeriesTable } from "../../../charts/time-series-words.ts";
import { addDays } from "../../../ledger/calendar.ts";
import type { ShownAnswer } from "../../../server/api.ts";
import { useAnswer } from "../../api/answer.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { figureIn, figuresOverTime, seriesOf, timeBuckets } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { Answered } from "../../page/answered.tsx";
import { Empty } from "../../page/empty.tsx";
import { Panel } from "../../page/panel.tsx";
import { compareFigures, figureRows } from "../../table/figure-rows.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";
import { isAdded, plottable } from "./column-sets.ts";
import { Plotted } from "./plotted.tsx";

/** Channels that are drawn, the largest first. */
const mostDrawn = 12;

/** One figure over time for each channel, on one scale: a channel that falls is seen at once. */
export function OverTime() {
  const { t } = useTexts();
  const { nameOf } = useKnown();
  const { view, ask } = useView();
  const metric = plottable.find((one) => one === view.search.plot) ?? "attributed_revenue";
  const question = ask({ metrics: [metric], by: ["channel"], grain: "view" });
  const query = useAnswer(question);
  const title = t("channels.over_time", { metric: nameOf(metric) });
  return (
    <Answered query={query} height={420}>
      {(answer) =>
        answer.groups.length === 0 ? (
          <Panel title={title} actions={<Plotted metric={metric} />}>
            <Empty title={t("channels.no_metric", { metric: nameOf(metric) })} height={120}>
              {t("channels.nothing_about")}
            </Empty>
          </Panel>
        ) : (
          <Drawn
            answer={answer}
            metric={metric}
            title={title}
            isBusy={query.isPlaceholderData}
            question={question}
          />
        )
      }
    </Answered>
  );
}

function Drawn({
  answer,
  metric,
  title,
  isBusy,
  question,
}: {
  readonly answer: ShownAnswer;
  readonly metric: string;
  readonly title: string;
  readonly isBusy: boolean;
  readonly question: ReturnType<ReturnType<typeof useView>["ask"]>;
}) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { view } = useView();
  const { open } = useExplain();
  const { timeZone } = workspace;
  const channels = figureRows(answer)
    .rows.toSorted((a, b) => compareFigures(a.figures[metric], b.figures[metric], true))
    .slice(0, mostDrawn);
  const unit = answer.figures.find((figure) => figure.metric === metric);
  const data = {
    title,
    locale,
    timeZone,
    buckets: timeBuckets(answer, { grain: view.grain, timeZone, locale }),
    series: channels.map(({ group, texts }) =>
      seriesOf(answer, { metric, group }, texts.channel ?? ""),
    ),
    unit: { unit: unit?.unit ?? "count", currency: unit?.currency },
  };
  const { groups } = answer;
  const isStacked = view.search.form === "stack" && isAdded(metric);
  const stacked = {
    ...data,
    isStacked: true,
    series: data.series
      .slice(0, mostSeries)
      .map(({ name, values }) => ({ name, values, form: "area" as const })),
  };
  const openBucket = (index: number) => {
    const figure = figuresOverTime(answer, { metric })[index];
    const bucket = answer.buckets[index];
    if (!figure || !bucket) return;
    const [from, to] = [bucket.from.slice(0, 10), bucket.to.slice(0, 10)];
    open(targetOf(figure, { from, to: to > from ? to : addDays(from, 1) }));
  };
  const count = isStacked ? stacked.series.length : channels.length;
  return (
    <ChartPanel
      title={title}
      about={
        count < groups.length
          ? t("channels.over_time_some", { shown: count, of: groups.length })
          : t("channels.over_time_about")
      }
      isBusy={isBusy}
      table={timeSeriesTable(data)}
      question={question}
      actions={<Plotted metric={metric} />}
    >
      {(place) =>
        isStacked ? (
          <TimeSeries {...stacked} {...place} height={320} onOpen={openBucket} />
        ) : (
          <SmallMultiples
            {...data}
            {...place}
            onOpen={(index) => {
              const group = channels[index]?.group;
              const figure = group && figureIn(answer, { metric, group });
              if (figure) open(targetOf(figure));
            }}
          />
        )
      }
    </ChartPanel>
  );
}
