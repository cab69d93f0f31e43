import { vendorOf } from "../derive/origin.ts";
import { toLocalDay } from "../ledger/calendar.ts";
import { raw, type Sql, sql } from "../sql/fragment.ts";
import type { Row } from "../store/store.ts";
import type { FiguresContext } from "./context.ts";
import { coverageBook, daysInRanges } from "./coverage.ts";
import type { Reason } from "./figure.ts";
import { spanOfDays } from "./spans.ts";

/** What every warning says; parameters stand in braces. The locale files carry the translations under warnings.<code>. */
export const warningTexts = {
  coverage_hole: "{source} has no rows on {count} days on which it usually has: {days}",
  future_rows: "{count} rows of {source} are dated later than they were loaded, such as {day}",
  deals_not_counted:
    "{count} won deals ({amount} {currency}) are not in revenue, because there are orders: set revenue.from to both in lastpenny.yaml to count them",
  currency_unknown:
    "{count} rows of {fact} name no currency, or one that does not exist: {currency}",
  rate_missing: "{count} rows of {fact} in {currency} have no rate: {amount} are left out",
  amount_missing: "{count} rows of {fact} carry no amount",
  order_broken: "{source}: more {smaller} ({smaller_count}) than {larger} ({larger_count})",
  same_order_twice:
    "{count} orders look like repeats: the same buyer, time and amount under different ids, such as {example}",
  order_from_two_sources:
    "{count} orders came from two sources on the same day with the same amount, such as {example}",
  report_and_events:
    "{report} counts what {events} lists one by one, both from {from} to {to}: the same messages count twice",
  same_cost_twice:
    "{count} costs came from two sources for the same day, campaign and amount, such as {example}",
  header_unbalanced:
    "{count} orders of {source} state another total than their lines have, such as {example}",
} as const;

/**
 * Lists what a reader should look at before trusting the figures: holes in coverage, unknown currencies and missing
 * rates, shares above 100 %, orders and costs that look like repeats, orders whose lines do not add up.
 *
 * @param context store and settings
 */
export async function warnings(
  context: Pick<FiguresContext, "store" | "settings" | "asOf">,
): Promise<readonly Reason[]> {
  return [
    ...(await holes(context)),
    ...(await futureRows(context)),
    ...(await dealsNotCounted(context)),
    ...(await exclusions(context)),
    ...(await brokenOrders(context)),
    ...(await repeatedOrders(context)),
    ...(await ordersOfTwoSources(context)),
    ...(await reportsBesideEvents(context)),
    ...(await repeatedCosts(context)),
    ...(await unbalancedHeaders(context)),
  ];
}

type WarningContext = Parameters<typeof warnings>[0];

const text = (row: Row, column: string): string => String(row[column] ?? "");

async function holes(context: WarningContext): Promise<readonly Reason[]> {
  const [known] = await context.store.query(
    sql`SELECT min("first_day") AS "begun" FROM "derived"."coverage"`,
  );
  if (!known?.begun) return [];
  const end = toLocalDay(context.settings.time_zone, context.asOf);
  const begun = String(known.begun);
  if (begun >= end) return [];
  const span = spanOfDays(begun, end, context.settings);
  const book = await coverageBook(context, [span]);
  return book.of(book.sources, span).flatMap(({ source, missing, firstDay, lastDay }) => {
    const inside = missing.filter((day) => day > firstDay && day < lastDay);
    const params = { source, count: String(inside.length), days: daysInRanges(inside).join(", ") };
    return inside.length > 0 ? [{ code: "coverage_hole", params }] : [];
  });
}

