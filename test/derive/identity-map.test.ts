import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { components } from "../../src/derive/components.ts";
import { decide, findIdentifiers, mergeReport } from "../../src/derive/merges.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { derivedTables } from "../../src/derive/tables.ts";
import { LastpennyError } from "../../src/errors.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Store } from "../../src/store/store.ts";
import { contents, emptyLedger, identityOf, link, record } from "./ledger.ts";

const email = (value: string) => ({ kind: "email", value });
const contact = (value: string) => ({ kind: "id", value, namespace: "crm" });
const device = (value: string) => ({ kind: "anonymous", value, namespace: "web" });
const shared = (value: string) => ({ ...email(value), is_shared: true });
const people = derivedTables.slice(0, 4);

/** The persons, each as the sorted list of its identifiers in clear. */
async function persons(store: Store): Promise<readonly string[]> {
  await refresh(store, defaultSettings, { tables: people });
  const rows = await store.query(
    raw(`SELECT string_agg(i.value, ' ' ORDER BY i.value) AS who FROM ledger.identities AS i
      LEFT JOIN derived.identity_map AS m ON m.identity = i.identity
      GROUP BY coalesce(m.person, i.identity)`),
  );
  return rows.map((row) => String(row.who)).sort();
}

describe("the identity map", () => {
  it("joins whatever rows put together, over any number of steps", async () => {
    const store = await emptyLedger();
    await link(store, email("ann@x.example"), contact("1"));
    await link(store, contact("1"), device("d1"));
    await link(store, email("ann@y.example"), contact("1"));
    await link(store, email("bob@x.example"), contact("2"));
    expect(await persons(store)).toEqual(["1 ann@x.example ann@y.example d1", "2 bob@x.example"]);
  });

  it("does not merge people through a role address", async () => {
    const store = await emptyLedger();
    await link(store, shared("info@x.example"), contact("1"));
    await link(store, shared("info@x.example"), contact("2"));
    expect(await persons(store)).toEqual(["1", "2", "info@x.example"]);
  });

  it("does not merge people who share a device, and gives the device to nobody", async () => {
    const store = await emptyLedger();
    await link(store, device("kiosk"), email("ann@x.example"));
    expect(await persons(store)).toEqual(["ann@x.example kiosk"]);
    await link(store, device("kiosk"), email("bob@x.example"));
    expect(await persons(store)).toEqual(["ann@x.example", "bob@x.example", "kiosk"]);
  });

  it("keeps a device whose two addresses turn out to be one person", async () => {
    const store = await emptyLedger();
    await link(store, device("phone"), email("ann@x.example"));
    await link(store, device("phone"), email("ann@y.example"));
    await link(store, email("ann@x.example"), contact("1"));
    expect(await persons(store)).toEqual(["1 ann@x.example", "ann@y.example", "phone"]);
    await link(store, email("ann@y.example"), contact("1"));
    expect(await persons(store)).toEqual(["1 ann@x.example ann@y.example phone"]);
  });

  it("gives accounts with one web domain one identity", async () => {
    const store = await emptyLedger();
    const account = (value: string) => identityOf("account", value, "crm");
    await record(store, "accounts", [
      { account: account("1"), domain: "https://www.acme.example/about" },
      { account: account("2"), domain: "acme.example" },
      { account: account("3"), domain: "gmail.com" },
      { account: account("4"), domain: "gmail.com" },
    ]);
    await link(store, email("ann@acme.example"));
    await link(store, email("bob@gmail.com"));
    await refresh(store, defaultSettings, { tables: people });
    const smallest = [account("1"), account("2"), identityOf("domain", "acme.example")].sort(
      (a, b) => (a < b ? -1 : 1),
    )[0];
    const rows = await store.query(raw("SELECT email, account FROM derived.people ORDER BY email"));
    expect(rows).toEqual([
      { email: "ann@acme.example", account: smallest },
      { email: "bob@gmail.com", account: null },
    ]);
    const known = await store.query(raw("SELECT count(*)::INT AS n FROM derived.identity_map"));
    expect(known).toEqual([{ n: 2 }]);
  });

  it("finds the components of any graph, as a simple search does", async () => {
    const store = await openDuckdb(":memory:");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { minLength: 1, maxLength: 60 }),
        async (edges) => {
          const values = edges.map(([a, b]) => `(${a}, ${b})`).join(", ");
          await components(store, "labelled", raw(`SELECT * FROM (VALUES ${values}) AS t(a, b)`));
          const rows = await store.query(raw("SELECT node, label FROM labelled ORDER BY node"));
          expect(rows.map((row) => [row.node, row.label])).toEqual(bySearch(edges));
        },
      ),
      { numRuns: 40, seed: 3 },
    );
    await store.close();
  });
});

