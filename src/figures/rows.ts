import { creditColumns } from "../derive/credits.ts";
import { derivedTable } from "../derive/tables.ts";
import { divide, type Exact, fraction } from "../ledger/exact.ts";
import type { Column } from "../ledger/table.ts";
import type { Dialect } from "../sql/dialect.ts";
import { all, displaySql, identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Cell as EngineCell, Store } from "../store/store.ts";
import type { AskedMeasure } from "./asked.ts";
import { exactCell } from "./cells.ts";
import { filterSql } from "./condition.ts";
import { decimalText } from "./decimal.ts";
import type { Filter } from "./filter.ts";
import { insideAny, moment, standsSql } from "./span-sql.ts";
import type { Span } from "./spans.ts";

/** One page of the rows that a measure is computed from, and their total. */
export interface MeasureRows {
  readonly measure: string;
  readonly fact: string;
  readonly columns: readonly ({ readonly name: string } & Pick<Column, "type" | "meaning">)[];
  /** Cells in the order of the columns; whole numbers wider than a double as text. */
  readonly rows: readonly (readonly Exclude<EngineCell, bigint>[])[];
  readonly offset: number;
  /** How many rows there are in all. */
  readonly count: string;
  /** The measure computed again over exactly these rows; null when they give none. */
  readonly total: string | null;
  /** The measure's value in the answer. */
  readonly value: string | null;
  /** Whether both are the same number. */
  readonly ties: boolean;
  readonly sql: string;
}

