import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { raw } from "../../src/sql/fragment.ts";
import { type Fixture, type LedgerRow, openFixture } from "./ledger-fixture.ts";

const line = { line_type: "sale", amount: "10.00", currency: "EUR", identity: 1 };
const on = (day: string): string => `2025-${day} 12:00:00`;

describe("purchases, customers and active spans", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  const deriveAll = async (settings = {}, asOf = on("12-31")): Promise<void> => {
    for (const table of ["revenue_lines", "purchases", "customers", "customer_spans"] as const) {
      await ledger.derive(table, settings, asOf);
    }
  };

  it("number the orders of a buyer by time, and leave orders of nobody unnumbered", async () => {
    await ledger.add("orders", [
      { ...line, order: "b", booked_at: on("03-02") },
      { ...line, order: "a", booked_at: on("03-01") },
      { ...line, order: "a", booked_at: on("03-20"), line_type: "refund", amount: "-4.00" },
      { ...line, order: "c", booked_at: on("03-02"), identity: null },
      { ...line, order: "credit", booked_at: on("03-03"), line_type: "refund", amount: "-1.00" },
    ]);
    await deriveAll();
    const rows = await ledger.derive("purchases");
    expect(
      rows.map(({ order, nth, is_first, revenue, sales, refunds, days_since_previous }) => [
        order,
        nth,
        is_first,
        revenue,
        sales,
        refunds,
        days_since_previous,
      ]),
    ).toEqual([
      ["a", 1n, true, "6.000000", "10.000000", "-4.000000", null],
      ["b", 2n, false, "10.000000", "10.000000", "0.000000", 1],
      ["c", null, null, "10.000000", "10.000000", "0.000000", null],
      ["credit", null, false, "-1.000000", null, "-1.000000", null],
    ]);
  });

  it("describe an order by its largest line, and know its margin only when every cost is known", async () => {
    await ledger.add("orders", [
      { ...line, order: "a", booked_at: on("03-01"), product: "pen", cost_of_goods: "1" },
      {
        ...line,
        order: "a",
        booked_at: on("03-01"),
        product: "desk",
        amount: "90",
        cost_of_goods: "50",
      },
      { ...line, order: "b", booked_at: on("03-02"), product: "pen", cost_of_goods: "1" },
      { ...line, order: "b", booked_at: on("03-02"), product: "mug" },
    ]);
    await deriveAll();
    const rows = await ledger.derive("purchases");
    expect(rows.map(({ product, margin }) => [product, margin])).toEqual([
      ["desk", "49.000000"],
      [expect.any(String), null],
    ]);
  });

  it("take a credit note that names no order off the margin of a customer whose orders have one", async () => {
    const credit = { ...line, line_type: "refund", amount: "-3.00", order: "credit" };
    await ledger.add("orders", [
      { ...line, order: "a", booked_at: on("03-01"), cost_of_goods: "4" },
      { ...credit, booked_at: on("03-02") },
      { ...line, order: "b", booked_at: on("03-01"), identity: 2 },
      { ...credit, order: "other", booked_at: on("03-02"), identity: 2 },
    ]);
    await deriveAll();
    const rows = await ledger.derive("customers");
    expect(rows.map(({ revenue, margin }) => [revenue, margin])).toEqual([
      ["7.000000", "3.000000"],
      ["7.000000", null],
    ]);
  });

  it("count repeat orders in later days of the workspace's calendar", async () => {
    await ledger.add("orders", [
      { ...line, order: "1", booked_at: "2025-03-01 08:00:00" },
      { ...line, order: "2", booked_at: "2025-03-01 09:00:00" },
      { ...line, order: "3", booked_at: "2025-03-01 23:30:00" },
      { ...line, order: "4", booked_at: "2025-03-11 10:00:00", country: "DE" },
    ]);
    await deriveAll({ time_zone: "Europe/Berlin" });
    const [customer] = await ledger.derive(
      "customers",
      { time_zone: "Europe/Berlin" },
      on("03-31"),
    );
    expect(customer).toMatchObject({
      orders: 4n,
      repeat_orders: 2n,
      recency_days: 10,
      age_days: 30,
      cohort: "2025-03",
      revenue: "40.000000",
    });
  });

  it("keep a customer active for the set days after each order", async () => {
    await ledger.add("orders", [
      { ...line, order: "1", booked_at: "2025-01-01 00:00:00" },
      { ...line, order: "2", booked_at: "2025-01-31 00:00:00" },
      { ...line, order: "3", booked_at: "2025-04-01 00:00:00" },
      { ...line, order: "4", booked_at: "2025-12-20 00:00:00" },
    ]);
    const settings = { customers: { active_days: 30 } };
    await deriveAll(settings);
    const spans = await ledger.derive("customer_spans", settings, on("12-31"));
    expect(spans.map(({ from_at, to_at, is_first }) => [from_at, to_at, is_first])).toEqual([
      ["2025-01-01 00:00:00", "2025-03-02 00:00:00", true],
      ["2025-04-01 00:00:00", "2025-05-01 00:00:00", false],
      ["2025-12-20 00:00:00", null, false],
    ]);
  });

  it("let each order count for the active days, with the origin of its buyer", async () => {
    const origin = { utm_source: "news", utm_medium: "email" };
    await ledger.add("orders", [
      { ...line, order: "1", booked_at: "2025-01-01 00:00:00", ...origin },
      { ...line, order: "1", booked_at: "2025-02-01 00:00:00", line_type: "refund", amount: "-4" },
      { ...line, order: "2", booked_at: "2025-01-21 00:00:00", amount: "7" },
      { ...line, order: "3", booked_at: "2025-12-20 00:00:00", currency: "XYZ" },
      { ...line, order: "4", booked_at: "2025-03-01 00:00:00", identity: null },
    ]);
    const settings = { customers: { active_days: 30 } };
    await deriveAll(settings);
    const rows = await ledger.derive("customer_orders", settings, on("12-31"));
    expect(
      rows.map(({ order, from_at, to_at, revenue, cohort, utm_source }) => [
        order,
        from_at,
        to_at,
        revenue,
        cohort,
        utm_source,
      ]),
    ).toEqual([
      ["1", "2025-01-01 00:00:00", "2025-01-31 00:00:00", "6.000000", "2025-01", "news"],
      ["2", "2025-01-21 00:00:00", "2025-02-20 00:00:00", "7.000000", "2025-01", "news"],
      ["3", "2025-12-20 00:00:00", null, null, "2025-01", "news"],
    ]);
  });

  it("take the account for the customer where no person is named, or where the settings say so", async () => {
    await ledger.add("orders", [
      { ...line, order: "1", booked_at: on("03-01"), identity: null, account: 90 },
      { ...line, order: "2", booked_at: on("03-02"), identity: null, account: 90 },
      { ...line, order: "3", booked_at: on("03-03"), identity: 1, account: 90 },
    ]);
    await deriveAll();
    const people = await ledger.derive("customers");
    expect(people.map(({ person, orders }) => [person, orders])).toEqual([
      [1n, 1n],
      [90n, 2n],
    ]);
    await deriveAll({ customers: { unit: "account" } });
    const accounts = await ledger.derive("customers", { customers: { unit: "account" } });
    expect(accounts.map(({ person, orders }) => [person, orders])).toEqual([[90n, 3n]]);
  });

  it("add up to the revenue lines whatever the lines are, in whatever order they were recorded", async () => {
    const rows = fc.array(
      fc.record({
        order: fc.constantFrom("1", "2", "3", "4"),
        line_type: fc.constantFrom("sale", "refund", "discount", "tax", "shipping"),
        booked_at: fc
          .integer({ min: 1, max: 28 })
          .map((day) => `2025-03-${String(day).padStart(2, "0")} 10:00:00`),
        cents: fc.integer({ min: 1, max: 100_000 }),
        cost_of_goods: fc.constantFrom("0.50", "3", null),
        currency: fc.constantFrom("EUR", "USD", "JPY", "XYZ", null),
        identity: fc.constantFrom(1, 2, null),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const toLedger = (
      { cents, ...row }: { cents: number; line_type: string },
      key: number,
    ): LedgerRow => ({
      ...row,
      row_key: key + 1,
      amount: `${["refund", "discount"].includes(row.line_type) ? "-" : ""}${(cents / 100).toFixed(2)}`,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (lines) => {
        await ledger.clear();
        await ledger.add("rates", [
          { day: "2025-03-01", currency: "USD", base: "EUR", rate: "0.923" },
          { day: "2025-03-08", currency: "USD", base: "EUR", rate: "0.917" },
        ]);
        await ledger.add("orders", lines.map(toLedger));
        await deriveAll();
        const sums = await ledger.store.query(
          raw(`SELECT
          (SELECT coalesce(sum(amount), 0) FROM derived.revenue_lines) AS lines,
          (SELECT coalesce(sum(revenue), 0) FROM derived.purchases) AS orders,
          (SELECT coalesce(sum(amount - cost_of_goods), 0) FROM derived.revenue_lines) AS line_margins,
          (SELECT coalesce(sum(margin), 0) FROM derived.purchases) AS order_margins,
          (SELECT count(*) FROM derived.revenue_lines WHERE (amount IS NULL) <> (excluded IS NOT NULL)) AS odd`),
        );
        expect(sums[0]?.orders).toBe(sums[0]?.lines);
        expect(sums[0]?.odd).toBe(0n);
        expect(sums[0]?.order_margins).toBe(sums[0]?.line_margins);
        const before = await ledger.derive("purchases");
        await ledger.store.run(raw("DELETE FROM ledger.orders"));
        await ledger.add("orders", lines.map(toLedger).toReversed());
        await deriveAll();
        expect(await ledger.derive("purchases")).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });
});