/** Nodes with the smallest node that can be reached, by as many sweeps as there are edges. */
function bySearch(edges: readonly (readonly [number, number])[]): readonly number[][] {
  const label = new Map<number, number>();
  const real = edges.filter(([a, b]) => a !== b);
  for (const node of real.flat()) label.set(node, node);
  for (const _sweep of real) {
    for (const [a, b] of real) {
      const low = Math.min(label.get(a) ?? a, label.get(b) ?? b);
      label.set(a, low).set(b, low);
    }
  }
  return [...label].sort(([a], [b]) => a - b);
}

describe("decisions about who is who", () => {
  const everything = derivedTables;

  async function someHistory(): Promise<Store> {
    const store = await emptyLedger();
    const [ann] = await link(store, email("ann@x.example"), contact("1"));
    const [bob] = await link(store, email("bob@x.example"), contact("2"));
    await record(
      store,
      "events",
      [ann, bob].flatMap((identity, index) => [
        {
          kind: "page_viewed",
          occurred_at: "2025-01-01 10:00:00",
          identity: identity ?? null,
          page: `/${index}`,
        },
        {
          kind: "email_sent",
          occurred_at: "2025-01-02 10:00:00",
          identity: identity ?? null,
          message: `m${index}`,
        },
      ]),
    );
    await record(store, "orders", [
      {
        order: "1",
        line: "1",
        line_type: "sale",
        booked_at: "2025-01-03",
        amount: "10",
        currency: "EUR",
        identity: ann ?? null,
      },
      {
        order: "2",
        line: "1",
        line_type: "sale",
        booked_at: "2025-02-03",
        amount: "20",
        currency: "EUR",
        identity: bob ?? null,
      },
    ]);
    await refresh(store, defaultSettings, { tables: everything });
    return store;
  }

  it("merge two people through all their history, and undo restores every table", async () => {
    const store = await someHistory();
    const before = await everyTable(store);
    const [left] = await findIdentifiers(store, "ann@x.example");
    const [right] = await findIdentifiers(store, "bob@x.example");
    if (!left || !right) throw new Error("the history has both");
    const pair = { left: left.identity, right: right.identity, at: "2025-03-01T00:00:00Z" };
    await decide(store, { action: "merge", ...pair, note: "same desk" });
    await refresh(store, defaultSettings, { tables: everything });
    const merged = await store.query(
      raw("SELECT person, identifiers::INT AS n FROM derived.people"),
    );
    expect(merged.map((row) => row.n)).toEqual([4]);
    const customers = await store.query(raw("SELECT orders::INT AS n FROM derived.customers"));
    expect(customers).toEqual([{ n: 2 }]);
    const report = await mergeReport(store);
    expect(report.groups[0]?.links.some((each) => each.source === "decision")).toBe(true);
    await decide(store, { action: "undo", ...pair });
    await refresh(store, defaultSettings, { tables: everything });
    expect(await everyTable(store)).toEqual(before);
  });

  it("split a link, and refuse what makes no sense", async () => {
    const store = await someHistory();
    const [left, right] = [identityOf("email", "ann@x.example"), identityOf("id", "1", "crm")];
    await decide(store, { action: "split", left, right, at: "2025-03-01T00:00:00Z" });
    expect(await persons(store)).toEqual(["1", "2 bob@x.example", "ann@x.example"]);
    await decide(store, { action: "undo", left, right, at: "2025-03-01T00:00:00Z" });
    expect(await persons(store)).toEqual(["1 ann@x.example", "2 bob@x.example"]);
    const nonsense = [
      { action: "undo", left, right },
      { action: "merge", left, right: left },
      { action: "merge", left, right: 1n },
      { action: "split", left, right: identityOf("id", "2", "crm") },
    ] as const;
    for (const decision of nonsense) {
      await expect(decide(store, decision)).rejects.toThrow(LastpennyError);
    }
  });

  it("are asked for where a group looks like several people", async () => {
    const store = await emptyLedger();
    const phone = { kind: "phone", value: "+491234567" };
    const [ann] = await link(store, email("ann@x.example"), phone);
    const [bob] = await link(store, email("bob@x.example"), phone);
    await record(store, "people", [
      { identity: ann ?? null, name: "Ann", country: "DE" },
      { identity: bob ?? null, name: "Bob", country: "FR" },
    ]);
    await link(store, device("kiosk"), email("ann@x.example"));
    await link(store, device("kiosk"), email("eve@x.example"));
    await refresh(store, defaultSettings, { tables: people });
    const report = await mergeReport(store);
    expect(report.groups.map((group) => group.suspicions)).toEqual([
      ["several_countries", "several_names", "joined_by_phone"],
    ]);
    expect(report.groups[0]?.identifiers.map((each) => each.value)).toEqual([
      "ann@x.example",
      "bob@x.example",
      "+491234567",
    ]);
    expect([report.people, report.mergedPeople, report.sharedDevices]).toEqual([3, 1, 1]);
  });
});

async function everyTable(store: Store) {
  const all: Record<string, readonly string[]> = {};
  for (const { name } of derivedTables) all[name] = await contents(store, name);
  return all;
}
