import { derivedTable } from "../derive/tables.ts";
import type { Dialect } from "../sql/dialect.ts";
import { all, identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { AskedMeasure } from "./asked.ts";
import { filterSql } from "./condition.ts";
import type { Filter } from "./filter.ts";
import { narrowed } from "./narrowed.ts";
import { insideAny, moment, spanNumber, standsSql } from "./span-sql.ts";
import { type Layer, type Span, tilesOf } from "./spans.ts";

/** What one statement asks: measures of one fact and time column, over layers of stretches, by some dimensions. */
export interface Asking {
  readonly measures: readonly AskedMeasure[];
  readonly layers: readonly Layer[];
  readonly by: readonly string[];
  readonly filter: Filter | null;
}

/** A statement whose rows give, per stretch and group, `value_i`, `rows_i` and `excluded_i` of each measure. */
export interface Statement {
  readonly asking: Asking;
  readonly sql: Sql;
}

type Columns = Readonly<Record<string, { readonly type: string }>>;

const span = (index: number) => identifier(`span_${index}`);
const by = (index: number) => identifier(`by_${index}`);

/**
 * Builds the statement of measures that are read in the same way.
 *
 * @param asking measures of one fact and time; those that need a form of their own come alone
 * @param dialect the engine
 */
export function statementOf(asking: Asking, dialect: Dialect): Statement {
  const op = asking.measures[0]?.aggregate.op;
  if (op === "stock" || op === "stockSum") return { asking, sql: stockSql(asking, dialect) };
  if (op === "stockKept") return { asking, sql: keptStockSql(asking, dialect) };
  if (op === "peopleInMany" || op === "last" || op === "sumOnce")
    return { asking, sql: nestedSql(asking, dialect) };
  return { asking, sql: flatSql(asking, dialect) };
}

/**
 * What measures have to share to be asked in one statement.
 *
 * @param measure the measure
 */
export function formOf({ aggregate, fact, timeColumn, id }: AskedMeasure): string {
  switch (aggregate.op) {
    case "stock":
    case "stockSum":
      return `${fact} ${aggregate.from} ${aggregate.to ?? ""} ${aggregate.at}`;
    case "stockKept":
    case "peopleInMany":
    case "last":
    case "sumOnce":
      return `${fact} ${timeColumn} ${id}`;
    default:
      return `${fact} ${timeColumn}`;
  }
}

function flatSql(asking: Asking, dialect: Dialect): Sql {
  const columns = factOf(asking).columns;
  const { shared, measures } = narrowed(asking.measures);
  const values = measures.flatMap((measure, index) =>
    valueColumns(measure, columns, index, dialect),
  );
  const selected = values.map(({ name, value }) => sql`${value} AS ${identifier(name)}`);
  const keys = keyColumns(asking, dialect);
  const sets = groupingSets(asking);
  if (!measures.every(isAdditive)) {
    const rows = rowsSql(asking, dialect, shared);
    return sql`SELECT ${join([...keys, ...selected])} FROM (${rows}) AS kept GROUP BY GROUPING SETS (${sets})`;
  }
  // Counts and sums are gathered once per smallest piece; the engine adds the pieces up to each total.
  const { numbers, others } = numbersOf(asking, dialect);
  const smallest = [...numbers.map(({ name }) => name), ...asking.by.map((_, index) => by(index))];
  const pieces = sql`SELECT ${join([...smallest, ...selected])} FROM (${numberedSql(asking, dialect, shared)}) AS kept GROUP BY ${join(smallest)}`;
  const sums = values.map(
    ({ name }) => sql`sum(${identifier("pieces", name)}) AS ${identifier(name)}`,
  );
  return sql`SELECT ${join([...keys, ...sums])} FROM (${withNumbers(pieces, others)}) AS pieces GROUP BY GROUPING SETS (${sets})`;
}

const isAdditive = ({ aggregate: { op } }: AskedMeasure) => op === "count" || op === "sum";

function factOf(asking: Asking) {
  const first = asking.measures[0];
  if (!first) throw new Error("a statement without measures");
  return derivedTable(first.fact);
}

function tableOf({ measures }: Asking): Sql {
  const first = measures[0];
  if (!first) throw new Error("a statement without measures");
  return first.table;
}

/** Columns that tell which stretch and group a result row is about. */
function keyColumns(asking: Asking, dialect: Dialect): readonly Sql[] {
  const keys = [...asking.layers.map((_, index) => span(index)), ...asking.by.map((_, i) => by(i))];
  return [sql`${dialect.groupingOf(keys)} AS "left_out"`, ...keys];
}

/** For each layer the total and the groups, each asked from the engine. */
function groupingSets(asking: Asking, more: readonly Sql[] = []): Sql {
  const groups = asking.by.map((_, index) => by(index));
  const sets = asking.layers.flatMap((_, index) => {
    const total = sql`(${join([span(index), ...more])})`;
    return groups.length === 0
      ? [total]
      : [total, sql`(${join([span(index), ...groups, ...more])})`];
  });
  return join(sets);
}

/** The fact's rows inside the stretches that pass the filter, with the number of their stretch in each layer. */
function rowsSql(asking: Asking, dialect: Dialect, conditions: readonly Sql[] = []): Sql {
  const { others } = numbersOf(asking, dialect);
  return withNumbers(numberedSql(asking, dialect, conditions), others);
}

interface NamedNumber {
  readonly name: Sql;
  readonly value: Sql;
}

/**
 * How rows learn the numbers of their stretches: from their time, or, where the stretches of the last layer make up all
 * the others, from the number of the last alone.
 */
function numbersOf({ measures, layers }: Asking, dialect: Dialect) {
  const time = measures[0]?.time ?? { column: raw("NULL"), is: "day" as const };
  const tiles = tilesOf(layers);
  const last = layers.length - 1;
  const numbered: readonly NamedNumber[] = layers.map((layer, index) => ({
    name: span(index),
    value: spanNumber(dialect, time, layer, tiles !== null),
  }));
  if (!tiles) return { numbers: numbered, others: [] };
  const others = tiles.map((ranges, index): NamedNumber => {
    const cases = ranges.map(
      ({ from, to }, number) =>
        sql`WHEN ${span(last)} >= ${literal(from)} AND ${span(last)} < ${literal(to)} THEN ${literal(number)}`,
    );
    return { name: span(index), value: sql`CASE ${join(cases, " ")} END` };
  });
  return { numbers: numbered.slice(last), others };
}

function withNumbers(rows: Sql, others: readonly NamedNumber[]): Sql {
  if (others.length === 0) return rows;
  const added = others.map(({ name, value }) => sql`${value} AS ${name}`);
  return sql`SELECT *, ${join(added)} FROM (${rows}) AS numbered`;
}

/** The fact's rows with the numbers that their time gives. */
function numberedSql(asking: Asking, dialect: Dialect, conditions: readonly Sql[]): Sql {
  const time = asking.measures[0]?.time ?? { column: raw("NULL"), is: "day" as const };
  const { numbers } = numbersOf(asking, dialect);
  const added = numbers.map(({ name, value }) => sql`${value} AS ${name}`);
  const where = [
    insideAny(time, asking.layers.flat()),
    ...(asking.filter ? [filterOf(asking, dialect)] : []),
    ...conditions,
  ];
  return sql`SELECT fact.*, ${join([...added, ...groupColumns(asking, dialect)])} FROM ${tableOf(asking)} AS fact WHERE ${all(where)}`;
}

function filterOf(asking: Asking, dialect: Dialect): Sql {
  const same = asking.measures[0]?.sameForEvery ?? new Set<string>();
  return asking.filter ? filterSql(asking.filter, factOf(asking), same, dialect) : raw("TRUE");
}

function groupColumns(asking: Asking, dialect: Dialect): readonly Sql[] {
  const fact = factOf(asking);
  return asking.by.map((dimension, index) => {
    const column = fact.dimensions[dimension];
    if (column === undefined) throw new Error(`dimension was not checked: ${dimension}`);
    const value = identifier(column);
    const isText = fact.columns[column]?.type === "text";
    return sql`${isText ? value : dialect.textOf(value)} AS ${by(index)}`;
  });
}

interface NamedValue {
  readonly name: string;
  readonly value: Sql;
}

/** value_i, rows_i and, where there are any, excluded_i and left_i_j. */
function valueColumns(
  measure: AskedMeasure,
  columns: Columns,
  index: number,
  dialect: Dialect,
): readonly NamedValue[] {
  const { condition } = measure;
  const isExcluded = andAlso(condition, raw('"excluded" IS NOT NULL'));
  const excluded =
    measure.isMoney && columns.excluded
      ? [{ name: `excluded_${index}`, value: dialect.countWhen(isExcluded) }]
      : [];
  const left = leftColumns(measure, index, dialect);
  return [...aggregateColumns(measure, columns, index, dialect), ...excluded, ...left];
}

function leftColumns(
  { leavesOut }: AskedMeasure,
  index: number,
  dialect: Dialect,
): readonly NamedValue[] {
  return leavesOut.map(({ condition }, number) => ({
    name: `left_${index}_${number}`,
    value: dialect.countWhen(condition),
  }));
}

function aggregateColumns(
  { aggregate, condition }: AskedMeasure,
  columns: Columns,
  index: number,
  dialect: Dialect,
): readonly NamedValue[] {
  const value = (piece: Sql) => ({ name: `value_${index}`, value: piece });
  const rows = (piece: Sql) => ({ name: `rows_${index}`, value: piece });
  const counted = dialect.countWhen(condition);
  switch (aggregate.op) {
    case "count":
      return [value(counted)];
    case "sum":
      return [
        value(dialect.sumWhen(summable(aggregate.column, columns, dialect), condition)),
        rows(counted),
      ];
    case "distinct":
      return [value(dialect.countDistinct(identifier(aggregate.column), condition))];
    case "mean":
    case "quantile": {
      const column = identifier(aggregate.column);
      const present = andAlso(condition, sql`${column} IS NOT NULL`);
      return [
        value(
          aggregate.op === "mean"
            ? dialect.sumWhen(summable(aggregate.column, columns, dialect), condition)
            : dialect.quantileWhen(column, aggregate.share, condition),
        ),
        rows(dialect.countWhen(present)),
      ];
    }
    default:
      throw new Error(`needs a form of its own: ${aggregate.op}`);
  }
}

/** A column that adds up exactly: doubles become decimals first, so that the order of rows does not matter. */
function summable(column: string, columns: Columns, dialect: Dialect): Sql {
  const value = identifier(column);
  return columns[column]?.type === "number" ? dialect.decimalOf(value) : value;
}

function andAlso(condition: Sql | null, more: Sql): Sql {
  return condition ? all([condition, more]) : more;
}

/**
 * Rows whose own span contains a moment, joined with the list of moments. The start and the end of a period both mean
 * the moment just before it, so that start + begun − ended = end holds to the row.
 */
function stockSql(asking: Asking, dialect: Dialect): Sql {
  const fact = factOf(asking);
  const first = asking.measures[0]?.aggregate;
  if (first?.op !== "stock" && first?.op !== "stockSum") throw new Error("not a stock");
  const [begun, notEnded] =
    first.at === "during"
      ? [raw('"period_to"'), raw('"period_from"')]
      : [raw(`"period_${first.at === "start" ? "from" : "to"}"`), null];
  const stands = standsSql(first, begun, notEnded ?? begun);
  const values = asking.measures.flatMap((measure, index) => {
    const { aggregate, condition } = measure;
    const rows = sql`${dialect.countWhen(condition)} AS ${identifier(`rows_${index}`)}`;
    const left = leftColumns(measure, index, dialect).map(
      ({ name, value }) => sql`${value} AS ${identifier(name)}`,
    );
    if (aggregate.op === "stock") {
      const people = dialect.countDistinct(identifier(aggregate.distinct), condition);
      return [sql`${people} AS ${identifier(`value_${index}`)}`, rows, ...left];
    }
    if (aggregate.op !== "stockSum") throw new Error("not a stock");
    const sum = dialect.sumWhen(summable(aggregate.column, fact.columns, dialect), condition);
    return [sql`${sum} AS ${identifier(`value_${index}`)}`, rows, ...left];
  });
  const rows = spanRowsSql(asking, dialect, null);
  return sql`SELECT ${join([...keyColumns(asking, dialect), ...values])} FROM (${momentsSql(asking)}) AS periods JOIN (${rows}) AS kept ON ${stands} GROUP BY GROUPING SETS (${groupingSets(asking)})`;
}

/** People with a row at the start and one at the end, or what their rows at the start add up to. */
function keptStockSql(asking: Asking, dialect: Dialect): Sql {
  const [measure] = asking.measures;
  if (measure?.aggregate.op !== "stockKept") throw new Error("not a kept stock");
  const { aggregate, condition } = measure;
  const { columns } = factOf(asking);
  const [from, to] = [identifier(aggregate.from), identifier(aggregate.to)];
  const atStart = sql`${from} < "period_from"`;
  const atEnd = sql`(${to} IS NULL OR ${to} >= "period_to")`;
  const one = aggregate.column
    ? dialect.sumWhen(summable(aggregate.column, columns, dialect), atStart)
    : raw("1");
  const person = identifier(aggregate.person);
  const rows = spanRowsSql(asking, dialect, andAlso(condition, sql`${person} IS NOT NULL`));
  const people = sql`SELECT ${join([...keyColumns(asking, dialect), sql`${one} AS "one"`, sql`${dialect.countWhen(atStart)} AS "records"`])} FROM (${momentsSql(asking)}) AS periods JOIN (${rows}) AS kept ON ${from} < "period_to" AND (${to} IS NULL OR ${to} >= "period_from") GROUP BY GROUPING SETS (${groupingSets(asking, [person])}) HAVING ${dialect.countWhen(atStart)} > 0 AND ${dialect.countWhen(atEnd)} > 0`;
  const keys = [raw('"left_out"'), ...keyColumns(asking, dialect).slice(1)];
  return sql`SELECT ${join([...keys, raw('sum("one") AS "value_0"'), raw('sum("records") AS "rows_0"')])} FROM (${people}) AS single GROUP BY ${join(keys)}`;
}

/** The fact's rows that pass the filter and a condition, whenever they are. */
function spanRowsSql(asking: Asking, dialect: Dialect, condition: Sql | null): Sql {
  const groups = groupColumns(asking, dialect);
  const where = asking.filter ? filterOf(asking, dialect) : raw("TRUE");
  return sql`SELECT ${join([raw("fact.*"), ...groups])} FROM ${tableOf(asking)} AS fact WHERE ${andAlso(condition, where)}`;
}

/** The stretches as rows, so that rows of spans can be joined with them; all in one column of numbers per layer. */
function momentsSql(asking: Asking): Sql {
  const is = asking.measures[0]?.time.is ?? "instant";
  const row = (layer: number, number: number, { from, to, firstDay, nextDay }: Span) => {
    const numbers = asking.layers.map((_, index) =>
      index === layer ? literal(number) : raw("NULL"),
    );
    const named = numbers.map((value, index) => sql`${value} AS ${span(index)}`);
    const [start, end] = is === "day" ? [firstDay, nextDay] : [from, to];
    return sql`SELECT ${join(named)}, ${moment(start, is)} AS "period_from", ${moment(end, is)} AS "period_to"`;
  };
  return join(
    asking.layers.flatMap((layer, index) => layer.map((one, number) => row(index, number, one))),
    " UNION ALL ",
  );
}

/** Aggregates of aggregates: first per person or series, then over all of them. */
function nestedSql(asking: Asking, dialect: Dialect): Sql {
  const measure = asking.measures[0];
  if (!measure) throw new Error("a statement without measures");
  const { aggregate, condition } = measure;
  const columns = factOf(asking).columns;
  const outerKeys = keyColumns(asking, dialect).slice(1);
  const inner = (series: readonly Sql[], value: Sql, conditions: readonly Sql[], having: Sql) =>
    sql`SELECT ${join([...keyColumns(asking, dialect), sql`${value} AS "one"`, raw('count(*) AS "records"')])} FROM (${rowsSql(asking, dialect, conditions)}) AS kept GROUP BY GROUPING SETS (${groupingSets(asking, series)}) HAVING ${having}`;
  const outer = (value: Sql, rows: Sql) =>
    sql`SELECT ${join([raw('"left_out"'), ...outerKeys, sql`${value} AS "value_0"`, sql`sum("records") AS "rows_0"`])} FROM (${rows}) AS single GROUP BY ${join([raw('"left_out"'), ...outerKeys])}`;
  const kept = condition ? [condition] : [];
  if (aggregate.op === "peopleInMany") {
    const person = identifier(aggregate.person);
    const many = dialect.countDistinct(identifier(aggregate.column), null);
    const rows = inner(
      [person],
      many,
      [...kept, sql`${person} IS NOT NULL`],
      sql`${many} >= ${literal(aggregate.atLeast)}`,
    );
    return outer(raw("count(*)"), rows);
  }
  if (aggregate.op === "sumOnce") {
    const amount = sql`max(${summable(aggregate.column, columns, dialect)})`;
    return outer(raw('sum("one")'), inner([identifier(aggregate.per)], amount, kept, raw("TRUE")));
  }
  if (aggregate.op !== "last") throw new Error("not a nested aggregate");
  const column = identifier(aggregate.column);
  const latest = dialect.lastWhen(
    summable(aggregate.column, columns, dialect),
    dialect.pair(measure.time.column, column),
    sql`${column} IS NOT NULL`,
  );
  const rows = inner(
    (aggregate.per ?? []).map((one) => identifier(one)),
    latest,
    kept,
    raw("TRUE"),
  );
  return outer(raw('sum("one")'), rows);
}