/** Rows dated after the last load: mostly a mistyped year. */
async function futureRows({ store, settings, asOf }: WarningContext): Promise<readonly Reason[]> {
  const end = toLocalDay(settings.time_zone, asOf);
  const rows = await store.query(
    sql`SELECT "data_source" AS "source", sum("rows") AS "count", CAST(min("day") AS VARCHAR) AS "day"
      FROM "derived"."coverage" WHERE "day" > CAST(${end} AS DATE) GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({
    code: "future_rows",
    params: { source: text(row, "source"), count: text(row, "count"), day: text(row, "day") },
  }));
}

/** `revenue.from: auto` takes orders where there are any; won deals beside them may be other business. */
async function dealsNotCounted({ store, settings }: WarningContext): Promise<readonly Reason[]> {
  if (settings.revenue.from !== "auto") return [];
  const [row] = await store.query(
    sql`SELECT count(*) AS "count", sum("amount") AS "amount" FROM "derived"."opportunities"
      WHERE "state" = 'won' AND EXISTS (SELECT 1 FROM "ledger"."orders" WHERE "deleted" IS NOT TRUE)`,
  );
  if (!row || Number(row.count) === 0) return [];
  const params = {
    count: text(row, "count"),
    amount: text(row, "amount"),
    currency: settings.currency,
  };
  return [{ code: "deals_not_counted", params }];
}

/** Rows whose amounts no figure counts, by fact, reason and currency. */
async function exclusions({ store }: WarningContext): Promise<readonly Reason[]> {
  const facts = [
    ["revenue_lines", "sum(original_amount)"],
    ["cost_days", "NULL"],
    ["opportunities", "NULL"],
  ] as const;
  const found: Reason[] = [];
  for (const [fact, amount] of facts) {
    const rows = await store.query(
      sql`SELECT excluded, currency, count(*) AS row_count, ${raw(amount)} AS amount_sum FROM derived.${raw(fact)} WHERE excluded IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    for (const row of rows) {
      found.push({
        code: text(row, "excluded"),
        params: {
          fact,
          count: text(row, "row_count"),
          currency: row.currency === null ? "?" : text(row, "currency"),
          amount: row.amount_sum === null ? "?" : text(row, "amount_sum"),
        },
      });
    }
  }
  return found;
}

/** Counts of messages and ads of which the second cannot be larger than the first. */
async function brokenOrders({ store }: WarningContext): Promise<readonly Reason[]> {
  const pairs = [
    ["messages", "sent", "delivered"],
    ["messages", "delivered", "opened"],
    ["messages", "delivered", "clicked"],
    ["cost_days", "impressions", "clicks"],
  ] as const;
  const found: Reason[] = [];
  for (const [fact, larger, smaller] of pairs) {
    const sum = (column: string) => sql`sum(${store.dialect.decimalOf(raw(column))})`;
    const rows = await store.query(
      sql`SELECT data_source, ${sum(larger)} AS larger_sum, ${sum(smaller)} AS smaller_sum FROM derived.${raw(fact)} WHERE ${raw(larger)} IS NOT NULL GROUP BY 1 HAVING sum(${raw(larger)}) > 0 AND ${sum(smaller)} > ${sum(larger)} ORDER BY 1`,
    );
    for (const row of rows) {
      const params = {
        source: text(row, "data_source"),
        larger,
        smaller,
        larger_count: plainCount(text(row, "larger_sum")),
        smaller_count: plainCount(text(row, "smaller_sum")),
      };
      found.push({ code: "order_broken", params });
    }
  }
  return found;
}

const plainCount = (decimal: string) => decimal.replace(/\.?0+$/, "");

/** One warning when a query of suspicious groups finds any: how many, and the first as an example. */
async function warnAbout(
  { store }: WarningContext,
  code: string,
  suspicious: Sql,
): Promise<readonly Reason[]> {
  const [row] = await store.query(
    sql`SELECT count(*) AS row_count, min(example) AS example FROM (${suspicious}) AS suspicious`,
  );
  const count = text(row ?? {}, "row_count");
  return count === "0" ? [] : [{ code, params: { count, example: text(row ?? {}, "example") } }];
}

function repeatedOrders(context: WarningContext): Promise<readonly Reason[]> {
  const vendor = vendorOf(context.store.dialect, sql`data_source`);
  return warnAbout(
    context,
    "same_order_twice",
    sql`SELECT min("order") || ' / ' || max("order") AS example FROM derived.purchases WHERE person IS NOT NULL AND sales > 0 GROUP BY ${vendor}, person, placed_at, sales HAVING count(DISTINCT "order") > 1`,
  );
}

