import { divide, parseExact } from "../ledger/exact.ts";
import { all, identifier, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Cell, Row } from "../store/store.ts";
import { attributionOf, attributionReasons, schemaOf, usedAttribution } from "./attribution.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import type { Reason, UsedAttribution } from "./figure.ts";
import type { AttributionQuestion } from "./question.ts";
import { periodOf } from "./request.ts";
import { insideAny } from "./span-sql.ts";
import type { Span } from "./spans.ts";

/** A question about journeys; those without a conversion belong to the period in which their window ended. */
export interface JourneyQuestion extends Omit<AttributionQuestion, "filter"> {
  /** Only journeys that touch this channel. */
  readonly channel?: string;
}

/** Journeys that are alike, in exact numbers; value in the reporting currency, null when none has one. */
interface Counted {
  readonly conversions: string;
  readonly value: string | null;
}

/** What the journeys of a period look like. */
export interface JourneyStatistics {
  readonly period: { readonly from: string; readonly to: string };
  readonly attribution: UsedAttribution;
  readonly currency: string;
  readonly totals: Counted & {
    /** Journeys that ended without a conversion. */
    readonly nulls: string;
    /** Conversions without a touch inside the window. */
    readonly withoutTouch: string;
    /** Different paths. */
    readonly paths: string;
  };
  /** Most conversions first; rate is conversions ÷ (conversions + nulls). */
  readonly paths: readonly (Counted & {
    readonly path: string;
    readonly nulls: string;
    readonly rate: string | null;
  })[];
  /** By touches inside the window, from 0 (conversions without a touch). */
  readonly lengths: readonly (Counted & { readonly touches: number; readonly nulls: string })[];
  /** By full days from the first touch to the conversion. */
  readonly lags: readonly (Counted & { readonly days: number })[];
  /** Touches of converting journeys by where they stand; only: the one touch of its journey. */
  readonly positions: readonly {
    readonly channel: string;
    readonly first: string;
    readonly middle: string;
    readonly last: string;
    readonly only: string;
  }[];
  /** Conversions in which the channel was touched before the last touch, those in which it was the last, and their ratio. */
  readonly assists: readonly {
    readonly channel: string;
    readonly assisted: string;
    readonly assistedValue: string | null;
    readonly last: string;
    readonly lastValue: string | null;
    readonly ratio: string | null;
  }[];
  readonly notes: readonly Reason[];
}

/** Where the journeys lie and which of them are meant. */
export interface JourneyScope {
  readonly context: FiguresContext;
  readonly schema: string;
  readonly period: Span;
  readonly channel: string | undefined;
}

/** Paths that are listed unless the question says how many. */
const usualPaths = 50;

/**
 * Describes the journeys of a period: the most frequent paths, how long they are, how long they take, where in them each channel
 * stands and which conversions it assisted.
 *
 * @param context store and settings
 * @param question period, channel, and the attribution whose journeys are meant
 * @throws LastpennyError `question_invalid`
 */
export async function journeyStatistics(
  context: FiguresContext,
  question: JourneyQuestion,
): Promise<JourneyStatistics> {
  const { settings } = context;
  const period = periodOf(question.from, question.to, { settings });
  const attribution = attributionOf(settings, question.attribution);
  const schema = await schemaOf(context, attribution);
  const scope = { context, schema, period, channel: question.channel };
  return {
    period: { from: period.firstDay, to: period.nextDay },
    attribution: usedAttribution(attribution),
    currency: settings.currency,
    totals: await totalsOf(scope),
    paths: await pathsOf(scope, question.limit ?? usualPaths),
    lengths: await lengthsOf(scope),
    lags: await lagsOf(scope),
    positions: await positionsOf(scope),
    assists: await assistsOf(scope),
    notes: await attributionReasons(context, attribution, schema, period),
  };
}

const text = (cell: Cell | undefined) => String(cell ?? 0);
const exact = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : decimalText(parseExact(String(cell)));

function counted(row: Row): Counted {
  return { conversions: text(row.conversions), value: exact(row.value) };
}

const separator = " > ";
const isConverted = raw("is_converted");
const isNull = raw("NOT is_converted");

/**
 * Writes the journeys of a period as a query.
 *
 * @param scope schema, days, channel
 */
export function journeysSql({ schema, period, channel }: JourneyScope): Sql {
  const inside = insideAny({ column: identifier("ended_at"), is: "instant" }, [period]);
  const steps = sql`${separator} || path || ${separator}`;
  const touched =
    channel === undefined
      ? []
      : [sql`position(${`${separator}${channel}${separator}`} IN ${steps}) > 0`];
  return sql`SELECT * FROM ${identifier(schema, "journeys")} WHERE ${all([inside, ...touched])}`;
}

/** The touches of the period's conversions as a query, one row per touch and entry. */
function touchesSql({ schema, period, channel }: JourneyScope): Sql {
  const credits = identifier(schema, "credits");
  const inside = [
    insideAny({ column: identifier("converted_at"), is: "instant" }, [period]),
    raw("touch IS NOT NULL"),
  ];
  const touched =
    channel === undefined
      ? []
      : [
          sql`entry IN (SELECT entry FROM ${credits} WHERE ${all(inside)} AND channel = ${channel})`,
        ];
  return sql`SELECT * FROM ${credits} WHERE ${all([...inside, ...touched])}`;
}

