import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadRawTable } from "../../src/intake/load.ts";
import type { Receipt } from "../../src/intake/raw-table.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import {
  accountDomain,
  accountId,
  constant,
  content,
  money,
  oneOf,
  present,
  text,
  time,
} from "../../src/sources/expressions.ts";
import type { Source } from "../../src/sources/source.ts";
import type { Store } from "../../src/store/store.ts";
import { dealColumns, deals } from "./deals-source.ts";
import { emptyTables, emptyWorkspace, rawTable, rowsOf } from "./raw-rows.ts";

let store: Store;
beforeAll(async () => {
  store = await emptyWorkspace();
});
afterEach(() => emptyTables(store));
afterAll(() => store.close());

type Rows = readonly (readonly (string | null)[])[];

const clock = () => new Date("2025-01-01T00:00:00Z");

async function load(
  source: Source,
  columns: readonly string[],
  rows: Rows,
  more: { readonly pieceLines?: number } = {},
): Promise<Receipt> {
  const table = await rawTable(store, columns, rows);
  return loadRawTable(store, {
    rawTable: table,
    source,
    settings: defaultSettings,
    clock,
    ...more,
  });
}

const eventColumns = ["id", "at", "type", "email", "cookie", "phone", "crm"];
const events: Source = {
  id: "test/events",
  vendor: "Test",
  title: "Events",
  columns: ["id", "at", "type"],
  record: [
    {
      into: "events",
      key: [text("id")],
      who: {
        id: text("crm"),
        email: text("email"),
        phone: text("phone"),
        anonymous: text("cookie"),
      },
      set: {
        occurred_at: time("at"),
        kind: oneOf("type", { open: "email_opened", click: "email_clicked" }),
        link: text("email"),
      },
    },
  ],
};

