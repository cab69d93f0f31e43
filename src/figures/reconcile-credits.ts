import { attributionModels } from "../ledger/attribution.ts";
import { offsetsBetween } from "../ledger/calendar.ts";
import { parseExact } from "../ledger/exact.ts";
import type { Settings } from "../ledger/settings.ts";
import { bucketSql } from "../sql/calendar.ts";
import { identifier, join, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Cell, Store } from "../store/store.ts";
import { type Checked, cellText, checkOf, compared, failuresOf } from "./checks.ts";
import { decimalText } from "./decimal.ts";

interface Context {
  readonly store: Store;
  readonly settings: Settings;
}

/** What the platforms of a channel claim for a month beside what the channel is credited with. */
export interface Claim {
  readonly channel: string | null;
  /** Such as 2025-03. */
  readonly month: string;
  readonly claimedConversions: string;
  readonly claimedValue: string | null;
  readonly creditedConversions: string;
  readonly creditedValue: string;
}

/**
 * Proves the credits: with what nobody earned they are the ledger under every model, by month, currency and stream; every amount is
 * divided without remainder, every conversion is shared out as a whole, and costs by channel are all costs.
 *
 * @param context store and settings
 */
export async function creditChecks(context: Context): Promise<readonly Checked[]> {
  return [
    await creditsAreLedger(context),
    await entriesDivided(context),
    await sharesAddUp(context),
    await costsByChannel(context),
  ];
}

const perModel = (of: (model: string, index: number) => Sql): Sql =>
  join(attributionModels.map(of));

/** The calendar month of `booked_at`, for the times that a column of a table holds. */
async function monthSql(
  { store, settings }: Context,
  column: string,
  table: string,
): Promise<Sql | null> {
  const time = identifier(column);
  const [range] = await store.query(
    sql`SELECT min(${time}) AS begun, max(${time}) AS ended FROM ${identifier("derived", table)}`,
  );
  if (!range?.begun || !range.ended) return null;
  const offsets = offsetsBetween(settings.time_zone, String(range.begun), String(range.ended));
  return bucketSql(store.dialect, "month", identifier("booked_at"), offsets, settings);
}

/** What is credited, as the ledger has it: booked_at, currency, stream, amount; null for goals without amounts. */
function ledgerSql({ settings }: Context): Sql | null {
  switch (settings.attribution.goal) {
    case "orders":
      return sql`SELECT booked_at, currency, stream, amount FROM derived.revenue_lines`;
    case "deals":
      return sql`SELECT closed_at AS booked_at, currency, stream, amount FROM derived.opportunities WHERE state = 'won'`;
    default:
      return null;
  }
}

