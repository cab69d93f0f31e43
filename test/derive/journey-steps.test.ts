import { afterAll, beforeAll, expect, it } from "vitest";
import type { DeriveContext } from "../../src/derive/derived.ts";
import { renewAll } from "../../src/derive/renew.ts";
import { derivedTable } from "../../src/derive/tables.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { type Attribution, openAttribution } from "./attribution-fixture.ts";
import { contents } from "./ledger.ts";

let made: Attribution;

beforeAll(async () => {
  made = await openAttribution();
});

afterAll(() => made.fixture.store.close());

/** Orders months apart, each with touches at the ends of both windows and outside of them. */
async function fill(): Promise<void> {
  const days = [200, 260, 261, 400];
  for (const [nth, day] of days.entries()) {
    await made.order(`o${nth}`, [{ day, amount: "10.01" }], { person: 1 + (nth % 2) });
    const ages = [0, 0.5, 29, 30, 31, 119, 120, 121];
    await made.touches(
      ages.map((age, place) => ({
        ...{ day: day - age, person: 1 + (nth % 2), channel: place % 2 ? "display" : "email" },
        touch_kind: place % 3 ? "view" : "click",
      })),
    );
  }
}

async function credited(rowsPerSlice: number | undefined): Promise<readonly string[]> {
  const { store } = made.fixture;
  const everyone = () => raw("TRUE");
  const attribution = { window_days: 30, view_window_days: 120, channel_windows: { email: 3 } };
  const context: DeriveContext = {
    ...{ dialect: store.dialect, settings: settingsSchema.parse({ attribution }) },
    ...{ asOf: "2027-01-01 00:00:00", people: everyone, identities: everyone, rowsPerSlice },
  };
  await renewAll(store, derivedTable("journeys"), context);
  await renewAll(store, derivedTable("credits"), context);
  return [...(await contents(store, "journeys")), ...(await contents(store, "credits"))];
}

it("gives the same in slices of time, also where seen ads earn longer than anything else", async () => {
  await fill();
  const whole = await credited(undefined);
  expect(whole.filter((row) => row.includes('"touch_kind":"view"')).length).toBeGreaterThan(8);
  expect(await credited(1)).toEqual(whole);
  expect(await credited(9)).toEqual(whole);
});
