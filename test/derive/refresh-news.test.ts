import { describe, expect, it } from "vitest";
import { refresh } from "../../src/derive/refresh.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { contents, emptyLedger, identityOf, record } from "./ledger.ts";

const settings = settingsSchema.parse({
  time_zone: "Europe/Berlin",
  attribution: { fit_conversions: 1 },
});

let loads = 0;

async function visit(store: Store, person: string, at: string, source: string): Promise<void> {
  loads += 1;
  const identity = identityOf("email", person);
  const page = { kind: "page_viewed", page: "/", utm_source: source, utm_medium: "cpc" };
  await record(store, "events", [{ ...page, identity, occurred_at: at }], loads);
}

async function buy(store: Store, person: string, at: string): Promise<void> {
  loads += 1;
  const identity = identityOf("email", person);
  const line = { line: "1", line_type: "sale", amount: "10", currency: "EUR" };
  await record(
    store,
    "orders",
    [{ ...line, identity, order: `${person} ${at}`, booked_at: at }],
    loads,
  );
}

/** The tables that a refresh wrote to, when it leaves what a rebuild gives. */
async function written(store: Store): Promise<readonly string[]> {
  const { tables } = await refresh(store, settings);
  const names = ["journeys", "channel_weights", "credits"];
  const read = () => Promise.all(names.map((name) => contents(store, name)));
  const before = await read();
  await refresh(store, settings, { full: true });
  expect(before).toEqual(await read());
  return tables.map(({ table }) => table);
}

describe("a refresh", () => {
  it("fits no model for the orders of the running day, unless they are the first of their month", async () => {
    const store = await emptyLedger();
    for (const person of ["ann", "beth", "cleo", "dora"]) {
      await visit(store, person, "2025-01-05 08:00:00", person < "c" ? "google" : "bing");
    }
    await buy(store, "ann", "2025-01-07 08:00:00");
    await buy(store, "dora", "2025-01-09 08:00:00");
    await refresh(store, settings);
    await buy(store, "beth", "2025-01-09 12:00:00");
    expect(await written(store)).not.toContain("channel_weights");
    await buy(store, "cleo", "2025-01-07 09:00:00");
    expect(await written(store)).toContain("channel_weights");
    await visit(store, "ann", "2025-02-01 08:00:00", "bing");
    await refresh(store, settings);
    await buy(store, "ann", "2025-02-01 10:00:00");
    expect(await written(store)).toContain("channel_weights");
    await store.close();
  });

  it("credits everybody anew when the weights of most conversions changed", async () => {
    const store = await emptyLedger();
    const people = Array.from({ length: 1_200 }, (_, index) => identityOf("email", `p${index}`));
    const page = { kind: "page_viewed", page: "/" };
    const line = { line: "1", line_type: "sale", amount: "10", currency: "EUR" };
    const visits = people.flatMap((identity, index) =>
      ["cpc", "email"].slice(0, 1 + (index % 2)).map((utm_medium, day) => ({
        ...{ ...page, identity, utm_medium, occurred_at: `2025-01-0${5 + day} 08:00:00` },
      })),
    );
    const orders = people.map((identity, index) => ({
      ...{ ...line, identity, order: `o${index}`, booked_at: "2025-01-07 08:00:00" },
    }));
    await record(store, "events", visits);
    await record(store, "orders", orders);
    await visit(store, "late", "2025-02-01 08:00:00", "bing");
    await refresh(store, settings);
    await visit(store, "late", "2025-01-06 08:00:00", "google");
    await buy(store, "late", "2025-01-06 12:00:00");
    const { tables } = await refresh(store, settings);
    const mode = (name: string) => tables.find(({ table }) => table === name)?.mode;
    expect([mode("journeys"), mode("credits")]).toEqual(["touched", "all"]);
    const before = await contents(store, "credits");
    await refresh(store, settings, { full: true });
    expect(before).toEqual(await contents(store, "credits"));
    await store.close();
  }, 60_000);
});
