import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../src/derive/merges.ts";
import { derivedTables } from "../../src/derive/tables.ts";
import { LastpennyError } from "../../src/errors.ts";
import { add, parseExact, toExactDecimal, zero } from "../../src/ledger/exact.ts";
import { ledgerTables } from "../../src/ledger/tables.ts";
import { raw } from "../../src/sql/fragment.ts";
import type { Workspace } from "../../src/workspace.ts";
import { type Company, company, importAll } from "./company.ts";

const minutes = 60_000;

type Digests = Readonly<Record<string, string>>;

/** Number of rows and an order-free hash over all of them, by table; some columns are left aside. */
async function digests(
  { store }: Workspace,
  tables: readonly string[],
  aside: readonly string[] = [],
): Promise<Digests> {
  const found: Record<string, string> = {};
  for (const table of tables) {
    const columns = aside.length === 0 ? "*" : `COLUMNS(c -> c NOT IN ('${aside.join("', '")}'))`;
    const [row] = await store.query(
      raw(`SELECT count(*) || ' ' || coalesce(CAST(sum(CAST(hash(t) AS HUGEINT)) AS VARCHAR), '') AS digest
        FROM (SELECT ${columns} FROM ${table}) AS t`),
    );
    found[table] = String(row?.digest);
  }
  return found;
}

const ledger = ledgerTables.map(({ name }) => `ledger.${name}`);
const derived = derivedTables.map(({ name }) => `derived.${name}`);

/** The files below a folder in an order that has nothing to do with their names. */
function shuffled(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.\w+$/.test(name),
  );
  const rank = (name: string): number =>
    [...name].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 17);
  return files.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Writes a file of one row per line as three files, each with its header. */
function inPieces(from: string, to: string): void {
  const [first = "", ...rest] = readFileSync(from, "utf8").trimEnd().split("\n");
  const header = from.endsWith(".csv") ? [first] : [];
  const rows = from.endsWith(".csv") ? rest : [first, ...rest];
  const size = Math.ceil(rows.length / 3);
  mkdirSync(dirname(to), { recursive: true });
  for (let piece = 0; piece < 3; piece += 1) {
    const part = rows.slice(piece * size, (piece + 1) * size);
    const name = basename(to).replace(/(?=\.\w+$)/, `_${2 - piece}`);
    if (part.length > 0)
      writeFileSync(join(dirname(to), name), [...header, ...part, ""].join("\n"));
  }
}

/** Copies the exports into three folders, shuffled, the logs in pieces. */
function steps(known: Company): readonly string[] {
  const { exports } = known.report;
  const files = shuffled(exports);
  const folders = [0, 1, 2].map((step) => join(known.folder, `step-${step}`));
  files.forEach((name, index) => {
    // Rates and the account come last, so that everything converted with them has to be done again.
    const to = join(folders[index % folders.length] ?? "", name);
    if (/^(ga4|sendgrid)|klaviyo.event/.test(name)) inPieces(join(exports, name), to);
    else cpSync(join(exports, name), to);
  });
  return folders;
}

