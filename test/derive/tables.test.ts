import { describe, expect, it } from "vitest";
import type { DerivedTable } from "../../src/derive/derived.ts";
import { dictionaryTables } from "../../src/derive/dictionaries.ts";
import { derivedTables } from "../../src/derive/tables.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { duckdb } from "../../src/sql/duckdb.ts";
import { displaySql, raw } from "../../src/sql/fragment.ts";

const context = {
  dialect: duckdb,
  settings: defaultSettings,
  asOf: "2025-01-01 00:00:00",
  people: () => raw("TRUE"),
  identities: () => raw("TRUE"),
};

const dictionaries = dictionaryTables.map(({ name }) => `derived.${name}`);

/** Tables that a select names, without dictionaries and those that it asks about as a whole in its premises. */
function read(table: DerivedTable): readonly string[] {
  const statements = [table.definition?.(context), table.select(context)];
  const text = statements.map((each) => (each ? displaySql(each).replaceAll('"', "") : "")).join();
  const premises = table.premises ? displaySql(table.premises(context)).replaceAll('"', "") : "";
  const names = text.matchAll(/\b(?:ledger|derived)\.[a-z_]+/g);
  return [...new Set([...names].map(([name]) => name))].filter(
    (name) => !premises.includes(name) && !dictionaries.includes(name),
  );
}

describe("derived tables", () => {
  it.each(derivedTables.map((table) => [table.name, table as DerivedTable] as const))(
    "%s declares every table that it reads, and derived ones stand before it",
    (name, table) => {
      const before = derivedTables.slice(
        0,
        derivedTables.findIndex((each) => each.name === name),
      );
      const undeclared = read(table).filter((each) => !table.inputs.includes(each));
      expect(undeclared).toEqual([]);
      const later = table.inputs.filter(
        (input) =>
          input.startsWith("derived.") && !before.some((each) => `derived.${each.name}` === input),
      );
      expect(later).toEqual([]);
    },
  );
});
