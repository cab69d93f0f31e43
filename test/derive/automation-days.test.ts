import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

const asOf = "2025-12-31 00:00:00";

describe("automation to date", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  const derive = async (settings = {}, until = asOf) => {
    await ledger.compute("task_days", settings, until);
    await ledger.compute("cost_days", settings, until);
    return ledger.derive("automation_days", settings, until);
  };
  const cost = (day: string, amount: string, kind = "set_up") => ({
    from_day: day,
    amount,
    kind,
    currency: "EUR",
  });
  /** 30 EUR of work a day: one run that takes an hour by hand. */
  const task = (from: string, to: string) => ({
    task: "reports",
    from_day: from,
    to_day: to,
    volume: (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1,
    manual_minutes: 60,
    automated_minutes: 0,
    hourly_cost: "30",
    currency: "EUR",
  });

  it("is paid back after the days whose savings make up the set-up cost", async () => {
    await ledger.add("costs", [cost("2025-01-01", "900")]);
    await ledger.add("tasks", [task("2025-01-01", "2025-12-30")]);
    const rows = await derive();
    expect(rows).toHaveLength(365);
    expect(rows[28]).toMatchObject({ day: "2025-01-29", net_to_date: "-30.000000" });
    expect(rows[28]?.paid_back_days).toBe(null);
    expect(rows[29]).toMatchObject({
      day: "2025-01-30",
      net_to_date: "0.000000",
      paid_back_days: 30,
    });
    expect(rows.at(-1)?.paid_back_days).toBe(30);
  });

  it("is paid back only when it stays so: a later cost puts the day off", async () => {
    await ledger.add("costs", [cost("2025-01-01", "300"), cost("2025-01-20", "600", "licence")]);
    await ledger.add("tasks", [task("2025-01-01", "2025-12-30")]);
    const paid = (await derive()).map(({ paid_back_days }) => paid_back_days);
    expect(paid.findIndex((days) => days !== null)).toBe(29);
    expect(paid[29]).toBe(30);
  });

  it("discounts what comes later to the first day", async () => {
    await ledger.add("costs", [cost("2021-01-01", "100"), cost("2025-01-01", "110", "upkeep")]);
    await ledger.add("tasks", [task("2021-01-01", "2021-01-01")]);
    // 1461 days are four years of 365.25 days: 30 − 100 − 110 ÷ 1.1⁴ = −145.131480
    const rows = await derive();
    expect(rows.find(({ day }) => day === "2025-01-01")).toMatchObject({
      net_to_date: "-180.000000",
      discounted_to_date: "-145.131480",
      paid_back_days: null,
    });
    const plain = await derive({ discount_rate: 0 });
    expect(plain.at(-1)?.discounted_to_date).toBe("-180.000000");
  });

  it("ends with the ledger, and knows nothing without costs or without tasks", async () => {
    await ledger.add("tasks", [task("2025-01-01", "2025-01-31")]);
    expect(await derive()).toEqual([]);
    await ledger.add("costs", [
      cost("2025-01-01", "10", "licence"),
      cost("2025-06-01", "10", "licence"),
      cost("2025-01-02", "99", "media"),
    ]);
    const rows = await derive({}, "2025-01-10 12:00:00");
    expect(rows).toHaveLength(10);
    // The savings of every day cover its costs from the first day on.
    expect(rows[0]).toMatchObject({ net_to_date: "20.000000", paid_back_days: 0 });
    expect(rows.at(-1)?.net_to_date).toBe("290.000000");
  });

  it("has no sum from the day on which a cost cannot be converted", async () => {
    await ledger.add("costs", [
      cost("2025-01-01", "10"),
      { ...cost("2025-01-03", "5"), currency: "XYZ" },
    ]);
    await ledger.add("tasks", [task("2025-01-01", "2025-01-05")]);
    const rows = await derive({}, "2025-01-05 12:00:00");
    expect(rows.map(({ net_to_date, paid_back_days }) => [net_to_date, paid_back_days])).toEqual([
      ["20.000000", null],
      ["50.000000", null],
      [null, null],
      [null, null],
      [null, null],
    ]);
  });
});
