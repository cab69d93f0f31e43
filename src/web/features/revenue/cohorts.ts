import { addDays, addMonths } from "../../../ledger/calendar.ts";
import type { ShownAnswer, ShownFigure } from "../../../server/api.ts";
import type { Period } from "../../view/period.ts";

/** What a cell of the grid of cohorts can say; each is a metric of one cohort in one month. */
export const cellMetrics = {
  retention: "customer_retention_rate@ordering",
  value: "clv@cumulative",
  margin: "clv@cumulative_margin",
} as const;

/** Months since the first order where the grid begins: in their first month all of a cohort have ordered. */
export const firstAge = { retention: 1, value: 0, margin: 0 } as const;

/** What the cells say. */
export type CellKind = keyof typeof cellMetrics;

/** Months back from the end of the period, and the most that are drawn. */
const usualMonths = 12;
const mostMonths = 24;

/** A figure of the grid with the days of its month. */
interface CohortCell {
  readonly figure: ShownFigure;
  readonly period: Period;
  /** False where the month is not over, or cut off by the period. */
  readonly isComplete: boolean;
}

/** A cohort: the month of the first order, and what came in the months from then on. */
export interface Cohort {
  /** First day of its month. */
  readonly month: string;
  readonly value: string;
  /** One per month since the first; shorter for younger cohorts. */
  readonly cells: readonly CohortCell[];
}

const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`;
const sorted = (days: readonly string[]) => days.toSorted();

/**
 * Returns the months in which cohorts are followed: those of the period, at least a year back, at most two.
 *
 * @param period of the view
 * @param firstDay the first that the ledger knows; null while there is none
 */
export function cohortPeriod({ from, to }: Period, firstDay: string | null): Period {
  const last = firstOfMonth(addDays(to, -1));
  const wanted = sorted([firstOfMonth(from), addMonths(last, -usualMonths)])[0];
  const bounds = [addMonths(last, 1 - mostMonths), firstDay === null ? "" : firstOfMonth(firstDay)];
  const start = sorted([wanted ?? last, ...bounds]).at(-1);
  return { from: sorted([start ?? last, last])[0] ?? last, to };
}

/**
 * Returns the cohorts whose first month is one of the buckets, the oldest first; months before a cohort began are left out.
 *
 * @param answer of one metric, by cohort and month
 */
export function cohortsIn(answer: ShownAnswer): readonly Cohort[] {
  const found = new Map<string, ShownFigure>();
  for (const figure of answer.figures) {
    if (figure.bucket !== null && figure.group.cohort) {
      found.set(`${figure.group.cohort} ${figure.bucket}`, figure);
    }
  }
  return answer.buckets.flatMap(({ key }, start) => {
    const value = key.slice(0, 7);
    const cells = answer.buckets.slice(start).flatMap((bucket): readonly CohortCell[] => {
      const figure = found.get(`${value} ${bucket.key}`);
      const period = { from: bucket.from, to: bucket.to };
      return figure ? [{ figure, period, isComplete: bucket.isComplete }] : [];
    });
    return cells.length > 0 ? [{ month: key, value, cells }] : [];
  });
}