/** A vendor's report and its export of single events tell of the same messages; nothing in them says which. */
async function reportsBesideEvents({ store }: WarningContext): Promise<readonly Reason[]> {
  const { dialect } = store;
  const vendor = vendorOf(dialect, sql`data_source`);
  const spans = (person: Sql) =>
    sql`SELECT ${vendor} AS vendor, data_source AS source, min(${dialect.dayOf(sql`sent_at`)}) AS begun,
        max(${dialect.dayOf(sql`sent_at`)}) AS ended
      FROM derived.messages WHERE person IS ${person} GROUP BY 1, 2`;
  const rows = await store.query(
    sql`SELECT r.source AS report, e.source AS events, greatest(r.begun, e.begun) AS "from", least(r.ended, e.ended) AS "to"
      FROM (${spans(raw("NULL"))}) AS r JOIN (${spans(raw("NOT NULL"))}) AS e
        ON e.vendor = r.vendor AND e.source <> r.source AND e.begun <= r.ended AND r.begun <= e.ended
      WHERE r.vendor <> 'template' ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    code: "report_and_events",
    params: {
      report: text(row, "report"),
      events: text(row, "events"),
      from: text(row, "from"),
      to: text(row, "to"),
    },
  }));
}

function ordersOfTwoSources(context: WarningContext): Promise<readonly Reason[]> {
  const { dialect } = context.store;
  const vendor = vendorOf(dialect, sql`data_source`);
  return warnAbout(
    context,
    "order_from_two_sources",
    sql`SELECT min(data_source || ' ' || "order") || ' / ' || max(data_source || ' ' || "order") AS example FROM derived.purchases WHERE person IS NOT NULL AND sales > 0 GROUP BY person, ${dialect.dayOf(sql`placed_at`)}, sales HAVING count(DISTINCT ${vendor}) > 1`,
  );
}

function repeatedCosts(context: WarningContext): Promise<readonly Reason[]> {
  const { dialect } = context.store;
  return warnAbout(
    context,
    "same_cost_twice",
    sql`SELECT min(data_source) || ' / ' || max(data_source) || ' ' || ${dialect.textOf(sql`day`)} AS example FROM derived.cost_days WHERE amount > 0 AND campaign IS NOT NULL GROUP BY day, cost_kind, campaign, asset, amount HAVING count(DISTINCT data_source) > 1`,
  );
}

/**
 * Returns the orders whose header states another total than its lines have: sales, discounts, shipping and tax, without
 * what was paid back. Columns: vendor, order, stated, lines.
 *
 * @param context the engine
 */
export function unbalancedSql({ store }: Pick<WarningContext, "store">): Sql {
  const vendor = (source: Sql) => vendorOf(store.dialect, source);
  return sql`SELECT h.vendor, h."order", h.stated, l.lines_sum
    FROM (
      SELECT ${vendor(sql`source`)} AS vendor, "order", max(total) AS stated FROM ledger.order_headers
      WHERE deleted IS NOT TRUE AND is_test IS NOT TRUE AND total IS NOT NULL GROUP BY 1, 2
    ) AS h
    JOIN (
      SELECT ${vendor(sql`source`)} AS vendor, "order", sum(amount) AS lines_sum FROM ledger.orders
      WHERE deleted IS NOT TRUE AND is_test IS NOT TRUE AND line_type NOT IN ('refund', 'cancellation')
      GROUP BY 1, 2 HAVING count(CASE WHEN line_type = 'sale' THEN 1 END) > 0
    ) AS l ON l.vendor = h.vendor AND l."order" = h."order"
    WHERE h.stated <> l.lines_sum`;
}

async function unbalancedHeaders(context: WarningContext): Promise<readonly Reason[]> {
  const rows = await context.store.query(
    sql`SELECT vendor, count(*) AS row_count, min("order" || ': ' || ${context.store.dialect.textOf(sql`stated`)} || ' / ' || ${context.store.dialect.textOf(sql`lines_sum`)}) AS example FROM (${unbalancedSql(context)}) AS unbalanced GROUP BY vendor ORDER BY vendor`,
  );
  return rows.map((row) => ({
    code: "header_unbalanced",
    params: {
      source: text(row, "vendor"),
      count: text(row, "row_count"),
      example: text(row, "example"),
    },
  }));
}