/** Which rows to show. */
export interface RowsAsked {
  readonly measure: AskedMeasure;
  readonly span: Span;
  readonly filter: Filter | null;
  /** The measure's value in the answer. */
  readonly value: Exact | null;
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * Returns a page of the rows behind a measure with a total over all of them that ties to the measure.
 *
 * @param store the engine
 * @param asked the measure, its period and filter, and the page: 50 rows from the first by default
 */
export async function measureRows(store: Store, asked: RowsAsked): Promise<MeasureRows> {
  const { measure, offset = 0, limit = 50, value } = asked;
  const fact = derivedTable(measure.fact);
  const names = Object.keys(fact.columns).filter((name) => isShown(name, measure));
  const kept = keptSql(asked, store.dialect);
  const statement = sql`SELECT ${join(names.map((name) => identifier(name)))} FROM (${kept}) AS kept ORDER BY ${join(fact.order.map((name) => identifier(name)))} LIMIT ${literal(limit)} OFFSET ${literal(offset)}`;
  const rows = await store.query(statement);
  const [footer] = await store.query(footerSql(measure, kept, store.dialect));
  const total = totalOf(measure, exactCell(footer?.total), BigInt(String(footer?.row_count ?? 0)));
  const text = total && decimalText(total);
  const valueText = value && decimalText(value);
  return {
    measure: measure.id,
    fact: fact.name,
    columns: names.map((name) => ({
      name,
      type: fact.columns[name]?.type ?? "text",
      meaning: fact.columns[name]?.meaning ?? "",
    })),
    rows: rows.map((row) => names.map((name) => withoutBigint(row[name] ?? null))),
    offset,
    count: String(footer?.row_count ?? 0),
    total: text,
    value: valueText,
    ties: isSame(text, valueText),
    sql: displaySql(statement),
  };
}

/** Of the models, only the one that is asked for. */
function isShown(name: string, { aggregate }: AskedMeasure): boolean {
  if (!Object.hasOwn(creditColumns, name)) return true;
  return aggregate.op === "sum" && aggregate.column === name;
}

/**
 * Returns the statement of a measure alone over one stretch, as a reader can run it: the footer of its rows.
 *
 * @param asked the measure, its period and filter
 * @param dialect the engine
 */
export function ownSql(asked: Omit<RowsAsked, "value">, dialect: Dialect): string {
  return displaySql(footerSql(asked.measure, keptSql(asked, dialect), dialect));
}

function withoutBigint(cell: EngineCell): Exclude<EngineCell, bigint> {
  return typeof cell === "bigint" ? String(cell) : cell;
}

/** No value and a sum of nothing are the same to a reader. */
function isSame(total: string | null, value: string | null): boolean {
  return total === value || (value === null && total === "0") || (total === null && value === "0");
}

function totalOf({ aggregate }: AskedMeasure, total: Exact | null, counted: bigint): Exact | null {
  return aggregate.op === "mean" && total ? divide(total, fraction(counted)) : total;
}

/** The rows that the measure reads: of its period, through the question's filter, under its condition. */
function keptSql({ measure, span, filter }: Omit<RowsAsked, "value">, dialect: Dialect): Sql {
  const fact = derivedTable(measure.fact);
  const { aggregate, condition, table, time } = measure;
  const base = [
    ...(condition ? [condition] : []),
    ...(filter ? [filterSql(filter, fact, measure.sameForEvery, dialect)] : []),
  ];
  const select = (conditions: readonly Sql[]) =>
    sql`SELECT * FROM ${table} WHERE ${all(conditions)}`;
  switch (aggregate.op) {
    case "stock":
    case "stockSum": {
      const [start, end] = time.is === "day" ? [span.firstDay, span.nextDay] : [span.from, span.to];
      const begun = moment(aggregate.at === "start" ? start : end, time.is);
      const notEnded = moment(aggregate.at === "end" ? end : start, time.is);
      return select([...base, standsSql(aggregate, begun, notEnded)]);
    }
    case "stockKept": {
      const [from, to] = [identifier(aggregate.from), identifier(aggregate.to)];
      const person = identifier(aggregate.person);
      const [start, end] = time.is === "day" ? [span.firstDay, span.nextDay] : [span.from, span.to];
      const standingAt = (day: string) => {
        const at = moment(day, time.is);
        return select([...base, sql`${from} < ${at}`, sql`(${to} IS NULL OR ${to} >= ${at})`]);
      };
      return sql`SELECT * FROM (${standingAt(start)}) AS begun WHERE ${person} IN (SELECT ${person} FROM (${standingAt(end)}) AS stayed)`;
    }
    case "peopleInMany": {
      const person = identifier(aggregate.person);
      const inside = select([...base, insideAny(time, [span]), sql`${person} IS NOT NULL`]);
      const many = dialect.countDistinct(identifier(aggregate.column), null);
      return sql`SELECT * FROM (${inside}) AS seen WHERE ${person} IN (SELECT ${person} FROM (${inside}) AS again GROUP BY 1 HAVING ${many} >= ${literal(aggregate.atLeast)})`;
    }
    case "last": {
      const series = (aggregate.per ?? []).map((column) => identifier(column));
      const column = identifier(aggregate.column);
      const inside = select([...base, insideAny(time, [span]), sql`${column} IS NOT NULL`]);
      const partition = series.length > 0 ? sql`PARTITION BY ${join(series)} ` : raw("");
      return sql`SELECT * FROM (SELECT *, row_number() OVER (${partition}ORDER BY ${time.column} DESC, ${column} DESC) AS "newest" FROM (${inside}) AS seen) AS ranked WHERE "newest" = 1`;
    }
    case "sumOnce": {
      const [column, per] = [identifier(aggregate.column), identifier(aggregate.per)];
      const inside = select([...base, insideAny(time, [span])]);
      const ranked = join([
        sql`${column} DESC NULLS LAST`,
        ...fact.order.map((name) => identifier(name)),
      ]);
      return sql`SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY ${per} ORDER BY ${ranked}) AS "choice" FROM (${inside}) AS seen) AS ranked WHERE "choice" = 1`;
    }
    case "mean":
    case "quantile":
      return select([
        ...base,
        insideAny(time, [span]),
        sql`${identifier(aggregate.column)} IS NOT NULL`,
      ]);
    default:
      return select([...base, insideAny(time, [span])]);
  }
}

/** The measure once more, over the rows that are shown. */
function footerSql({ aggregate, fact }: AskedMeasure, kept: Sql, dialect: Dialect): Sql {
  const { columns } = derivedTable(fact);
  const exact = (name: string) =>
    columns[name]?.type === "number" ? dialect.decimalOf(identifier(name)) : identifier(name);
  const total = (): Sql => {
    switch (aggregate.op) {
      case "count":
        return raw("count(*)");
      case "distinct":
        return dialect.countDistinct(identifier(aggregate.column), null);
      case "stock":
        return dialect.countDistinct(identifier(aggregate.distinct), null);
      case "stockKept":
        return aggregate.column
          ? sql`sum(${exact(aggregate.column)})`
          : dialect.countDistinct(identifier(aggregate.person), null);
      case "peopleInMany":
        return dialect.countDistinct(identifier(aggregate.person), null);
      case "quantile":
        return dialect.quantile(identifier(aggregate.column), aggregate.share);
      default:
        return sql`sum(${exact(aggregate.column)})`;
    }
  };
  return sql`SELECT ${total()} AS "total", count(*) AS "row_count" FROM (${kept}) AS kept`;
}