function sums({ context: { store } }: JourneyScope): Sql {
  const { dialect } = store;
  return sql`${dialect.countWhen(isConverted)} AS conversions, ${dialect.sumWhen(raw("value"), isConverted)} AS value`;
}

async function totalsOf(scope: JourneyScope): Promise<JourneyStatistics["totals"]> {
  const { store } = scope.context;
  const { dialect } = store;
  const [row = {}] = await store.query(
    sql`SELECT ${sums(scope)}, ${dialect.countWhen(isNull)} AS nulls,
        ${dialect.countWhen(raw("is_converted AND touches = 0"))} AS without_touch,
        ${dialect.countDistinct(raw("path"), null)} AS paths
      FROM (${journeysSql(scope)}) AS j`,
  );
  return {
    ...counted(row),
    nulls: text(row.nulls),
    withoutTouch: text(row.without_touch),
    paths: text(row.paths),
  };
}

async function pathsOf(scope: JourneyScope, limit: number): Promise<JourneyStatistics["paths"]> {
  const { store } = scope.context;
  const rows = await store.query(
    sql`SELECT path, ${sums(scope)}, ${store.dialect.countWhen(isNull)} AS nulls
      FROM (${journeysSql(scope)}) AS j WHERE path IS NOT NULL
      GROUP BY path ORDER BY conversions DESC, value DESC NULLS LAST, nulls DESC, path LIMIT ${literal(limit)}`,
  );
  return rows.map((row) => {
    const [conversions, nulls] = [text(row.conversions), text(row.nulls)];
    const rate = divide(
      parseExact(conversions),
      parseExact(String(BigInt(conversions) + BigInt(nulls))),
    );
    return { path: String(row.path), ...counted(row), nulls, rate: rate && decimalText(rate) };
  });
}

async function lengthsOf(scope: JourneyScope): Promise<JourneyStatistics["lengths"]> {
  const { store } = scope.context;
  const rows = await store.query(
    sql`SELECT touches, ${sums(scope)}, ${store.dialect.countWhen(isNull)} AS nulls
      FROM (${journeysSql(scope)}) AS j GROUP BY touches ORDER BY touches`,
  );
  return rows.map((row) => ({
    touches: Number(row.touches ?? 0),
    ...counted(row),
    nulls: text(row.nulls),
  }));
}

async function lagsOf(scope: JourneyScope): Promise<JourneyStatistics["lags"]> {
  const { store } = scope.context;
  const { dialect } = store;
  const microseconds = sql`${dialect.epochMicroseconds(raw("ended_at"))} - ${dialect.epochMicroseconds(raw("first_touched_at"))}`;
  const rows = await store.query(
    sql`SELECT ${dialect.wholeDivision(microseconds, 86_400_000_000)} AS days, ${sums(scope)}
      FROM (${journeysSql(scope)}) AS j WHERE is_converted AND first_touched_at IS NOT NULL
      GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({ days: Number(row.days), ...counted(row) }));
}

async function positionsOf(scope: JourneyScope): Promise<JourneyStatistics["positions"]> {
  const { store } = scope.context;
  const at = (condition: string, name: string): Sql =>
    sql`${store.dialect.countWhen(raw(condition))} AS ${identifier(name)}`;
  const rows = await store.query(
    sql`SELECT channel, ${at("touches > 1 AND nth = 1", "first")}, ${at("nth > 1 AND nth < touches", "middle")},
        ${at("touches > 1 AND nth = touches", "last")}, ${at("touches = 1", "only")}
      FROM (${touchesSql(scope)}) AS t WHERE is_conversion
      GROUP BY channel ORDER BY count(*) DESC, channel`,
  );
  return rows.map((row) => ({
    channel: String(row.channel),
    first: text(row.first),
    middle: text(row.middle),
    last: text(row.last),
    only: text(row.only),
  }));
}

/** Each conversion counts once per channel, however often it was touched; so does each of its amounts. */
async function assistsOf(scope: JourneyScope): Promise<JourneyStatistics["assists"]> {
  const { store } = scope.context;
  const when = (condition: string): Sql => raw(`max(CASE WHEN ${condition} THEN 1 ELSE 0 END)`);
  const rows = await store.query(
    sql`WITH single AS (
        SELECT entry, channel, ${when("nth < touches")} AS assists, ${when("nth = touches")} AS closes,
          ${when("is_conversion")} AS is_counted,
          max(CASE WHEN entry_kind IN ('sale', 'return') THEN amount END) AS amount
        FROM (${touchesSql(scope)}) AS t GROUP BY entry, channel
      )
      SELECT channel, sum(assists * is_counted) AS assisted, sum(closes * is_counted) AS last,
        sum(CASE WHEN assists = 1 THEN amount END) AS assisted_value,
        sum(CASE WHEN closes = 1 THEN amount END) AS last_value
      FROM single GROUP BY channel ORDER BY assisted DESC, last DESC, channel`,
  );
  return rows.map((row) => {
    const [assisted, last] = [text(row.assisted), text(row.last)];
    const ratio = divide(parseExact(assisted), parseExact(last));
    return {
      channel: String(row.channel),
      assisted,
      assistedValue: exact(row.assisted_value),
      last,
      lastValue: exact(row.last_value),
      ratio: ratio && decimalText(ratio),
    };
  });
}
