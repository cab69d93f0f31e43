import type { Column, LedgerTable } from "../../ledger/table.ts";
import { allColumns } from "../../ledger/table.ts";
import { type LedgerTableName, ledgerTable } from "../../ledger/tables.ts";
import {
  accountDomain,
  accountId,
  boolean,
  content,
  currency,
  day,
  first,
  is,
  money,
  not,
  number,
  ordinal,
  personId,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Source, Who } from "../source.ts";

/** Columns of a template in which a person is named, in place of the ledger's `identity`. */
export const personColumnNames = ["person_id", "email", "phone", "anonymous_id"] as const;

const who: Who = {
  id: text("person_id"),
  email: text("email"),
  phone: text("phone"),
  anonymous: text("anonymous_id"),
};

/** What a template needs beyond the declaration of its table. */
export interface TemplateRule {
  readonly table: LedgerTableName;
  /** Columns that a file must have, besides the required ones: they tell it from other files. */
  readonly columns?: readonly string[];
  /** What makes two rows of an entity the same thing, when the file has no column `id`. */
  readonly key?: readonly string[];
  /** Rows with the same key are different things, told apart by their order. */
  readonly several?: boolean;
}

const byType = (name: string, column: Column): Expression => {
  switch (column.type) {
    case "time":
      return time(name);
    case "day":
      return day(name);
    case "count":
    case "small":
    case "number":
      return number(name);
    case "money":
      return money(name);
    case "boolean":
      return boolean(name);
    case "identity":
      return first(accountDomain(`${name}_domain`), accountId(name));
    case "text":
    case "key":
    case "json":
      return name === "currency" || name === "base" ? currency(name) : text(name);
  }
};

const reference = (column: "to_id"): Expression =>
  when(
    is("to_kind", "account"),
    accountId(column),
    when(is("to_kind", "person"), personId(column)),
  );

const filledIn = new Set(["identity", "anonymous", "to_identity"]);

/**
 * Returns the columns that a template file may have, in order.
 *
 * @param table the ledger table
 */
export function templateColumns(table: LedgerTable): readonly string[] {
  const hasPerson = "identity" in table.columns;
  const own = Object.keys(table.columns).filter(
    (name) => !filledIn.has(name) && !(hasPerson && name === "email"),
  );
  const person = hasPerson ? personColumnNames : [];
  const domain = "account" in table.columns ? ["account_domain"] : [];
  return ["id", ...person, ...own, ...domain];
}

/**
 * Makes the source of lastpenny's own file for a ledger table: columns are named as the ledger's, persons by
 * `person_id`, `email`, `phone` or `anonymous_id`. A row is known by its column `id` where it has one, otherwise by
 * the rule's key, otherwise by its content.
 *
 * @param rule the table and what tells its rows apart
 */
export function template(rule: TemplateRule): Source {
  const table = ledgerTable(rule.table);
  const columns = Object.entries(allColumns(table)).filter(
    ([name]) => name in table.columns && !filledIn.has(name),
  );
  const required = columns.filter(([, column]) => column.required).map(([name]) => name);
  const set = Object.fromEntries(columns.map(([name, column]) => [name, byType(name, column)]));
  const parts = (rule.key ?? []).map((name) => text(name));
  const natural =
    parts.length === 0 ? [content] : [...parts, ...(rule.several ? [ordinal(...parts)] : [])];
  return {
    id: `template/${rule.table.replaceAll("_", "-")}`,
    vendor: "template",
    title: `Own file: ${table.row}`,
    columns: [...new Set([...required, ...(rule.columns ?? [])])],
    also: templateColumns(table),
    fileName: new RegExp(`(^|[^a-z])${rule.table.replaceAll("_", "[-_ ]")}([^a-z]|$)`, "i"),
    isClosed: true,
    zone: "workspace",
    record: [
      {
        into: rule.table,
        key: [text("id"), ...natural.map((part) => when(not(present("id")), part))],
        ...("identity" in table.columns ? { who } : {}),
        set: "to_identity" in table.columns ? { ...set, to_identity: reference("to_id") } : set,
      },
    ],
  };
}