async function creditsAreLedger(context: Context): Promise<Checked> {
  const code = "credits_are_ledger";
  const { store, settings } = context;
  const ledger = ledgerSql(context);
  const month =
    settings.attribution.goal === "deals"
      ? await monthSql(context, "closed_at", "opportunities")
      : await monthSql(context, "booked_at", "revenue_lines");
  if (!ledger || !month) return compared(code, []);
  const column = (prefix: string, model: string) => identifier(`${prefix}_${model}`);
  const rows = await store.query(
    sql`SELECT coalesce(currency, '?') AS currency, coalesce(stream, '?') AS stream, ${month} AS month_start,
        coalesce(sum(amount), 0) AS expected,
        ${perModel((model) => sql`coalesce(sum(${column("credit", model)}), 0) AS ${column("found", model)}`)}
      FROM (
        SELECT booked_at, currency, stream, amount, ${perModel((model) => sql`NULL AS ${column("credit", model)}`)} FROM (${ledger}) AS l
        UNION ALL
        SELECT booked_at, currency, stream, NULL, ${perModel((model) => column("credit", model))}
        FROM derived.credits WHERE entry_kind IN ('sale', 'return')
      ) AS both_sides
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  const checks = rows.flatMap((row) =>
    attributionModels.map((model) => {
      const check = checkOf(code, { ...row, found: row[`found_${model}`] ?? null }, []);
      const about = {
        model,
        currency: cellText(row.currency),
        stream: cellText(row.stream),
        month: cellText(row.month_start).slice(0, 7),
      };
      return { ...check, about };
    }),
  );
  const { made, failed } = compared(code, checks);
  const listed = checks.filter(
    ({ ties, about }) => !ties || about.model === settings.attribution.model,
  );
  return { code, made, failed, listed };
}

/** Every amount is divided over its touches without remainder, under every model. */
function entriesDivided({ store }: Context): Promise<Checked> {
  const credit = (model: string) => sql`sum(${identifier(`credit_${model}`)})`;
  const every = sql`SELECT conversion, data_source, entry_kind, min(amount) AS expected,
      ${perModel((model) => sql`${credit(model)} AS ${identifier(`found_${model}`)}`)}
    FROM derived.credits WHERE amount IS NOT NULL GROUP BY entry, conversion, data_source, entry_kind`;
  return rangeOf(store, "entry_divided", every, ["conversion", "data_source", "entry_kind"]);
}

/** The shares of every conversion add up to one, under every model. */
function sharesAddUp({ store }: Context): Promise<Checked> {
  const share = (model: string) => sql`sum(${identifier(`share_${model}`)})`;
  const every = sql`SELECT conversion, data_source, CAST(1 AS ${raw(store.dialect.types.money)}) AS expected,
      ${perModel((model) => sql`${share(model)} AS ${identifier(`found_${model}`)}`)}
    FROM derived.credits WHERE is_conversion GROUP BY entry, conversion, data_source`;
  return rangeOf(store, "shares_add_up", every, ["conversion", "data_source"]);
}

/** A row ties when every model gives what is expected; one that does not shows the model that is farthest below, or above. */
function rangeOf(
  store: Store,
  code: "entry_divided" | "shares_add_up",
  every: Sql,
  about: readonly string[],
): Promise<Checked> {
  const found = perModel((model) => sql`coalesce(${identifier(`found_${model}`)}, 0)`);
  const ranged = sql`SELECT ${join(about.map((name) => identifier(name)))}, expected,
      CASE WHEN least(${found}) < expected THEN least(${found}) ELSE greatest(${found}) END AS found
    FROM (${every}) AS sums`;
  return failuresOf(store, code, { every: ranged, failing: sql`found <> expected`, about });
}

async function costsByChannel({ store }: Context): Promise<Checked> {
  const code = "costs_by_channel";
  const month = store.dialect.startOf("month", sql`day`);
  const rows = await store.query(
    sql`SELECT month_start, sum(expected) AS expected, sum(found) AS found FROM (
        SELECT ${month} AS month_start, sum(amount) AS expected, NULL AS found FROM derived.cost_days GROUP BY 1
        UNION ALL
        SELECT month_start, NULL, sum(amount) FROM (
          SELECT ${month} AS month_start, channel, sum(amount) AS amount FROM derived.cost_days GROUP BY 1, 2
        ) AS channels GROUP BY 1
      ) AS both_sides GROUP BY 1 ORDER BY 1`,
  );
  const checks = rows.map((row) => ({
    ...checkOf(code, row, []),
    about: { month: cellText(row.month_start).slice(0, 7) },
  }));
  return compared(code, checks);
}

/**
 * Lists what ad platforms claim by channel and month beside what the touches of these channels are credited with by the model of the
 * settings. Platforms count by rules of their own, so the two need not agree.
 *
 * @param context store and settings
 */
export async function claimsOf(context: Context): Promise<readonly Claim[]> {
  const { store, settings } = context;
  const { dialect } = store;
  const { model } = settings.attribution;
  const booked = await monthSql(context, "booked_at", "credits");
  const credited = booked
    ? sql`UNION ALL SELECT channel, ${booked}, NULL, NULL, ${identifier(`share_${model}`)},
          CASE WHEN entry_kind <> 'cost_of_goods' THEN ${identifier(`credit_${model}`)} END
        FROM derived.credits WHERE touch IS NOT NULL`
    : raw("");
  const claims = sql`claimed_conversions IS NOT NULL OR claimed_value IS NOT NULL`;
  const rows = await store.query(
    sql`SELECT channel, month_start, coalesce(sum(conversions), 0) AS conversions, sum(value) AS value,
        coalesce(sum(share), 0) AS share, coalesce(sum(credit), 0) AS credit
      FROM (
        SELECT channel, ${dialect.startOf("month", sql`day`)} AS month_start, ${dialect.decimalOf(sql`claimed_conversions`)} AS conversions,
          claimed_value AS value, NULL AS share, NULL AS credit
        FROM derived.cost_days WHERE ${claims}
        ${credited}
      ) AS both_sides
      WHERE channel IN (SELECT channel FROM derived.cost_days WHERE ${claims})
      GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const exact = (cell: Cell | undefined) => decimalText(parseExact(String(cell ?? 0)));
  return rows.map((row) => ({
    channel: row.channel === null ? null : String(row.channel),
    month: cellText(row.month_start).slice(0, 7),
    claimedConversions: exact(row.conversions),
    claimedValue: row.value === null ? null : exact(row.value),
    creditedConversions: exact(row.share),
    creditedValue: exact(row.credit),
  }));
}
