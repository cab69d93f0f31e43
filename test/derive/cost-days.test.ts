import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

describe("costs and tasks by day", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  it("give the earlier days the millionths that are left over", async () => {
    await ledger.add("costs", [
      {
        from_day: "2025-03-01",
        to_day: "2025-03-03",
        amount: "10",
        currency: "EUR",
        impressions: 1000,
      },
    ]);
    const rows = await ledger.derive("cost_days");
    expect(
      rows.map(({ day, amount, impressions, cost_kind }) => [day, amount, impressions, cost_kind]),
    ).toEqual([
      ["2025-03-01", "3.333334", 334, "media"],
      ["2025-03-02", "3.333333", 333, "media"],
      ["2025-03-03", "3.333333", 333, "media"],
    ]);
  });

  it("fall on their first day when they have no last one, and leave deleted costs out", async () => {
    await ledger.add("costs", [
      { from_day: "2025-03-01", amount: "0.012345", currency: "EUR", kind: "licence" },
      { from_day: "2025-03-01", amount: "5", currency: "EUR", deleted: true },
    ]);
    const rows = await ledger.derive("cost_days");
    expect(rows.map(({ amount, cost_kind }) => [amount, cost_kind])).toEqual([
      ["0.012345", "licence"],
    ]);
  });

  it("are converted day by day, keep six decimals, and say where no rate is known", async () => {
    await ledger.add("rates", [
      { day: "2025-03-01", currency: "USD", base: "EUR", rate: "0.9" },
      { day: "2025-03-02", currency: "USD", base: "EUR", rate: "0.8" },
    ]);
    await ledger.add("costs", [
      { from_day: "2025-02-28", to_day: "2025-03-02", amount: "3", currency: "USD" },
      { from_day: "2025-03-01", amount: "3", currency: "GBP" },
    ]);
    const rows = await ledger.derive("cost_days");
    expect(rows.map(({ day, amount, excluded }) => [day, amount, excluded])).toEqual([
      ["2025-02-28", null, "rate_missing"],
      ["2025-03-01", "0.900000", null],
      ["2025-03-01", null, "rate_missing"],
      ["2025-03-02", "0.800000", null],
    ]);
  });

  it("add up to every cost exactly, over any period", async () => {
    const cost = fc.record({
      micros: fc.bigInt(-(10n ** 15n), 10n ** 15n),
      days: fc.integer({ min: 1, max: 400 }),
      impressions: fc.integer({ min: 0, max: 10_000_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cost, { minLength: 1, maxLength: 5 }), async (costs) => {
        await ledger.clear();
        await ledger.add(
          "costs",
          costs.map(({ micros, days, impressions }) => ({
            from_day: "2024-02-01",
            to_day: new Date(Date.UTC(2024, 1, days)).toISOString().slice(0, 10),
            amount: `${micros < 0n ? "-" : ""}${String(micros < 0n ? -micros : micros)
              .padStart(7, "0")
              .replace(/(\d{6})$/, ".$1")}`,
            currency: "EUR",
            impressions,
          })),
        );
        await ledger.compute("cost_days");
        const wrong = await ledger.value(`SELECT count(*) FROM ledger.costs AS c JOIN (
          SELECT row_key, sum(amount) AS amount, sum(impressions) AS impressions, max(amount) - min(amount) AS apart
          FROM derived.cost_days GROUP BY 1) AS d USING (row_key)
          WHERE d.amount <> c.amount OR d.impressions <> c.impressions OR d.apart > 0.000001`);
        expect(wrong).toBe(0n);
      }),
      { numRuns: 15 },
    );
  });

  it("count saved minutes and money of tasks; failed runs save nothing", async () => {
    await ledger.add("tasks", [
      {
        task: "follow-up mail",
        from_day: "2025-03-01",
        to_day: "2025-03-02",
        volume: 110,
        failures: 10,
        manual_minutes: 3,
        automated_minutes: 0.5,
        hourly_cost: "50",
        currency: "EUR",
      },
      { task: "report", from_day: "2025-03-01", volume: 1, manual_minutes: 20, hourly_cost: null },
    ]);
    const rows = await ledger.derive("task_days", { default_currency: "EUR" });
    expect(
      rows.map(({ task, runs, failures, minutes_saved, staff_cost_saved }) => [
        task,
        runs,
        failures,
        minutes_saved,
        staff_cost_saved,
      ]),
    ).toEqual([
      ["follow-up mail", 50, 5, 123, "102.083334"],
      ["report", 1, 0, 20, null],
      ["follow-up mail", 50, 5, 122, "102.083333"],
    ]);
  });
});
