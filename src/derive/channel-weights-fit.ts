import { setImmediate } from "node:timers/promises";
import { addMonths, startOfDay, toLocalDay } from "../ledger/calendar.ts";
import { fitEveryModel } from "../models/attribution/fit.ts";
import type { AggregatedPaths } from "../models/attribution/paths.ts";
import { join, literal, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import { attributionTable } from "./attribution-tables.ts";
import { keep } from "./components.ts";
import type { DeriveContext } from "./derived.ts";
import { betweenPaths, pathReader } from "./journey-paths.ts";
import { localDay } from "./reporting-currency.ts";
import { fingerprint } from "./state.ts";

/** Raised when a model gives other weights than before to the same journeys. */
const fitVersion = 2;

/** Journeys whose paths come from the engine as one text, which then stays in the processor's cache. */
const journeysOfText = 10_000;

/** Rows of weights that are written by one statement. */
const rowsOfInsert = 500;

const billion = 1_000_000_000;

/**
 * Fits every model for each month with conversions and writes the weights to the temporary table `fitted_weights`.
 * A month is fitted to the journeys that ended in it before the last day of the ledger, together with those of the
 * months before, taken in one by one while there are too few conversions; months whose journeys are those of the last
 * fit keep their weights.
 *
 * @param store the workspace, with journeys up to date
 * @param context settings, end of the ledger, whose attribution
 * @throws LastpennyError `query_failed`, `out_of_memory`
 */
export async function fitMonths(store: Store, context: DeriveContext): Promise<void> {
  const fits = fitsOf(await monthsOf(store, context), context);
  const known = await knownInputs(store, context);
  const isKept = (fit: Fit) => known.get(fit.month) === fit.input;
  const kept = fits.filter(isKept).map(({ month }) => sql`CAST(${month} AS DATE)`);
  const which = kept.length > 0 ? sql`month IN (${join(kept)})` : sql`FALSE`;
  const table = attributionTable(context, "channel_weights");
  await keep(store, "fitted_weights", sql`SELECT * FROM ${table} WHERE ${which}`);
  const rows = await fitAll(
    store,
    context,
    fits.filter((fit) => !isKept(fit)),
  );
  for (let from = 0; from < rows.length; from += rowsOfInsert) {
    const values = join(rows.slice(from, from + rowsOfInsert));
    await store.run(sql`INSERT INTO fitted_weights VALUES ${values}`);
  }
}

/** Fits one month while the engine reads the paths of the next one. */
async function fitAll(
  store: Store,
  context: DeriveContext,
  fits: readonly Fit[],
): Promise<readonly Sql[]> {
  const rows: Sql[] = [];
  const read = (fit: Fit | undefined) => {
    const reading = fit && readPaths(store, context, fit);
    // what fails is told when the month's turn comes
    reading?.catch(() => undefined);
    return reading;
  };
  let reading = read(fits[0]);
  for (const [at, fit] of fits.entries()) {
    const paths = await reading;
    reading = read(fits[at + 1]);
    if (paths) rows.push(...(await weightRows(fit, paths)));
  }
  return rows;
}

/** The journeys with touches that ended in a month. */
interface Month {
  /** First day. */
  readonly month: string;
  readonly hasConversions: boolean;
  /** Those that ended before the last day of the ledger. */
  readonly conversions: number;
  readonly nulls: number;
  /** Tells whether these are the same as before. */
  readonly paths: string;
}

/** What the models of a month are fitted to. */
interface Fit {
  readonly month: string;
  readonly input: string;
  readonly fittedFrom: string;
  readonly fittedTo: string;
  /** UTC instants of these days. */
  readonly from: string;
  readonly to: string;
  readonly conversions: number;
  readonly nulls: number;
}

async function monthsOf(store: Store, context: DeriveContext): Promise<readonly Month[]> {
  const { dialect } = context;
  const month = dialect.startOf("month", localDay(context, sql`ended_at`));
  const isPast = sql`ended_at < CAST(${startOfDay(context.settings.time_zone, lastDay(context))} AS TIMESTAMP)`;
  const rows = await store.query(sql`SELECT CAST(month AS VARCHAR) AS month,
      ${dialect.countWhen(sql`is_converted`)} AS all_conversions,
      ${dialect.countWhen(sql`is_past AND is_converted`)} AS conversions,
      ${dialect.countWhen(sql`is_past AND NOT is_converted`)} AS nulls,
      CAST(${dialect.sumWhen(dialect.hash([sql`path`, sql`is_converted`]), sql`is_past`)} AS VARCHAR) AS paths
    FROM (
      SELECT ${month} AS month, ${isPast} AS is_past, path, is_converted
      FROM ${attributionTable(context, "journeys")} WHERE path IS NOT NULL AND ended_at IS NOT NULL
    ) AS j GROUP BY month ORDER BY month`);
  return rows.map((row) => ({
    month: String(row.month),
    hasConversions: Number(row.all_conversions) > 0,
    conversions: Number(row.conversions),
    nulls: Number(row.nulls),
    paths: String(row.paths),
  }));
}

function lastDay({ settings, asOf }: DeriveContext): string {
  return toLocalDay(settings.time_zone, asOf);
}

function fitsOf(months: readonly Month[], context: DeriveContext): readonly Fit[] {
  return months.flatMap((month, index) =>
    month.hasConversions ? [fitOf(months.slice(0, index + 1), context)] : [],
  );
}

/** The fit of the last of some months. */
function fitOf(months: readonly Month[], context: DeriveContext): Fit {
  const needed = context.settings.attribution.fit_conversions;
  const zone = context.settings.time_zone;
  let first = months.length - 1;
  const taken = () => months.slice(first);
  const total = (count: "conversions" | "nulls") =>
    taken().reduce((sum, month) => sum + month[count], 0);
  while (first > 0 && total("conversions") < needed) first -= 1;
  const month = months.at(-1)?.month ?? "";
  const fittedFrom = months[first]?.month ?? "";
  const [fittedTo = ""] = [addMonths(month, 1), lastDay(context)].sort();
  const inputs = taken().map(({ conversions, nulls, paths }) => [conversions, nulls, paths]);
  return {
    ...{ month, fittedFrom, fittedTo, conversions: total("conversions"), nulls: total("nulls") },
    from: startOfDay(zone, fittedFrom),
    to: startOfDay(zone, fittedTo),
    input: fingerprint(JSON.stringify([fitVersion, fittedFrom, fittedTo, inputs])),
  };
}

async function knownInputs(
  store: Store,
  context: DeriveContext,
): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query(
    sql`SELECT DISTINCT CAST(month AS VARCHAR) AS month, input FROM ${attributionTable(context, "channel_weights")}`,
  );
  return new Map(rows.map((row) => [String(row.month), String(row.input)]));
}

