import { afterEach, describe, expect, it } from "vitest";
import type { FiguresContext } from "../../src/figures/context.ts";
import { reconcile } from "../../src/figures/reconcile.ts";
import { sql } from "../../src/sql/fragment.ts";
import { creditRows, lineRows, type SeededConversion } from "./credited.ts";
import { type Seed, seededWorkspace } from "./workspace.ts";

const order: SeededConversion = {
  conversion: "A",
  convertedAt: "2025-03-10 10:00:00",
  touches: [
    { at: "2025-03-01 09:00:00", channel: "email" },
    { at: "2025-03-05 09:00:00", channel: "paid search", more: { is_paid: true } },
    { at: "2025-03-09 09:00:00", channel: "direct" },
  ],
  isCosted: true,
  entries: [
    { kind: "sale", cents: 10_000n },
    { kind: "return", at: "2025-04-02 10:00:00", cents: -1_000n },
    { kind: "cost_of_goods", cents: -6_000n },
  ],
};

let open: FiguresContext[] = [];
afterEach(async () => {
  for (const { store } of open) await store.close();
  open = [];
});

async function books(seed: Seed = {}, settings = {}): Promise<FiguresContext> {
  const context = await seededWorkspace(
    { credits: creditRows(order), revenue_lines: lineRows(order), ...seed },
    settings,
  );
  open = [...open, context];
  return context;
}

/** The checks of credits alone; recorded lines are not part of these ledgers. */
async function creditsOf({ store, settings }: FiguresContext) {
  const { checks, counts, claims } = await reconcile(store, settings);
  const ofCredits = ["credits_are_ledger", "entry_divided", "shares_add_up", "costs_by_channel"];
  const found = checks.filter(({ code }) => ofCredits.includes(code));
  return { checks: found, failed: found.filter(({ ties }) => !ties), counts, claims };
}

describe("the books of credits", () => {
  it("tie under every model, by month, currency and stream", async () => {
    const { checks, failed, counts } = await creditsOf(await books());
    expect(failed).toEqual([]);
    // Fifteen models in two months; three amounts; one conversion.
    expect(counts.credits_are_ledger).toEqual({ made: 30, failed: 0 });
    expect(counts.entry_divided).toEqual({ made: 3, failed: 0 });
    expect(counts.shares_add_up).toEqual({ made: 1, failed: 0 });
    expect(checks.map(({ about, expected }) => [about.model, about.month, expected])).toEqual([
      ["linear", "2025-03", "100.000000"],
      ["linear", "2025-04", "-10.000000"],
    ]);
  });

  it("show a lost cent, by model and amount", async () => {
    const context = await books();
    await context.store.run(
      sql`UPDATE derived.credits SET credit_shapley = credit_shapley - 0.01 WHERE nth = 1 AND entry_kind = 'sale'`,
    );
    const { failed } = await creditsOf(context);
    expect(
      failed.map(({ code, about, expected, found }) => [
        code,
        about.model ?? about.entry_kind,
        expected,
        found,
      ]),
    ).toEqual([
      ["credits_are_ledger", "shapley", "100.000000", "99.990000"],
      ["entry_divided", "sale", "100.000000", "99.990000"],
    ]);
  });

  it("show an amount of the ledger that nobody was credited with, and a conversion that was not shared out", async () => {
    const context = await books();
    await context.store.run(sql`DELETE FROM derived.credits WHERE entry_kind = 'return'`);
    await context.store.run(sql`UPDATE derived.credits SET share_first = 0.4 WHERE is_conversion`);
    const { failed, counts } = await creditsOf(context);
    expect(counts.credits_are_ledger).toEqual({ made: 30, failed: 15 });
    expect(failed.at(-1)).toMatchObject({
      code: "shares_add_up",
      about: { conversion: "A" },
      expected: "1.000000",
      found: "1.200000",
    });
  });

  it("hold what platforms claim against what their channels earn, by month", async () => {
    const spent = { day: "2025-03-02", cost_kind: "media", amount: "20" };
    const { claims } = await creditsOf(
      await books({
        cost_days: [
          { ...spent, channel: "paid search", claimed_conversions: 2.5, claimed_value: "120.5" },
          { ...spent, channel: "display", claimed_conversions: 1 },
          { ...spent, channel: "email" },
        ],
      }),
    );
    expect(claims).toEqual([
      {
        channel: "display",
        month: "2025-03",
        claimedConversions: "1",
        claimedValue: null,
        creditedConversions: "0",
        creditedValue: "0",
      },
      {
        channel: "paid search",
        month: "2025-03",
        claimedConversions: "2.5",
        claimedValue: "120.5",
        creditedConversions: "0.333333",
        creditedValue: "33.33",
      },
      {
        channel: "paid search",
        month: "2025-04",
        claimedConversions: "0",
        claimedValue: null,
        creditedConversions: "0",
        creditedValue: "-3.33",
      },
    ]);
  });

  it("know no amounts where a goal without any is credited", async () => {
    const context = await books({}, { attribution: { goal: "newsletter" } });
    expect((await creditsOf(context)).counts.credits_are_ledger).toBeUndefined();
  });
});
