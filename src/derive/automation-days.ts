import { join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { localDay } from "./reporting-currency.ts";
import { dayOfPeriod, eachDaySql } from "./spread.ts";

/** What automation has saved and cost from its first day until a day. */
export const automationDays = {
  name: "automation_days",
  row: "what automation has saved and cost from its first day until this day",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day; the first one is that of the first cost or saving." },
    saved: { type: "money", meaning: "Staff cost saved on the day." },
    cost: { type: "money", meaning: "Cost of automation on the day; null when not convertible." },
    net_to_date: {
      type: "money",
      meaning: "Savings less costs since the first day; null when a cost is not convertible.",
    },
    discounted_to_date: {
      type: "money",
      meaning: "The same, each day's part discounted to the first day at the yearly rate.",
    },
    paid_back_days: {
      type: "number",
      meaning:
        "Days from the first until savings had covered costs for good; null before, and without costs.",
    },
  },
  dimensions: {},
  order: ["day"],
  inputs: ["derived.task_days", "derived.cost_days"],
  usesAsOf: true,
  select: selectSql,
} as const satisfies DerivedTable;

/** Every day from the first cost or saving to the end of the ledger, once there are both. */
function selectSql(context: DeriveContext): Sql {
  const { dialect, settings } = context;
  const money = raw(dialect.types.money);
  const asOf = sql`CAST(${context.asOf} AS ${raw(dialect.types.time)})`;
  const { index } = dayOfPeriod;
  const kinds = join([...settings.automation_costs, ""].map((kind) => literal(kind)));
  const discount = sql`power(1 + CAST(${literal(settings.discount_rate)} AS ${raw(dialect.types.number)}), ${index} / 365.25)`;
  const toDate = (value: Sql): Sql =>
    sql`CASE WHEN sum(missing) OVER so_far = 0 THEN CAST(sum(${value}) OVER so_far AS ${money}) END`;
  return sql`WITH flows AS (
      SELECT day, staff_cost_saved AS saved, NULL AS cost, 0 AS missing, TRUE AS is_task FROM derived.task_days
      UNION ALL
      SELECT day, NULL, amount, CASE WHEN excluded IS NULL THEN 0 ELSE 1 END, FALSE
      FROM derived.cost_days WHERE cost_kind IN (${kinds})
    ),
    ends AS (
      SELECT min(day) AS from_day, max(${localDay(context, asOf)}) AS to_day FROM flows
      HAVING count(CASE WHEN is_task THEN 1 END) > 0 AND count(CASE WHEN is_task THEN NULL ELSE 1 END) > 0
        AND min(day) <= max(${localDay(context, asOf)})
    ),
    by_day AS (
      SELECT d.day, d.${index} AS ${index}, coalesce(sum(f.saved), 0) AS saved, coalesce(sum(f.cost), 0) AS cost,
        coalesce(sum(f.missing), 0) AS missing
      FROM (${eachDaySql(dialect, sql`SELECT * FROM ends`)}) AS d LEFT JOIN flows AS f ON f.day = d.day
      GROUP BY 1, 2
    ),
    sums AS (
      SELECT *, sum(cost) OVER so_far AS cost_to_date, ${toDate(sql`saved - cost`)} AS net_to_date,
        ${toDate(sql`CAST((saved - cost) / ${discount} AS ${money})`)} AS discounted_to_date
      FROM by_day WINDOW so_far AS (ORDER BY day ROWS UNBOUNDED PRECEDING)
    ),
    turned AS (
      SELECT *, max(CASE WHEN net_to_date >= 0 THEN NULL ELSE ${index} END) OVER () AS last_behind FROM sums
    )
    SELECT day, CAST(saved AS ${money}) AS saved, CASE WHEN missing = 0 THEN CAST(cost AS ${money}) END AS cost,
      net_to_date, discounted_to_date,
      CASE WHEN cost_to_date > 0 AND ${index} > coalesce(last_behind, -1)
        THEN CAST(coalesce(last_behind + 2, 0) AS ${raw(dialect.types.number)}) END AS paid_back_days
    FROM turned`;
}
