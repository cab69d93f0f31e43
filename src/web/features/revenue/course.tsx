import type { ReactNode } from "react";
import { TimeSeries } from "../../../charts/time-series.tsx";
import type { Series } from "../../../charts/time-series-data.ts";
import { timeSeriesTable } from "../../../charts/time-series-words.ts";
import { addDays } from "../../../ledger/calendar.ts";
import type { AskedQuestion, ShownAnswer } from "../../../server/api.ts";
import { ChartPanel } from "../../chart/chart-panel.tsx";
import { figuresOverTime, timeBuckets } from "../../chart/time-data.ts";
import { targetOf, useExplain } from "../../explain/use-explain.ts";
import { useTexts } from "../../text/texts.tsx";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";

/** Money over time. */
interface CourseProps {
  readonly title: string;
  readonly about: ReactNode;
  readonly answer: ShownAnswer;
  readonly question: AskedQuestion;
  readonly series: readonly Series[];
  readonly isStacked?: boolean;
  readonly isBusy: boolean;
  readonly actions?: ReactNode;
}

/**
 * Draws parts of revenue over time; a bucket opens the revenue of its days.
 *
 * @param props the answer with its buckets, the series
 */
export function Course({ title, about, answer, question, ...props }: CourseProps) {
  const { t, locale } = useTexts();
  const { workspace } = useKnown();
  const { view } = useView();
  const { open } = useExplain();
  const { timeZone } = workspace;
  const unit = answer.figures.find(({ metric }) => metric === "revenue");
  const data = {
    title,
    locale,
    timeZone,
    buckets: timeBuckets(answer, { grain: view.grain, timeZone, locale }),
    series: props.series,
    isStacked: props.isStacked ?? false,
    unit: { unit: "money", currency: unit?.currency },
    description: props.series.length === 0 ? t("revenue.none") : undefined,
  };
  const explainAt = (index: number) => {
    const figure = figuresOverTime(answer, { metric: "revenue" })[index];
    const bucket = answer.buckets[index];
    if (!figure || !bucket) return;
    const from = bucket.from.slice(0, 10);
    const to = bucket.to.length === 10 ? bucket.to : addDays(from, 1);
    open(targetOf(figure, { from, to }));
  };
  return (
    <ChartPanel
      title={title}
      about={about}
      isBusy={props.isBusy}
      table={timeSeriesTable(data)}
      question={question}
      actions={props.actions}
    >
      {(place) => <TimeSeries {...data} {...place} height={280} onOpen={explainAt} />}
    </ChartPanel>
  );
}
