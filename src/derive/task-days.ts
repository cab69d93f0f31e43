import { raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import {
  currencyOf,
  dailyRatesSql,
  exclusionOf,
  inReportingCurrency,
} from "./reporting-currency.ts";
import { dayOfPeriod, eachDaySql, spreadNumber } from "./spread.ts";

/** What a task saved on a day. */
export const taskDays = {
  name: "task_days",
  row: "what a task saved on a day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    task: { type: "text", meaning: "The task." },
    automation: { type: "text", meaning: "The automation." },
    runs: { type: "number", meaning: "Successful runs." },
    failures: { type: "number", meaning: "Failed runs." },
    minutes_saved: {
      type: "number",
      meaning: "Minutes saved: (volume - failures) x manual - volume x automated.",
    },
    staff_cost_saved: {
      type: "money",
      meaning: "Money saved in the reporting currency; null when the hourly cost is unknown.",
    },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The task in the ledger." },
  },
  dimensions: {
    task: "task",
    automation: "automation",
    data_source: "data_source",
  },
  order: ["day", "row_key"],
  inputs: ["ledger.tasks", "ledger.rates"],
  select: selectSql,
} as const satisfies DerivedTable;

/** Failed runs save nothing but cost the minutes of an automated run; money is minutes × hourly cost ÷ 60, spread exactly. */
function selectSql(context: DeriveContext): Sql {
  const { dialect } = context;
  const priced = { currency: sql`t.currency_code`, rate: sql`r.rate` };
  const minutes = sql`((volume - coalesce(failures, 0)) * manual_minutes - volume * coalesce(automated_minutes, 0))`;
  const total = dialect.divideMoney(
    dialect.convertMoney(sql`hourly_cost`, dialect.decimalOf(minutes), sql`6`),
    60,
  );
  const share = dialect.spreadMoney(sql`t.total`, dayOfPeriod.count, dayOfPeriod.index);
  const number = (column: string): Sql => spreadNumber(dialect, raw(`t.${column}`), dayOfPeriod);
  return sql`WITH kept AS (
      SELECT *, ${minutes} AS minutes, volume - coalesce(failures, 0) AS good_runs,
        coalesce(failures, 0) AS bad_runs, ${total} AS total,
        ${currencyOf(context, sql`currency`)} AS currency_code
      FROM ledger.tasks WHERE deleted IS NOT TRUE
    ),
    rates AS (${dailyRatesSql(context)})
    SELECT t.day, t.task, t.automation, ${number("good_runs")} AS runs, ${number("bad_runs")} AS failures,
      ${number("minutes")} AS minutes_saved,
      CASE WHEN ${exclusionOf(context, priced)} IS NULL
        THEN ${inReportingCurrency(context, share, priced, 6)} END AS staff_cost_saved,
      t.source AS data_source, t.row_key
    FROM (${eachDaySql(dialect, sql`SELECT * FROM kept`)}) AS t
    LEFT JOIN rates AS r ON r.currency = t.currency_code AND r.day = t.day`;
}