/** The paths of the journeys, in any order: counts are whole numbers, so that their sums do not depend on it. */
async function readPaths(store: Store, context: DeriveContext, fit: Fit): Promise<AggregatedPaths> {
  const { dialect } = context;
  const reader = pathReader();
  const texts = 1 + Math.floor((fit.conversions + fit.nulls) / journeysOfText);
  // bound values would keep the engine from passing over the rows of other months
  const paths = sql`SELECT ${dialect.texts.joined(sql`path`, betweenPaths)}, is_converted
    FROM ${attributionTable(context, "journeys")}
    WHERE path IS NOT NULL AND ended_at >= CAST(${literal(fit.from)} AS TIMESTAMP) AND ended_at < CAST(${literal(fit.to)} AS TIMESTAMP)
    GROUP BY is_converted, ${dialect.hash([sql`journey`])} % ${literal(texts)}`;
  await store.scan(paths, ([journeys = [], converted = []]) => {
    journeys.forEach((text, at) => {
      reader.take(String(text), converted[at] === true);
    });
  });
  return reader.paths();
}

/** Between the models, the engine's next statement can start. */
async function weightRows(fit: Fit, paths: AggregatedPaths): Promise<readonly Sql[]> {
  const rows: Sql[] = [];
  for (const { model, weights, note } of fitEveryModel(paths)) {
    const total = weights.reduce((sum, { weight }) => sum + weight, 0);
    for (const { channel, weight } of weights) {
      const share = total > 0 ? Math.round((weight / total) * billion) : 0;
      rows.push(sql`(CAST(${fit.month} AS DATE), ${model}, ${channel}, ${share}, CAST(${fit.fittedFrom} AS DATE),
        CAST(${fit.fittedTo} AS DATE), ${fit.conversions}, ${fit.nulls}, ${note}, ${fit.input})`);
    }
    await setImmediate();
  }
  return rows;
}
