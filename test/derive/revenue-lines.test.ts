import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

describe("revenue lines", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  const sale = {
    order: "1",
    line_type: "sale",
    booked_at: "2025-03-01 10:00:00",
    amount: "100.00",
    currency: "EUR",
    identity: 7,
  };
  const amounts = async (settings = {}): Promise<readonly unknown[]> =>
    (await ledger.derive("revenue_lines", settings)).map(({ line_type, amount, excluded }) => [
      line_type,
      amount,
      excluded,
    ]);

  const costs = async (): Promise<readonly unknown[]> =>
    (await ledger.derive("revenue_lines")).map(({ cost_of_goods }) => cost_of_goods);

  it("take tax out of the amount, or keep it, as the settings say", async () => {
    await ledger.add("orders", [
      { ...sale, amount: "119.00", tax: "19.00" },
      { ...sale, line_type: "tax", amount: "7.00" },
      { ...sale, line_type: "shipping", amount: "5.95", tax: "0.95" },
    ]);
    expect(await amounts()).toEqual([
      ["sale", "100.000000", null],
      ["shipping", "5.000000", null],
    ]);
    expect(await amounts({ revenue: { tax: "gross", shipping: false } })).toEqual([
      ["sale", "119.000000", null],
      ["tax", "7.000000", null],
    ]);
  });

  it("leave out deleted lines, test orders and the lines of deleted orders", async () => {
    await ledger.add("orders", [
      { ...sale, deleted: true },
      { ...sale, is_test: true },
      { ...sale, order: "2" },
      { ...sale, order: "3" },
      { ...sale, order: "4", amount: "1.00" },
    ]);
    await ledger.add("order_headers", [
      { order: "2", booked_at: sale.booked_at, is_test: true },
      { order: "3", booked_at: sale.booked_at, deleted: true },
    ]);
    expect(await amounts()).toEqual([["sale", "1.000000", null]]);
  });

  it("borrow time, buyer, currency and country from the header of the same vendor", async () => {
    await ledger.add("orders", [
      { order: "1", line_type: "sale", amount: "10", source: "shop/order_lines" },
      { order: "1", line_type: "sale", amount: "10", source: "till/lines" },
    ]);
    await ledger.add("order_headers", [
      { order: "1", booked_at: "2025-03-01 10:00:00", currency: "EUR", identity: 7, country: "DE" },
    ]);
    const rows = await ledger.derive("revenue_lines");
    expect(
      rows.map(({ data_source, booked_at, person, currency, country, excluded }) => [
        data_source,
        booked_at,
        person,
        currency,
        country,
        excluded,
      ]),
    ).toEqual([
      ["shop/order_lines", "2025-03-01 10:00:00", 7n, "EUR", "DE", null],
      ["till/lines", null, null, null, null, "currency_unknown"],
    ]);
  });

  it("make one sale of a header without sale lines, less its tax and shipping", async () => {
    await ledger.add("order_headers", [
      {
        order: "1",
        booked_at: "2025-03-01 10:00:00",
        currency: "EUR",
        total: "124.95",
        identity: 7,
      },
    ]);
    await ledger.add("orders", [
      { ...sale, line_type: "tax", amount: "19.95" },
      { ...sale, line_type: "shipping", amount: "5.00" },
    ]);
    const rows = await amounts();
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(["sale", "100.000000", null]);
    expect(rows).toContainEqual(["shipping", "5.000000", null]);
  });

  it("bring a cancelled order to zero on the day it was cancelled, unless the source has done so", async () => {
    await ledger.add("order_headers", [
      {
        order: "1",
        booked_at: sale.booked_at,
        cancelled_at: "2025-03-05 09:00:00",
        currency: "EUR",
      },
      {
        order: "2",
        booked_at: sale.booked_at,
        cancelled_at: "2025-03-05 09:00:00",
        currency: "EUR",
      },
    ]);
    await ledger.add("orders", [
      { ...sale, cost_of_goods: "40" },
      { ...sale, line_type: "refund", amount: "-30.00", booked_at: "2025-03-02 10:00:00" },
      { ...sale, order: "2" },
      { ...sale, order: "2", line_type: "cancellation", amount: "-100.00" },
    ]);
    const rows = await ledger.derive("revenue_lines");
    const first = rows.filter(({ order }) => order === "1");
    expect(
      first.map(({ line_type, booked_at, amount, cost_of_goods }) => [
        line_type,
        booked_at,
        amount,
        cost_of_goods,
      ]),
    ).toEqual([
      ["sale", "2025-03-01 10:00:00", "100.000000", "40.000000"],
      ["refund", "2025-03-02 10:00:00", "-30.000000", "0.000000"],
      ["cancellation", "2025-03-05 09:00:00", "-70.000000", "-40.000000"],
    ]);
    expect(rows.filter(({ order }) => order === "2")).toHaveLength(2);
  });

  it("convert at the rate of the local day, turned over where needed, half to even, once per line", async () => {
    await ledger.add("rates", [
      { day: "2025-03-01", currency: "USD", base: "EUR", rate: "0.5" },
      { day: "2025-03-02", currency: "USD", base: "EUR", rate: "0.25" },
      { day: "2025-03-01", currency: "EUR", base: "JPY", rate: "160" },
    ]);
    await ledger.add("orders", [
      { ...sale, amount: "0.01", currency: "USD" },
      { ...sale, amount: "0.03", currency: "usd" },
      { ...sale, amount: "0.50", currency: "USD", booked_at: "2025-03-01 23:30:00" },
      { ...sale, amount: "1000", currency: "JPY", booked_at: "2025-03-08 10:00:00" },
      { ...sale, amount: "1000", currency: "JPY", booked_at: "2025-03-09 10:00:00" },
    ]);
    expect(await amounts({ time_zone: "Europe/Berlin" })).toEqual([
      ["sale", "0.000000", null],
      ["sale", "0.020000", null],
      ["sale", "0.120000", null],
      ["sale", "6.250000", null],
      ["sale", null, "rate_missing"],
    ]);
  });

  it("go through a currency that two quotations of the day share", async () => {
    await ledger.add("rates", [
      { day: "2025-03-01", currency: "EUR", base: "USD", rate: "1.08" },
      { day: "2025-03-01", currency: "EUR", base: "GBP", rate: "0.85" },
      { day: "2025-03-03", currency: "USD", base: "EUR", rate: "0.9" },
      { day: "2025-03-03", currency: "CHF", base: "EUR", rate: "1.05" },
    ]);
    await ledger.add("orders", [
      { ...sale, amount: "100", currency: "GBP" },
      { ...sale, amount: "100", currency: "CHF", booked_at: "2025-03-03 10:00:00" },
    ]);
    expect(await amounts({ currency: "USD" })).toEqual([
      ["sale", "127.060000", null],
      ["sale", "116.670000", null],
    ]);
  });

  it("keep rows of unknown currency and say so", async () => {
    await ledger.add("orders", [
      { ...sale, currency: "XYZ" },
      { ...sale, currency: null },
    ]);
    expect(await amounts()).toEqual([
      ["sale", null, "currency_unknown"],
      ["sale", null, "currency_unknown"],
    ]);
    expect(await amounts({ default_currency: "EUR" })).toEqual([
      ["sale", null, "currency_unknown"],
      ["sale", "100.000000", null],
    ]);
  });

  it("call later orders of a buyer repeats, and let refunds inherit the kind of their order", async () => {
    await ledger.add("orders", [
      { ...sale },
      { ...sale, order: "2", booked_at: "2025-04-01 10:00:00" },
      {
        ...sale,
        order: "2",
        line_type: "refund",
        amount: "-5",
        booked_at: "2025-05-01 10:00:00",
        identity: null,
      },
      { ...sale, order: "3", kind: "renewal", booked_at: "2025-06-01 10:00:00" },
      { ...sale, order: "3", line_type: "refund", amount: "-5", booked_at: "2025-06-02 10:00:00" },
      { ...sale, order: "4", identity: null, booked_at: "2025-06-03 10:00:00" },
    ]);
    const rows = await ledger.derive("revenue_lines");
    expect(
      rows.map(({ order, person, order_kind, is_repeat }) => [
        order,
        person,
        order_kind,
        is_repeat,
      ]),
    ).toEqual([
      ["1", 7n, "new", false],
      ["2", 7n, "repeat", true],
      ["2", 7n, "repeat", true],
      ["3", 7n, "renewal", true],
      ["3", 7n, "renewal", true],
      ["4", null, null, null],
    ]);
  });

  it("read won deals where there are no orders", async () => {
    await ledger.add("deals", [
      {
        deal: "9",
        state: "won",
        closed_at: "2025-03-01 00:00:00",
        amount: "500",
        currency: "EUR",
        source: "crm/deals",
      },
      {
        deal: "8",
        state: "lost",
        closed_at: "2025-03-01 00:00:00",
        amount: "500",
        currency: "EUR",
      },
      { deal: "7", state: "won", closed_at: "2025-03-02 00:00:00", currency: "EUR" },
    ]);
    await ledger.add("associations", [
      {
        from_kind: "deal",
        from_id: "9",
        to_kind: "person",
        to_identity: 70,
        source: "crm/deal_contact",
      },
      {
        from_kind: "deal",
        from_id: "9",
        to_kind: "account",
        to_identity: 71,
        source: "crm/deal_company",
      },
    ]);
    const rows = await ledger.derive("revenue_lines");
    expect(
      rows.map(({ order, amount, excluded, person, account, stream }) => [
        order,
        amount,
        excluded,
        person,
        account,
        stream,
      ]),
    ).toEqual([
      ["deal:9", "500.000000", null, 70n, 71n, "other"],
      ["deal:7", null, "amount_missing", null, null, "other"],
    ]);
    await ledger.add("orders", [{ ...sale }]);
    expect((await ledger.derive("revenue_lines")).map(({ order }) => order)).toEqual(["1"]);
    expect(await ledger.derive("revenue_lines", { revenue: { from: "both" } })).toHaveLength(3);
  });

  it("take the origin from the order itself, otherwise from the visit it was placed in", async () => {
    await ledger.add("orders", [
      { ...sale, utm_source: "Newsletter", utm_medium: "email", campaign: "c1" },
      { ...sale, order: "2", booked_at: "2025-04-01 10:20:00" },
      { ...sale, order: "3", booked_at: "2025-04-01 12:00:00" },
    ]);
    await ledger.add("campaigns", [{ campaign: "c1", name: "Spring", source: "shop/campaigns" }]);
    await ledger.store.run({
      strings: [
        `INSERT INTO derived.sessions (session, person, started_at, ended_at, channel, utm_source, campaign)
         VALUES (1, 7, '2025-04-01 10:00:00', '2025-04-01 10:05:00', 'paid search', 'google', 'Brand')`,
      ],
      values: [],
    });
    const rows = await ledger.derive("revenue_lines");
    expect(
      rows.map(({ channel, utm_source, campaign }) => [channel, utm_source, campaign]),
    ).toEqual([
      ["email", "newsletter", "Spring"],
      ["paid search", "google", "Brand"],
      ["unknown", null, null],
    ]);
  });

  it("take the cost of goods from the line or from the product by the piece", async () => {
    await ledger.add("products", [
      { product: "mug", cost_of_goods: "2.50", currency: "EUR", stream: "product" },
    ]);
    await ledger.add("orders", [
      { ...sale, product: "mug", quantity: 3 },
      { ...sale, product: "mug", quantity: 3, cost_of_goods: "9.00" },
      { ...sale, line_type: "refund", product: "mug", quantity: -1, amount: "-10" },
      { ...sale, line_type: "shipping", amount: "5" },
    ]);
    expect(await costs()).toEqual(["7.500000", "9.000000", "-2.500000", "0.000000"]);
  });

  it("know no cost of an order of which one sold good has none, so that freight is no pure profit", async () => {
    await ledger.add("orders", [
      { ...sale, product: "mug", cost_of_goods: "9.00" },
      { ...sale, product: "pen" },
      { ...sale, line_type: "shipping", amount: "5" },
      { ...sale, line_type: "discount", amount: "-8" },
      { ...sale, order: "credit", line_type: "refund", amount: "-10" },
      { ...sale, order: "return", line_type: "refund", amount: "-10", cost_of_goods: "-4" },
    ]);
    expect(await costs()).toEqual([null, null, null, null, null, "-4.000000"]);
    const costed = (await ledger.derive("revenue_lines")).map(({ costed_amount }) => costed_amount);
    expect(costed).toEqual([null, null, null, null, null, "-10.000000"]);
  });
});
