import { parseExact } from "../ledger/exact.ts";
import { all, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Cell, Row } from "../store/store.ts";
import { attributionOf, schemaOf, usedAttribution } from "./attribution.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import type { UsedAttribution } from "./figure.ts";
import { type JourneyQuestion, journeysSql } from "./paths.ts";
import { periodOf } from "./request.ts";

/** Where a touch can stand in its journey; assisting is anywhere but last, closing is last or alone. */
export const journeyPlaces = ["first", "middle", "last", "only", "assisting", "closing"] as const;

/** One of the places. */
export type JourneyPlace = (typeof journeyPlaces)[number];

/** Whole numbers from one to another, both included. */
export interface WholeRange {
  readonly from: number;
  readonly to: number;
}

/** Which conversions are wanted; all that is given has to hold. */
export interface JourneyListQuestion extends JourneyQuestion {
  /** Their paths, as the statistics list them. */
  readonly paths?: readonly string[];
  /** How many touches inside the window. */
  readonly touches?: WholeRange;
  /** How many full days from the first touch. */
  readonly days?: WholeRange;
  readonly place?: { readonly channel: string; readonly at: JourneyPlace };
  /** Part of the name of order, deal or goal event. */
  readonly search?: string;
  readonly offset?: number;
}

/** Conversions with the way to each, the latest first; value in the reporting currency. */
export interface ConvertedJourneys {
  readonly period: { readonly from: string; readonly to: string };
  readonly attribution: UsedAttribution;
  readonly currency: string;
  /** Over all of them, not only those listed. */
  readonly count: string;
  readonly value: string | null;
  readonly offset: number;
  readonly rows: readonly {
    readonly conversion: string;
    readonly convertedAt: string;
    readonly value: string | null;
    readonly path: string | null;
    readonly touches: number;
    readonly days: number | null;
    readonly isFirst: boolean;
    readonly dataSource: string | null;
  }[];
}

/** Conversions that are listed unless the question says how many. */
const usualLimit = 50;

/**
 * Lists the conversions behind a number of the journeys' statistics: those of some paths, of a length, a duration or a position of a
 * channel.
 *
 * @param context store and settings
 * @param question period, attribution and what has to hold
 * @throws LastpennyError `question_invalid`
 */
export async function convertedJourneys(
  context: FiguresContext,
  question: JourneyListQuestion,
): Promise<ConvertedJourneys> {
  const { settings, store } = context;
  const period = periodOf(question.from, question.to, { settings });
  const attribution = attributionOf(settings, question.attribution);
  const schema = await schemaOf(context, attribution);
  const scope = { context, schema, period, channel: question.channel };
  const { limit = usualLimit, offset = 0 } = question;
  const found = sql`(SELECT *, ${daysSql(context)} AS days FROM (${journeysSql(scope)}) AS j) AS d
    WHERE ${all([raw("is_converted"), ...testsOf(question)])}`;
  const [sums = {}] = await store.query(
    sql`SELECT count(*) AS conversions, sum(value) AS value FROM ${found}`,
  );
  const rows = await store.query(
    sql`SELECT conversion, ended_at, value, path, touches, days, is_first, data_source FROM ${found}
      ORDER BY ended_at DESC, conversion LIMIT ${literal(limit)} OFFSET ${literal(offset)}`,
  );
  return {
    period: { from: period.firstDay, to: period.nextDay },
    attribution: usedAttribution(attribution),
    currency: settings.currency,
    count: String(sums.conversions ?? 0),
    value: exact(sums.value),
    offset,
    rows: rows.map(shownRow),
  };
}

function daysSql({ store: { dialect } }: FiguresContext): Sql {
  const end = dialect.epochMicroseconds(raw("ended_at"));
  const start = dialect.epochMicroseconds(raw("first_touched_at"));
  return dialect.wholeDivision(sql`${end} - ${start}`, 86_400_000_000);
}

function testsOf({ paths, touches, days, place, search }: JourneyListQuestion): readonly Sql[] {
  return [
    ...(paths ? [sql`path IN (${join(paths.map((path) => literal(path)))})`] : []),
    ...(touches ? [within("touches", touches)] : []),
    ...(days ? [within("days", days)] : []),
    ...(place ? [placeSql(place)] : []),
    ...(search ? [sql`position(${search.toLowerCase()} IN lower(conversion)) > 0`] : []),
  ];
}

const within = (column: string, { from, to }: WholeRange): Sql =>
  sql`${raw(column)} BETWEEN ${literal(from)} AND ${literal(to)}`;

function placeSql({ channel, at }: NonNullable<JourneyListQuestion["place"]>): Sql {
  const separator = " > ";
  const step = `${separator}${channel}${separator}`;
  switch (at) {
    case "first":
      return sql`touches > 1 AND first_channel = ${channel}`;
    case "last":
      return sql`touches > 1 AND last_channel = ${channel}`;
    case "only":
      return sql`touches = 1 AND last_channel = ${channel}`;
    case "closing":
      return sql`last_channel = ${channel}`;
    case "middle":
      return sql`position(${step} IN path) > 0`;
    default:
      return sql`position(${step} IN ${separator} || path) > 0`;
  }
}

const exact = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : decimalText(parseExact(String(cell)));

const textOrNull = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);

function shownRow(row: Row): ConvertedJourneys["rows"][number] {
  return {
    conversion: String(row.conversion),
    convertedAt: `${String(row.ended_at).slice(0, 19).replace(" ", "T")}Z`,
    value: exact(row.value),
    path: textOrNull(row.path),
    touches: Number(row.touches ?? 0),
    days: row.days === null || row.days === undefined ? null : Number(row.days),
    isFirst: row.is_first === true,
    dataSource: textOrNull(row.data_source),
  };
}