describe("loading events", () => {
  it("takes new rows, tells repeats, and keeps what cannot be used with line, field, value and raw text", async () => {
    const receipt = await load(events, eventColumns, [
      ["1", "2024-03-01 10:00", "Open", "ann@x.example", "c1", null, null],
      ["1", "2024-03-01 10:00", "Open", "ann@x.example", "c1", null, null],
      ["2", "never", "click", null, null, null, null],
      [null, "2024-03-01", "click", null, null, null, null],
      ["4", "2024-03-01", "dance", null, null, null, null],
    ]);
    expect(receipt).toMatchObject({
      read: 5,
      taken: 1,
      repeated: 1,
      rejected: 3,
      wrote: { events: 1 },
    });
    expect(
      await rowsOf(
        store,
        "SELECT line, field, code, reason, raw, state FROM ledger.rejects ORDER BY line",
      ),
    ).toEqual([
      {
        line: 3n,
        field: "at",
        code: "not_a_time",
        reason: "not a date or time that can be read: never",
        raw: '{"id":"2","at":"never","type":"click","email":null,"cookie":null,"phone":null,"crm":null}',
        state: "open",
      },
      expect.objectContaining({ line: 4n, field: "id", code: "missing" }),
      expect.objectContaining({
        line: 5n,
        field: "type",
        code: "unknown_value",
        reason: "not one of the known values: dance",
      }),
    ]);
  });

  it("keeps every identifier in clear and links those of one row to the strongest", async () => {
    await load(events, eventColumns, [
      ["1", "2024-03-01", "open", "Ann <ANN@X.example>", "c1", "+49 (0)30 123456", "77"],
      ["2", "2024-03-01", "open", "info@x.example", "c2", "0049 30 123456", null],
      ["3", "2024-03-01", "open", "not an address", "c3", null, null],
    ]);
    const named = await rowsOf(
      store,
      `SELECT e.row_key, i.kind, i.value FROM ledger.events e
      JOIN ledger.identities i USING (identity) ORDER BY e.link`,
    );
    // Ann by her id, info@ behind the phone, the third only by its cookie.
    expect(named.map(({ kind, value }) => [kind, value])).toEqual([
      ["id", "77"],
      ["phone", "+4930123456"],
      ["anonymous", "c3"],
    ]);
    const known = await rowsOf(
      store,
      "SELECT kind, namespace, value, is_shared FROM ledger.identities ORDER BY 1, 3",
    );
    expect(known.map((row) => Object.values(row))).toEqual([
      ["anonymous", "", "c1", false],
      ["anonymous", "", "c2", false],
      ["anonymous", "", "c3", false],
      ["email", "", "ann@x.example", false],
      ["email", "", "info@x.example", true],
      ["id", "test", "77", false],
      ["phone", "", "+4930123456", false],
    ]);
    const links = await rowsOf(
      store,
      `SELECT least(l.value, r.value) || ' = ' || greatest(l.value, r.value) AS pair FROM ledger.identity_links k
      JOIN ledger.identities l ON l.identity = k.left_identity JOIN ledger.identities r ON r.identity = k.right_identity ORDER BY 1`,
    );
    expect(links.map(({ pair }) => pair)).toEqual([
      "+4930123456 = 77",
      "+4930123456 = c2",
      "+4930123456 = info@x.example",
      "77 = ann@x.example",
      "77 = c1",
    ]);
    expect(
      await rowsOf(store, "SELECT count(*) AS n FROM ledger.events WHERE anonymous IS NOT NULL"),
    ).toEqual([{ n: 2n }]);
    expect(
      await rowsOf(
        store,
        "SELECT count(*) AS n FROM ledger.identity_links WHERE left_identity >= right_identity",
      ),
    ).toEqual([{ n: 0n }]);
  });

  it("finds repeats within seven days of the batch, whatever its order", async () => {
    await load(events, eventColumns, [["1", "2024-03-01", "open", null, null, null, null]]);
    const moved = await load(events, eventColumns, [
      ["1", "2024-03-06", "open", null, null, null, null],
    ]);
    expect(moved).toMatchObject({ taken: 0, repeated: 1 });
  });

  it("counts equal lines of a file without ids all, and only once when it is loaded again", async () => {
    const source: Source = {
      ...events,
      record: [
        {
          into: "events",
          key: [content],
          set: { occurred_at: time("at"), kind: constant("call") },
        },
      ],
    };
    const rows: Rows = [
      ["1", "2024-03-01", "a"],
      ["1", "2024-03-01", "a"],
      ["2", "2024-03-01", "a"],
    ];
    expect(await load(source, ["id", "at", "type"], rows)).toMatchObject({ taken: 3, repeated: 0 });
    expect(await load(source, ["id", "at", "type"], rows)).toMatchObject({ taken: 0, repeated: 3 });
    const moreOfIt = await load(
      source,
      ["type", "id", "at"],
      [
        ["a", "1", "2024-03-01"],
        ["a", "1", "2024-03-01"],
        ["a", "1", "2024-03-01"],
      ],
    );
    expect(moreOfIt).toMatchObject({ taken: 1, repeated: 2 });
  });
});

