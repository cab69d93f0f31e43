import type { Formula } from "../catalogue/formula.ts";
import { derivedTable } from "../derive/tables.ts";
import { identifier, sql } from "../sql/fragment.ts";
import { type AskedMeasure, timeOf } from "./asked.ts";
import type { FiguresContext } from "./context.ts";
import { moment } from "./span-sql.ts";

/** Two times of the derived table funnel, between which people are followed. */
export interface CohortTimes {
  readonly from: string;
  readonly to: string;
}

/**
 * Makes the rate of a cohort: of the people with the first time in the period, the share that has the second one, not
 * earlier than the first.
 *
 * @param times columns of funnel
 */
export function cohortMetric(times: CohortTimes): {
  readonly formula: Formula;
  readonly measures: readonly AskedMeasure[];
} {
  const fact = derivedTable("funnel");
  const [from, to] = [identifier(times.from), identifier(times.to)];
  const counted = (id: string, condition: AskedMeasure["condition"]): AskedMeasure => ({
    id,
    fact: "funnel",
    table: identifier("derived", "funnel"),
    ...timeOf(fact, times.from),
    aggregate: { op: "count" },
    condition,
    parts: [],
    kind: null,
    isMoney: false,
    isCount: true,
    sameForEvery: new Set(),
    leavesOut: [],
  });
  const entered = counted(`cohort ${times.from}`, null);
  const reached = counted(`cohort ${times.from} ${times.to}`, sql`${to} >= ${from}`);
  const name = (id: string): Formula => ({ kind: "name", id, variant: null, position: 1 });
  return {
    formula: {
      kind: "arithmetic",
      operator: "/",
      left: name(reached.id),
      right: name(entered.id),
    },
    measures: [reached, entered],
  };
}

/** How long people usually take, and until when a cohort had that time. */
export interface Maturity {
  /** Seconds within which nine of ten who ever arrive have arrived. */
  readonly seconds: number;
  /** Share of the time's people whose full window had passed, by a UTC instant. */
  readonly ripeUntil: string;
}

/**
 * Returns the usual time between two stages: the 90th percentile over everybody who arrived until now.
 *
 * @param context store and the instant until which the ledger is known
 * @param times columns of funnel
 * @returns null when nobody arrived yet
 */
export async function maturityOf(
  { store, asOf }: Pick<FiguresContext, "store" | "asOf">,
  times: CohortTimes,
): Promise<Maturity | null> {
  const { dialect } = store;
  const [from, to] = [identifier(times.from), identifier(times.to)];
  const seconds = dialect.secondsBetween(from, to);
  const [row] = await store.query(
    sql`SELECT ${dialect.quantile(seconds, 0.9)} AS "seconds" FROM ${identifier("derived", "funnel")} WHERE ${to} >= ${from} AND ${to} <= ${moment(asOf, "instant")}`,
  );
  if (row?.seconds === null || row?.seconds === undefined) return null;
  const whole = Math.ceil(Number(row.seconds));
  const ripeUntil = new Date(Date.parse(asOf) - whole * 1000).toISOString().slice(0, 19);
  return { seconds: whole, ripeUntil: `${ripeUntil}Z` };
}