describe("laws of the whole product", () => {
  let known: Company;
  let workspace: Workspace;
  let recorded: Digests;
  let computed: Digests;
  beforeAll(async () => {
    known = await company(220, 6, 5);
    workspace = await known.open("workspace");
    await importAll(workspace, known.report.exports);
    await workspace.refresh();
    recorded = await digests(workspace, ledger);
    computed = await digests(workspace, derived);
  }, 10 * minutes);
  afterAll(async () => {
    await workspace.close();
    known.remove();
  });

  it(
    "importing the same folder again changes nothing",
    async () => {
      const receipts = await importAll(workspace, known.report.exports);
      for (const { file, read, taken, repeated, rejected } of receipts.values()) {
        expect([file, taken, repeated + rejected]).toEqual([file, 0, read]);
      }
      expect(await digests(workspace, ledger)).toEqual(recorded);
      await workspace.refresh();
      expect(await digests(workspace, derived)).toEqual(computed);
    },
    10 * minutes,
  );

  it(
    "order, pieces and steps of import make no difference, and refreshes between them are one rebuild",
    async () => {
      const other = await known.open("other");
      for (const folder of steps(known)) {
        await importAll(other, folder);
        await other.refresh();
      }
      // Who brought an identifier first, and in which load, is what the order may change; and whether the account that
      // names the currency of costs was known when they came. Figures ask for it again, as the derived tables show.
      const orderless = ledger.filter((table) => !/identit|costs/.test(table));
      expect(await digests(other, orderless, ["load"])).toEqual(
        await digests(workspace, orderless, ["load"]),
      );
      const priced = ["load", "row_hash", "currency"];
      expect(await digests(other, ["ledger.costs"], priced)).toEqual(
        await digests(workspace, ["ledger.costs"], priced),
      );
      const byOrder = ["load", "source"];
      const identities = ["ledger.identities", "ledger.identity_links"];
      expect(await digests(other, identities, byOrder)).toEqual(
        await digests(workspace, identities, byOrder),
      );
      expect(await digests(other, derived)).toEqual(computed);
      const { from, to } = known.report;
      const question = {
        metrics: ["revenue", "orders", "new_customers", "sessions", "cac", "open_rate", "mer"],
        ...{ from, to },
        grain: "month",
        by: ["channel"],
        compare: "previous",
      } as const;
      expect(await other.answer(question)).toEqual(await workspace.answer(question));
      await other.close();
    },
    10 * minutes,
  );

  it(
    "a merge that is undone leaves no trace in anything derived",
    async () => {
      const people = await workspace.store.query(
        raw(`SELECT identity FROM ledger.identities WHERE kind = 'email' AND is_shared IS NOT TRUE
          AND identity IN (SELECT person FROM derived.purchases) ORDER BY identity LIMIT 2`),
      );
      const [left = 0n, right = 0n] = people.map(({ identity }) => BigInt(String(identity)));
      await decide(workspace.store, { action: "merge", left, right });
      await workspace.refresh();
      const merged = await digests(workspace, derived);
      expect(merged["derived.identity_map"]).not.toBe(computed["derived.identity_map"]);
      expect(merged["derived.customers"]).not.toBe(computed["derived.customers"]);
      await decide(workspace.store, { action: "undo", left, right });
      await workspace.refresh();
      expect(await digests(workspace, derived)).toEqual(computed);
    },
    10 * minutes,
  );

  it(
    "the total of a breakdown is the figure without it, and sums over channels add up to it",
    async () => {
      const differing: string[] = [];
      const torn: string[] = [];
      let added = 0;
      for (const { id } of workspace.catalogue.metrics) {
        const [[total] = [], split] = [await valuesOf(id), await valuesOf(id, "channel")];
        if (split && split[0] !== total) differing.push(id);
        if (!split || !total || !isAdditive(id)) continue;
        added += 1;
        if (sumOf(split.slice(1)) !== sumOf([total])) torn.push(id);
      }
      expect(differing).toEqual([]);
      expect(torn).toEqual([]);
      expect(added).toBeGreaterThan(30);
    },
    10 * minutes,
  );

  const sumOf = (values: readonly (string | null)[]): string | null =>
    toExactDecimal(values.map((value) => parseExact(value ?? "0")).reduce(add, zero));

  /** The total of a metric, followed by its groups; nothing where it has no such groups. */
  async function valuesOf(
    metric: string,
    by?: string,
  ): Promise<readonly (string | null)[] | undefined> {
    const { from, to } = known.report;
    try {
      const asked = { metrics: [metric], from, to };
      const { figures } = await workspace.answer(by === undefined ? asked : { ...asked, by: [by] });
      return figures.map(({ value }) => value);
    } catch (error) {
      if (error instanceof LastpennyError && error.code === "dimension_unknown") return;
      throw error;
    }
  }

  function isAdditive(metric: string): boolean {
    const { measures, formula } = workspace.catalogue.resolve(metric);
    return formula.kind === "name" && /^(sum|count)$/.test(measures[0]?.aggregate.op ?? "");
  }
});
