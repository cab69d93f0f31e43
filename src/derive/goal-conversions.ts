import { literal, raw, type Sql, sql } from "../sql/fragment.ts";
import { buyerOf } from "./buyers.ts";
import type { DeriveContext } from "./derived.ts";
import { vendorOf } from "./origin.ts";

/** Whether a conversion draws on the touches of everybody at its account. */
export function isByAccount({ settings }: Pick<DeriveContext, "settings">): boolean {
  return settings.attribution.level === "account";
}

/**
 * Condition that keeps a person's rows, where rows depend on one person only; at the level of accounts everybody's.
 *
 * @param context level and people
 * @param person the column that holds the person
 */
export function ofTheirs(context: DeriveContext, person: Sql): Sql {
  return isByAccount(context) ? raw("TRUE") : context.people(person);
}

/**
 * Returns the key of a conversion.
 *
 * @param context engine
 * @param source the column that holds the source
 * @param id the order, or the deal with the prefix deal:
 */
export function conversionKey(
  { dialect }: Pick<DeriveContext, "dialect">,
  source: Sql,
  id: Sql,
): Sql {
  return dialect.key([literal("conversion"), vendorOf(dialect, source), id]);
}

/**
 * Returns the key of the touch that an order or deal states as its own origin.
 *
 * @param context engine
 * @param source the column that holds the source
 * @param id the order, or the deal with the prefix deal:
 */
export function statedTouchKey(
  { dialect }: Pick<DeriveContext, "dialect">,
  source: Sql,
  id: Sql,
): Sql {
  return dialect.key([literal("stated"), vendorOf(dialect, source), id]);
}

/**
 * Returns the query of the conversions of the goal: journey (key), conversion (text), person, account, converted_at,
 * is_first, value, stated_touch (key of the touch that it states itself, where it names no person), started_at (of a deal), data_source.
 *
 * @param context goal, level and people
 */
export function conversionsSql(context: DeriveContext): Sql {
  const { settings } = context;
  switch (settings.attribution.goal) {
    case "orders":
      return ordersSql(context);
    case "deals":
      return dealsSql(context);
    default:
      return goalsSql(context, settings.attribution.goal);
  }
}

/** Credit notes that name no order were never a conversion. */
function ordersSql(context: DeriveContext): Sql {
  const [source, id] = [sql`p.data_source`, sql`p."order"`];
  return sql`SELECT ${conversionKey(context, source, id)} AS journey, p."order" AS conversion, p.person, p.account,
      p.placed_at AS converted_at, p.is_first, p.sales AS value, CASE WHEN p.person IS NULL THEN ${statedTouchKey(context, source, id)} END AS stated_touch,
      d.created_at AS started_at, p.data_source
    FROM derived.purchases AS p
    LEFT JOIN (
      SELECT 'deal:' || deal AS deal, ${vendorOf(context.dialect, sql`data_source`)} AS vendor, min(created_at) AS created_at
      FROM derived.opportunities WHERE state = 'won' AND ${ofTheirs(context, sql`person`)} GROUP BY 1, 2
    ) AS d ON d.deal = p."order" AND d.vendor = ${vendorOf(context.dialect, source)}
    WHERE p.is_sold AND ${ofTheirs(context, sql`p.person`)}`;
}

function dealsSql(context: DeriveContext): Sql {
  const [source, id] = [sql`data_source`, sql`'deal:' || deal`];
  return sql`SELECT journey, conversion, person, account, converted_at,
      ${isFirst(context)} AS is_first, value, stated_touch, started_at, data_source
    FROM (
      SELECT ${conversionKey(context, source, id)} AS journey, ${id} AS conversion, person, account, closed_at AS converted_at,
        amount AS value, CASE WHEN person IS NULL THEN ${statedTouchKey(context, source, id)} END AS stated_touch, created_at AS started_at, data_source
      FROM derived.opportunities WHERE state = 'won' AND ${ofTheirs(context, sql`person`)}
    ) AS d`;
}

function goalsSql(context: DeriveContext, goal: string): Sql {
  const { dialect } = context;
  return sql`SELECT journey, conversion, person, account, converted_at,
      ${isFirst(context)} AS is_first, CAST(NULL AS ${raw(dialect.types.money)}) AS value,
      CAST(NULL AS ${raw(dialect.types.key)}) AS stated_touch, CAST(NULL AS ${raw(dialect.types.time)}) AS started_at, data_source
    FROM (
      SELECT row_key AS journey, ${dialect.keyText(sql`row_key`)} AS conversion, person, account, converted_at, data_source
      FROM derived.conversions WHERE goal = ${literal(goal)} AND ${ofTheirs(context, sql`person`)}
    ) AS g`;
}

function isFirst(context: DeriveContext): Sql {
  const buyer = buyerOf(context, sql`person`, sql`account`);
  return sql`CASE WHEN ${buyer} IS NOT NULL THEN
    row_number() OVER (PARTITION BY ${buyer} ORDER BY converted_at, journey) = 1 END`;
}
