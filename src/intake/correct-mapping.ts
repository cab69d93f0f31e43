import { type LedgerTableName, ledgerTable } from "../ledger/tables.ts";
import {
  accountId,
  boolean,
  constant,
  currency,
  day,
  money,
  number,
  text,
  time,
} from "../sources/expressions.ts";
import type { Expression, Recording, Source, Who } from "../sources/source.ts";

/** How a person corrects a mapping without writing one. */
export interface Correction {
  /** Column of the file → field that it fills, such as orders.amount or orders.person_email; null leaves it out. */
  readonly columns?: Readonly<Record<string, string | null>>;
  /** Field → the same value for every row, such as { "orders.currency": "EUR" }; empty takes it out. */
  readonly constants?: Readonly<Record<string, string>>;
}

/** A field that columns of a file can fill. */
export interface MappingField {
  /** Such as orders.amount. */
  readonly name: string;
  readonly table: LedgerTableName;
  readonly column: string;
  readonly type: string;
  readonly isRequired: boolean;
}

/** Identifiers of the person of a row; a mapping names them apart from the columns of a table. */
const people = {
  person_id: "id",
  person_email: "email",
  person_phone: "phone",
} as const satisfies Readonly<Record<string, keyof Who>>;

type PersonField = keyof typeof people;

const isPerson = (column: string): column is PersonField => Object.hasOwn(people, column);

/**
 * Returns the fields that a mapping can fill: those of the tables that it writes.
 *
 * @param source the mapping
 */
export function fieldsOf(source: Source): readonly MappingField[] {
  const tables = [...new Set(source.record.map(({ into }) => into))];
  return tables.flatMap((table) => {
    const { columns } = ledgerTable(table);
    const named = Object.keys(people).filter(() => "identity" in columns);
    return [
      ...Object.entries(columns)
        .filter(([column]) => column !== "identity")
        .map(([column, { type, required }]) => ({
          ...{ name: `${table}.${column}`, table, column, type },
          isRequired: required === true,
        })),
      ...named.map((column) => ({
        ...{ name: `${table}.${column}`, table, column, type: "text", isRequired: false },
      })),
    ];
  });
}

/**
 * Returns which columns of a file fill which fields as they are; fields that are concluded from a column, such as whether a
 * line is a refund from the sign of its amount, are not among them.
 *
 * @param source the mapping
 */
export function filledBy(source: Source): ReadonlyMap<string, readonly string[]> {
  const filled = new Map<string, readonly string[]>();
  for (const { into, set, who = {} } of source.record) {
    const named = Object.entries(people).flatMap(([field, id]) => {
      const value = who[id];
      return value ? [[field, value] as const] : [];
    });
    for (const [field, value] of [...Object.entries(set), ...named]) {
      const column = columnOf(value);
      if (column === null) continue;
      filled.set(column, [...new Set([...(filled.get(column) ?? []), `${into}.${field}`])]);
    }
  }
  return filled;
}

/**
 * Returns the fields that have the same value in every row, with that value.
 *
 * @param source the mapping
 */
export function constantsOf(source: Source): Readonly<Record<string, string>> {
  return Object.fromEntries(
    source.record.flatMap(({ into, set }) =>
      Object.entries(set).flatMap(([field, value]) => {
        const inner = "of" in value && !Array.isArray(value.of) ? value.of : value;
        return "op" in inner && inner.op === "constant"
          ? [[`${into}.${field}`, String(inner.value)]]
          : [];
      }),
    ),
  );
}

/**
 * Corrects a mapping: columns fill other fields, fields get a value of their own. What is concluded from a column, and what
 * identifies a row, follows the column that takes another's place.
 *
 * @param source the mapping as it is
 * @param correction what changes
 */
export function correctMapping(
  source: Source,
  { columns = {}, constants = {} }: Correction,
): Source {
  let record = source.record;
  const before = filledBy(source);
  const fields = new Map(
    Object.entries(columns).flatMap(([column, field]) => (field === null ? [] : [[field, column]])),
  );
  for (const column of Object.keys(columns)) {
    for (const field of before.get(column) ?? []) {
      const successor = fields.get(field);
      record = record.map((one) => withoutField(one, field));
      if (successor !== undefined && successor !== column) {
        record = record.map((one) =>
          field.startsWith(`${one.into}.`) ? renamed(one, column, successor) : one,
        );
      }
    }
  }
  for (const [field, column] of fields) {
    record = record.map((one) => withField(one, field, text(column)));
  }
  for (const [field, value] of Object.entries(constants)) {
    record = record.map((one) =>
      value === "" ? withoutField(one, field) : withField(one, field, constant(value)),
    );
  }
  const used = filledBy({ ...source, record });
  const kept = source.columns.filter((column) => used.has(column) || !(column in columns));
  const added = [...fields.values()].filter((column) => !kept.includes(column));
  return { ...source, record, columns: [...kept, ...added] };
}

function withoutField(recording: Recording, name: string): Recording {
  const [table, field = ""] = name.split(".");
  if (table !== recording.into) return recording;
  if (isPerson(field)) {
    const { who = {}, ...others } = recording;
    const { [people[field]]: _gone, ...rest } = who;
    return Object.keys(rest).length > 0 ? { ...others, who: rest } : others;
  }
  const { [field]: _gone, ...set } = recording.set;
  return { ...recording, set };
}

function withField(recording: Recording, name: string, value: Expression): Recording {
  const [table, field = ""] = name.split(".");
  if (table !== recording.into) return recording;
  if (isPerson(field)) return { ...recording, who: { ...recording.who, [people[field]]: value } };
  const column = ledgerTable(recording.into).columns[field];
  if (!column) return recording;
  return { ...recording, set: { ...recording.set, [field]: typed(field, column.type, value) } };
}

function typed(field: string, type: string, value: Expression): Expression {
  if (field === "currency") return currency(value);
  const readers: Readonly<Record<string, (of: Expression) => Expression>> = {
    ...{ money, day, boolean, number, count: number, identity: accountId },
    time: (of) => time(of),
  };
  return readers[type]?.(value) ?? value;
}

/** Readings of one value that keep it the same thing. */
const readings: ReadonlySet<string> = new Set([
  ...["time", "day", "money", "number", "boolean", "currency", "lower"],
  ...["accountId", "accountDomain", "personId"],
]);

/** The column that an expression is, however it is read; null where it is more than one column. */
function columnOf(value: Expression): string | null {
  if (value.op === "text") return value.path ? null : value.column;
  return readings.has(value.op) && "of" in value && !Array.isArray(value.of)
    ? columnOf(value.of as Expression)
    : null;
}

/** The same with another column, anywhere inside. */
function renamed<Value>(value: Value, from: string, to: string): Value {
  if (Array.isArray(value)) return value.map((one) => renamed(one, from, to)) as Value;
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  if ("op" in value && value.op === "text" && "column" in value && value.column === from) {
    return { ...value, column: to };
  }
  const entries = Object.entries(value).map(([key, one]) => [key, renamed(one, from, to)] as const);
  return Object.fromEntries(entries) as Value;
}