describe("loading entities", () => {
  it("keeps the newest version, in a file and between files", async () => {
    const first = await load(deals, dealColumns, [
      ["1", "2024-03-02", "won", "20", null],
      ["1", "2024-03-01", "open", "10", null],
    ]);
    expect(first).toMatchObject({ taken: 1, repeated: 1 });
    expect(await load(deals, dealColumns, [["1", "2024-03-01", "open", "10", null]])).toMatchObject(
      { taken: 0, repeated: 1 },
    );
    expect(await load(deals, dealColumns, [["1", "2024-03-03", "open", "30", null]])).toMatchObject(
      { taken: 1, repeated: 0 },
    );
    expect(await rowsOf(store, "SELECT deal, state, amount FROM ledger.deals")).toEqual([
      { deal: "1", state: "open", amount: "30.000000" },
    ]);
  });

  it("without versions takes the later load", async () => {
    const { version: _, ...recording } = deals.record[0] ?? { into: "deals", key: [], set: {} };
    const source: Source = { ...deals, record: [recording] };
    for (const amount of ["1", "2", "1"]) {
      expect(await load(source, dealColumns, [["1", null, "open", amount, null]])).toMatchObject({
        taken: 1,
      });
    }
    expect(await load(source, dealColumns, [["1", null, "open", "1", null]])).toMatchObject({
      repeated: 1,
    });
    expect(await rowsOf(store, "SELECT amount FROM ledger.deals")).toEqual([
      { amount: "1.000000" },
    ]);
  });

  it("notes the people of new and of replaced rows", async () => {
    await load(deals, dealColumns, [["1", "2024-03-01", "open", "1", "ann@x.example"]]);
    await store.run({ strings: ["DELETE FROM ledger.touched"], values: [] });
    await load(deals, dealColumns, [["1", "2024-03-02", "open", "1", "bob@x.example"]]);
    const touched = await rowsOf(
      store,
      "SELECT value FROM ledger.touched JOIN ledger.identities USING (identity) ORDER BY 1",
    );
    expect(touched.map(({ value }) => value)).toEqual(["ann@x.example", "bob@x.example"]);
  });

  it("writes nothing of a row in which anything is wrong, and counts a row once", async () => {
    const receipt = await load(deals, dealColumns, [
      ["1", "2024-03-01", "won", "x", "ann@x.example"],
      ["2", "2024-03-01", "won", "5", "bob@x.example"],
      ["3", "2024-03-01", "person", "5", null],
      ["4", "2024-03-01", "total", "5", null],
    ]);
    expect(receipt).toMatchObject({
      read: 4,
      taken: 1,
      repeated: 0,
      rejected: 3,
      wrote: { deals: 1, people: 1 },
    });
    expect(receipt.reasons.map(({ code }) => code)).toEqual([
      "not_an_amount",
      "not_recorded",
      "skipped",
    ]);
    expect(await rowsOf(store, "SELECT email FROM ledger.people")).toEqual([
      { email: "bob@x.example" },
    ]);
  });

  it("links an account to its company's domain, but not to a provider of mailboxes", async () => {
    const source: Source = {
      ...deals,
      record: [
        {
          into: "accounts",
          key: [text("id")],
          set: { account: accountId("id"), domain: text("domain") },
        },
      ],
      columns: ["id"],
    };
    await load(
      source,
      ["id", "domain"],
      [
        ["1", "https://www.Acme.example/about"],
        ["2", "gmail.com"],
      ],
    );
    const links = await rowsOf(
      store,
      `SELECT l.value AS one, r.value AS other FROM ledger.identity_links k
      JOIN ledger.identities l ON l.identity = k.left_identity JOIN ledger.identities r ON r.identity = k.right_identity`,
    );
    expect(links.map((row) => Object.values(row).toSorted())).toEqual([["1", "acme.example"]]);
    expect(accountDomain("x")).toEqual({ op: "accountDomain", of: text("x") });
  });

  it("refuses a file that lacks columns of the source, and writes nothing", async () => {
    await expect(load(deals, ["id"], [["1"]])).rejects.toMatchObject({ code: "mapping_invalid" });
    expect(await rowsOf(store, "SELECT * FROM ledger.loads")).toEqual([]);
  });
});

describe("elements of a column with an array", () => {
  const source: Source = {
    id: "test/lines",
    vendor: "Test",
    title: "Lines",
    columns: ["order", "lines"],
    unnest: "lines",
    record: [
      {
        into: "orders",
        when: present("item"),
        key: [text("order"), text("item", "id")],
        set: {
          order: text("order"),
          line: text("item", "id"),
          line_type: constant("sale"),
          amount: money(text("item", "price")),
        },
      },
      {
        into: "order_headers",
        key: [text("order")],
        set: { order: text("order"), booked_at: time("at") },
      },
    ],
  };

  it("become rows of their own, and the file's rows are counted once", async () => {
    const receipt = await load(
      source,
      ["order", "at", "lines"],
      [
        ["A", "2024-03-01", '[{"id":"1","price":"5"},{"id":"2","price":"7.50"}]'],
        ["B", "2024-03-01", "[]"],
        ["C", "2024-03-01", '[{"id":"1","price":"5"},{"id":"2","price":"x"}]'],
        ["D", "2024-03-01", null],
      ],
    );
    expect(receipt).toMatchObject({
      read: 4,
      taken: 3,
      rejected: 1,
      wrote: { orders: 2, order_headers: 3 },
    });
  });
});
