import type { TimeBucket } from "../../charts/calendar-ticks.ts";
import type { Datum } from "../../charts/datum.ts";
import type { Series } from "../../charts/time-series-data.ts";
import type { Grain } from "../../figures/question.ts";
import { addDays } from "../../ledger/calendar.ts";
import type { Locale } from "../../locales/translate.ts";
import type { ShownAnswer, ShownFigure } from "../../server/api.ts";
import { bucketText } from "../text/dates.ts";
import type { Period } from "../view/period.ts";

/**
 * Returns a figure as a chart places and labels it.
 *
 * @param figure any; none gives a hole
 */
export function datumOf(figure: ShownFigure | undefined): Datum {
  if (!figure) return { value: null, label: "–" };
  return { value: figure.value, label: figure.text, state: figure.state };
}

/** Whose figures of an answer are wanted. */
export interface Wanted {
  /** Metric, with its variant where the answer has several. */
  readonly metric: string;
  /** Group as the answer names it; the total by default. */
  readonly group?: ShownFigure["group"];
}

function isWanted(figure: ShownFigure, { metric, group = {} }: Wanted): boolean {
  const isMetric = figure.metric === metric || `${figure.metric}@${figure.variant}` === metric;
  const names = Object.keys(group);
  return (
    isMetric &&
    Object.keys(figure.group).length === names.length &&
    names.every((name) => figure.group[name] === group[name])
  );
}

/**
 * Returns the figure of a metric over the whole period.
 *
 * @param answer to look in
 * @param wanted metric and group
 */
export function figureIn(answer: ShownAnswer, wanted: Wanted): ShownFigure | undefined {
  return answer.figures.find((figure) => figure.bucket === null && isWanted(figure, wanted));
}

/**
 * Returns the figures of a metric in the order of the buckets; none where a bucket has no figure.
 *
 * @param answer with a grain
 * @param wanted metric and group
 */
export function figuresOverTime(
  answer: ShownAnswer,
  wanted: Wanted,
): readonly (ShownFigure | undefined)[] {
  const found = new Map(
    answer.figures
      .filter((figure) => figure.bucket !== null && isWanted(figure, wanted))
      .map((figure) => [figure.bucket, figure]),
  );
  return answer.buckets.map(({ key }) => found.get(key));
}

/**
 * Returns a metric over time as a chart draws it, with its comparison where there is one.
 *
 * @param answer with a grain
 * @param wanted metric and group
 * @param name of the series
 */
export function seriesOf(answer: ShownAnswer, wanted: Wanted, name: string): Series {
  const figures = figuresOverTime(answer, wanted);
  const isCompared = figures.some((figure) => figure?.comparison);
  return {
    name,
    values: figures.map(datumOf),
    ...(isCompared
      ? {
          comparison: figures.map((figure) => ({
            value: figure?.comparison?.value ?? null,
            label: figure?.comparison?.text ?? "–",
          })),
        }
      : {}),
  };
}

/**
 * Returns the days of a bucket; the day that an hour lies in.
 *
 * @param bucket of an answer
 */
export function periodOfBucket({
  from,
  to,
}: Pick<ShownAnswer["buckets"][number], "from" | "to">): Period {
  if (from.length === 10) return { from, to };
  const day = from.slice(0, 10);
  return { from: day, to: addDays(day, 1) };
}

/** How buckets are named. */
export interface BucketNaming {
  readonly grain: Grain;
  readonly timeZone: string;
  readonly locale: Locale;
}

/**
 * Returns the buckets of an answer as a chart draws them.
 *
 * @param answer with a grain
 * @param naming grain, zone, language
 */
export function timeBuckets(answer: ShownAnswer, naming: BucketNaming): readonly TimeBucket[] {
  const { grain, timeZone, locale } = naming;
  return answer.buckets.map(({ key, isComplete }) => ({
    key,
    isComplete,
    label: bucketText(key, grain, timeZone, locale),
  }));
}
