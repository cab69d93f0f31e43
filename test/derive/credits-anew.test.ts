import { describe, expect, it } from "vitest";
import { type Decision, decide } from "../../src/derive/merges.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { contents, emptyLedger, link, record } from "./ledger.ts";

const settings = settingsSchema.parse({ time_zone: "UTC" });
const names = ["ann", "beth", "cleo", "dora"] as const;

interface Person {
  readonly email: bigint;
  readonly browser: bigint;
}

/** People with visits by mail address and by browser; all of them order on the last day, so that nothing is fitted. */
async function people(store: Store): Promise<Readonly<Record<(typeof names)[number], Person>>> {
  const all: [string, Person][] = [];
  for (const [index, name] of names.entries()) {
    const [email = 0n, browser = 0n] = await link(
      store,
      { kind: "email", value: `${name}@${name}.example` },
      { kind: "anonymous", value: name, namespace: "web" },
    );
    const visits = [email, browser].map((identity, nth) => ({
      ...{ identity, kind: "page_viewed", occurred_at: `2025-01-0${index + 1} 1${nth}:00:00` },
      ...{ utm_source: nth === 0 ? "google" : "newsletter", utm_medium: "cpc" },
    }));
    await record(store, "events", visits);
    const order = { order: `o-${name}`, line: "1", line_type: "sale", currency: "EUR" };
    const booking = { booked_at: "2025-01-20 12:00:00", amount: `${index + 10}.01` };
    await record(store, "orders", [{ ...order, ...booking, identity: email }]);
    all.push([name, { email, browser }]);
  }
  return Object.fromEntries(all) as Record<(typeof names)[number], Person>;
}

async function creditsOf(store: Store): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = new Map<string, string[]>();
  for (const row of await contents(store, "credits")) {
    const person = String((JSON.parse(row) as { readonly person: string }).person);
    all.set(person, [...(all.get(person) ?? []), row]);
  }
  return all;
}

/** Takes a decision: the people whose credits differ from before, and whether nobody else's were written. */
async function decided(store: Store, decision: Decision) {
  const before = await creditsOf(store);
  await decide(store, decision);
  const { tables, touchedPeople } = await refresh(store, settings);
  const after = await creditsOf(store);
  const concerned = [...new Set([...before.keys(), ...after.keys()])].filter(
    (person) => String(before.get(person)) !== String(after.get(person)),
  );
  const written = tables.find(({ table }) => table === "credits");
  const theirs = concerned.flatMap((person) => after.get(person) ?? []);
  await refresh(store, settings, { full: true });
  expect(await creditsOf(store)).toEqual(after);
  return {
    touchedPeople,
    concerned: concerned.sort(),
    isOnlyTheirs: written?.mode === "touched" && written.rows === theirs.length,
  };
}

/** The least of the identifiers is the person. */
const personOf = ({ email, browser }: Person): bigint =>
  [email, browser].sort((a, b) => (a < b ? -1 : 1))[0] ?? 0n;
const texts = (...identities: readonly bigint[]): readonly string[] =>
  identities.map(String).sort();

describe("credits are written anew", () => {
  it("for the two people of a merge and of its undo, and for nobody else", async () => {
    const store = await emptyLedger();
    const { ann, beth } = await people(store);
    await refresh(store, settings);
    const pair = { left: ann.email, right: beth.email };
    const both = texts(personOf(ann), personOf(beth));
    const expected = { touchedPeople: 2, concerned: both, isOnlyTheirs: true };
    expect(await decided(store, { action: "merge", ...pair })).toEqual(expected);
    expect(await decided(store, { action: "undo", ...pair })).toEqual(expected);
    await store.close();
  });

  it("for the person of a split and of its undo, and for nobody else", async () => {
    const store = await emptyLedger();
    const { cleo } = await people(store);
    await refresh(store, settings);
    const pair = { left: cleo.email, right: cleo.browser };
    const { touchedPeople, concerned, isOnlyTheirs } = await decided(store, {
      ...{ action: "split", ...pair },
    });
    expect({ touchedPeople, isOnlyTheirs }).toEqual({ touchedPeople: 2, isOnlyTheirs: true });
    // Orders stay with the mail address; the browser's visits earn nothing any more.
    expect(concerned).toEqual(texts(...new Set([cleo.email, personOf(cleo)])));
    const undone = await decided(store, { action: "undo", ...pair });
    expect(undone).toEqual({ touchedPeople, concerned, isOnlyTheirs });
    await store.close();
  });
});
