import { startOfDay, toLocalDay } from "../ledger/calendar.ts";
import { raw, type Sql, sql } from "../sql/fragment.ts";
import { fitMonths } from "./channel-weights-fit.ts";
import type { DeriveContext, DerivedTable, Reading } from "./derived.ts";
import { localDay } from "./reporting-currency.ts";

/** What a fitted model gives a channel in a month. */
export const channelWeights = {
  name: "channel_weights",
  row: "the weight that a fitted model gives a channel for the conversions of a month",
  scope: "whole",
  time: { column: "month", is: "day" },
  columns: {
    month: { type: "day", meaning: "First day of the month of the conversions." },
    model: { type: "text", meaning: "The model." },
    channel: { type: "text", meaning: "The channel." },
    weight: { type: "count", meaning: "Weight in billionths; only ratios matter." },
    fitted_from: { type: "day", meaning: "First day of the journeys that it was fitted to." },
    fitted_to: { type: "day", meaning: "Day after the last of them." },
    conversions: { type: "count", meaning: "Converting journeys among them." },
    nulls: { type: "count", meaning: "Journeys among them that ended without a conversion." },
    note: {
      type: "text",
      meaning:
        "Why the data cannot carry the model (too_few, no_signal, no_nulls); null when they can.",
    },
    input: {
      type: "text",
      meaning: "Fingerprint of these journeys: while it stays, the month is not fitted again.",
    },
  },
  dimensions: { channel: "channel" },
  order: ["month", "model", "channel"],
  inputs: ["derived.journeys"],
  reads: (context) => ({ journeys: fittedJourneys(context) }),
  usesAsOf: "day",
  premises: ({ settings }) =>
    sql`SELECT ${settings.attribution.fit_conversions} AS fit_conversions, ${settings.time_zone} AS time_zone`,
  prepare: fitMonths,
  concerned: peopleOfChangedMonths,
  select: () =>
    sql`SELECT month, model, channel, weight, fitted_from, fitted_to, conversions, nulls, note, input FROM fitted_weights`,
} as const satisfies DerivedTable;

/**
 * Journeys that ended before the last day of the ledger; of those of that day it matters only whether they are the
 * first with a conversion in their month.
 */
function fittedJourneys({ settings, asOf }: DeriveContext): Reading {
  const day = toLocalDay(settings.time_zone, asOf);
  const start = (of: string) => sql`CAST(${startOfDay(settings.time_zone, of)} AS TIMESTAMP)`;
  const isPast = sql`ended_at < ${start(day)}`;
  return {
    columns: ["path", "is_converted", "ended_at"],
    where: sql`path IS NOT NULL AND (${isPast} OR NOT EXISTS (
        SELECT 1 FROM derived.journeys
        WHERE is_converted AND path IS NOT NULL AND ${isPast} AND ended_at >= ${start(`${day.slice(0, 7)}-01`)}
      ))`,
  };
}

/** Whoever has a conversion in a month in which a channel weighs something else than before. */
function peopleOfChangedMonths(context: DeriveContext): Sql {
  const key = raw("month, model, channel, weight");
  const month = context.dialect.startOf("month", localDay(context, sql`ended_at`));
  return sql`SELECT DISTINCT person FROM derived.journeys
    WHERE is_converted AND ${month} IN (
      SELECT month FROM (
        SELECT ${key}, 1 AS copies FROM rows_before UNION ALL SELECT ${key}, -1 FROM rows_after
      ) AS both_sides GROUP BY ${key} HAVING sum(copies) <> 0
    )`;
}
