import { accountCurrenciesSql } from "../derive/cost-days.ts";
import { vendorOf } from "../derive/origin.ts";
import { currencyOf } from "../derive/reporting-currency.ts";
import { offsetsBetween } from "../ledger/calendar.ts";
import type { Settings } from "../ledger/settings.ts";
import { bucketSql } from "../sql/calendar.ts";
import { join, literal, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import {
  type Check,
  type CheckCode,
  type Checked,
  cellText,
  checkOf,
  compared,
  failuresOf,
} from "./checks.ts";
import { type Claim, claimsOf, creditChecks } from "./reconcile-credits.ts";
import { unbalancedSql } from "./warnings.ts";

/** The result of a reconciliation. */
export interface Reconciliation {
  readonly ties: boolean;
  /** Sums by currency, stream and month, and whatever does not tie out. */
  readonly checks: readonly Check[];
  /** How many comparisons were made, per check, also those that are not listed because they tie. */
  readonly counts: Readonly<
    Partial<Record<CheckCode, { readonly made: number; readonly failed: number }>>
  >;
  /** What ad platforms claim beside what their channels are credited with: to be read, not to tie. */
  readonly claims: readonly Claim[];
}

/**
 * Proves the books: receipts add up, every recorded line and cost is found in the derived tables with its amount, sums by
 * currency, stream and month agree, headers agree with their lines, and what touches are credited with, together with what nobody
 * earned, is the ledger under every attribution model.
 *
 * @param store the workspace
 * @param settings what counts as revenue
 */
export async function reconcile(store: Store, settings: Settings): Promise<Reconciliation> {
  const context = { store, settings };
  const groups: readonly Checked[] = [
    await loadsAddUp(store),
    await rejectsKept(store),
    await linesDerived(context),
    await revenueByMonth(context),
    await countedOrExcluded(store),
    await ordersAreLines(store),
    await costsSpread(context),
    await headersAreLines(store),
    ...(await creditChecks(context)),
  ];
  const counts: Partial<Record<CheckCode, { made: number; failed: number }>> = {};
  for (const { code, made, failed } of groups) {
    if (made > 0) counts[code] = { made, failed };
  }
  return {
    ties: groups.every(({ failed }) => failed === 0),
    checks: groups.flatMap(({ listed }) => listed),
    counts,
    claims: await claimsOf(context),
  };
}

interface Context {
  readonly store: Store;
  readonly settings: Settings;
}

async function loadsAddUp(store: Store): Promise<Checked> {
  const rows = await store.query(
    sql`SELECT load, source, file, read AS expected, taken + repeated + rejected AS found FROM ledger.loads ORDER BY load`,
  );
  const checks = rows.map((row) => checkOf("load_adds_up", row, ["load", "source", "file"]));
  return compared("load_adds_up", checks, true);
}

/** A row that an earlier load of its source already put aside is not kept twice, so later loads may keep fewer. */
async function rejectsKept(store: Store): Promise<Checked> {
  const rows = await store.query(
    sql`SELECT l.load, l.source, l.file, l.rejected AS expected,
        CASE WHEN l.is_first OR coalesce(r.kept, 0) > l.rejected THEN coalesce(r.kept, 0) ELSE l.rejected END AS found
      FROM (SELECT *, load = min(load) OVER (PARTITION BY source) AS is_first FROM ledger.loads) AS l
      LEFT JOIN (SELECT load, count(*) AS kept FROM ledger.rejects GROUP BY load) AS r ON r.load = l.load
      ORDER BY l.load`,
  );
  const checks = rows.map((row) => checkOf("rejects_kept", row, ["load", "source", "file"]));
  return compared("rejects_kept", checks);
}

/** Recorded lines that count under the settings: source, row_key, currency, amount. */
function countedLinesSql({ store, settings }: Context): Sql {
  const { dialect } = store;
  const isNet = settings.revenue.tax === "net";
  const left = [...(isNet ? ["tax"] : []), ...(settings.revenue.shipping ? [] : ["shipping"])];
  const kept = left.length > 0 ? sql`o.line_type NOT IN (${join(left.map(literal))})` : sql`TRUE`;
  const vendor = (source: Sql) => vendorOf(dialect, source);
  const ofOrders = sql`SELECT o.source, o.row_key, coalesce(o.currency, h.currency) AS currency,
      ${isNet ? sql`o.amount - coalesce(o.tax, 0)` : sql`o.amount`} AS amount
    FROM ledger.orders AS o
    LEFT JOIN (
      SELECT ${vendor(sql`source`)} AS vendor, "order", min(currency) AS currency,
        max(CASE WHEN deleted IS TRUE OR is_test IS TRUE THEN 1 ELSE 0 END) AS is_out
      FROM ledger.order_headers GROUP BY 1, 2
    ) AS h ON h.vendor = ${vendor(sql`o.source`)} AND h."order" = o."order"
    WHERE o.deleted IS NOT TRUE AND o.is_test IS NOT TRUE AND coalesce(h.is_out, 0) = 0 AND ${kept}`;
  const ofDeals = sql`SELECT source, row_key, currency, amount FROM ledger.deals
    WHERE state = 'won' AND deleted IS NOT TRUE`;
  const isWithoutOrders = sql`NOT EXISTS (SELECT 1 FROM ledger.orders) AND NOT EXISTS (SELECT 1 FROM ledger.order_headers)`;
  switch (settings.revenue.from) {
    case "orders":
      return ofOrders;
    case "deals":
      return ofDeals;
    case "both":
      return sql`${ofOrders} UNION ALL ${ofDeals}`;
    default:
      return sql`${ofOrders} UNION ALL ${ofDeals} AND ${isWithoutOrders}`;
  }
}

/** Every recorded line that counts is there once with its amount; a failed check names the line. */
function linesDerived(context: Context): Promise<Checked> {
  const { store } = context;
  const every = sql`SELECT l.source, ${store.dialect.keyText(sql`l.row_key`)} AS row_key, l.amount AS expected, d.amount AS found, d.row_count
    FROM (${countedLinesSql(context)}) AS l
    LEFT JOIN (
      SELECT row_key, sum(original_amount) AS amount, count(*) AS row_count FROM derived.revenue_lines GROUP BY 1
    ) AS d ON d.row_key = l.row_key`;
  const failing = sql`row_count IS NULL OR row_count <> 1 OR found IS DISTINCT FROM expected`;
  return failuresOf(store, "line_derived", { every, failing, about: ["source", "row_key"] });
}

/** Recorded sums and derived sums in the line's own currency, by currency, stream and month of the workspace's calendar. */
async function revenueByMonth(context: Context): Promise<Checked> {
  const { store, settings } = context;
  const [range] = await store.query(
    sql`SELECT min(booked_at) AS begun, max(booked_at) AS ended FROM derived.revenue_lines`,
  );
  if (!range?.begun || !range.ended) return compared("revenue_by_month", []);
  const offsets = offsetsBetween(settings.time_zone, String(range.begun), String(range.ended));
  const month = bucketSql(store.dialect, "month", sql`d.booked_at`, offsets, settings);
  const rows = await store.query(
    sql`SELECT coalesce(d.currency, '?') AS currency, coalesce(d.stream, '?') AS stream, ${month} AS month_start,
        coalesce(sum(CASE WHEN l.row_key IS NULL THEN d.original_amount ELSE l.amount END), 0) AS expected,
        coalesce(sum(d.original_amount), 0) AS found,
        count(CASE WHEN d.excluded IS NOT NULL THEN 1 END) AS excluded_count
      FROM derived.revenue_lines AS d
      LEFT JOIN (${countedLinesSql(context)}) AS l ON l.row_key = d.row_key
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  );
  const checks = rows.map((row) => {
    const check = checkOf("revenue_by_month", row, ["currency", "stream", "excluded_count"]);
    const { excluded_count: excluded = "0", ...about } = check.about;
    return {
      ...check,
      about: { ...about, month: cellText(row.month_start).slice(0, 7), excluded },
    };
  });
  return compared("revenue_by_month", checks, true);
}

/** Lines in the reporting currency keep their amount, and a line either has an amount or says why it has none. */
async function countedOrExcluded(store: Store): Promise<Checked> {
  const rows = await store.query(
    sql`SELECT 'revenue_lines' AS fact, count(*) AS expected,
        count(CASE WHEN (amount IS NULL) = (excluded IS NOT NULL) THEN 1 END) AS found
      FROM derived.revenue_lines
      UNION ALL
      SELECT 'cost_days', count(*), count(CASE WHEN (amount IS NULL) = (excluded IS NOT NULL) THEN 1 END)
      FROM derived.cost_days`,
  );
  const code = "revenue_counts_or_is_excluded";
  return compared(
    code,
    rows.map((row) => checkOf(code, row, ["fact"])),
  );
}

async function ordersAreLines(store: Store): Promise<Checked> {
  const rows = await store.query(
    sql`SELECT (SELECT sum(amount) FROM derived.revenue_lines) AS expected, (SELECT sum(revenue) FROM derived.purchases) AS found`,
  );
  return compared(
    "orders_are_lines",
    rows.map((row) => checkOf("orders_are_lines", row, [])),
  );
}

/**
 * The days of every cost are there and add up to it in its own currency; in the reporting currency they add up to the
 * converted amount as well where no rate comes between.
 */
function costsSpread({ store, settings }: Context): Promise<Checked> {
  const { dialect } = store;
  const currency = currencyOf({ settings }, sql`coalesce(c.currency, a.currency)`);
  const days = sql`${dialect.daysBetween(sql`c.from_day`, sql`greatest(coalesce(c.to_day, c.from_day), c.from_day)`)} + 1`;
  const every = sql`SELECT c.source, ${dialect.keyText(sql`c.row_key`)} AS row_key, c.amount AS expected,
      CASE WHEN ${currency} = ${literal(settings.currency)} AND d.original_amount = c.amount THEN d.amount ELSE d.original_amount END AS found,
      d.day_count, ${days} AS days
    FROM ledger.costs AS c
    LEFT JOIN (${accountCurrenciesSql(dialect)}) AS a
      ON a.vendor = ${vendorOf(dialect, sql`c.source`)} AND a.ad_account = c.ad_account
    LEFT JOIN (
      SELECT row_key, sum(original_amount) AS original_amount, sum(amount) AS amount, count(*) AS day_count
      FROM derived.cost_days GROUP BY 1
    ) AS d ON d.row_key = c.row_key
    WHERE c.deleted IS NOT TRUE`;
  const failing = sql`day_count IS NULL OR day_count <> days OR found IS DISTINCT FROM expected`;
  return failuresOf(store, "cost_spread", {
    every,
    failing,
    about: ["source", "row_key", "day_count", "days"],
  });
}

async function headersAreLines(store: Store): Promise<Checked> {
  const code = "header_is_lines";
  const every = sql`SELECT vendor, "order" AS order_id, stated AS expected, lines_sum AS found FROM (${unbalancedSql({ store })}) AS unbalanced`;
  const about = ["vendor", "order_id"];
  return failuresOf(store, code, { every, failing: sql`TRUE`, about });
}
