import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { raw } from "../../src/sql/fragment.ts";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

const hour = (hours: number): string =>
  new Date(Date.UTC(2025, 2, 1) + hours * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
const asOf = hour(24 * 30);

describe("carts, conversions, answers and counts", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  const sale = { line_type: "sale", amount: "50", currency: "EUR" };
  const outcomes = async (): Promise<readonly unknown[]> => {
    await ledger.compute("revenue_lines");
    await ledger.compute("purchases");
    return (await ledger.derive("cart_outcomes", {}, asOf)).map((row) => [
      row.cart,
      row.is_mature,
      row.is_abandoned,
      row.is_reminded,
      row.is_recovered,
      row.recovered_revenue,
      row.order,
    ]);
  };

  it("are abandoned without an order within the window, and recovered by one after a reminder", async () => {
    await ledger.add("carts", [
      { cart: "a", created_at: hour(0), identity: 1, order: "1", value: "50", currency: "EUR" },
      { cart: "b", created_at: hour(1), identity: 2, reminded_at: hour(80), order: "2" },
      { cart: "c", created_at: hour(2), identity: 3, ordered_at: hour(100) },
      { cart: "d", created_at: hour(3), identity: 4, reminded_at: hour(20) },
      { cart: "e", created_at: hour(24 * 30 - 1), identity: 5 },
    ]);
    await ledger.add("orders", [
      { ...sale, order: "1", booked_at: hour(1), identity: 1 },
      { ...sale, order: "2", booked_at: hour(90), identity: 2 },
      { ...sale, order: "2", booked_at: hour(95), identity: 2, line_type: "refund", amount: "-20" },
    ]);
    expect(await outcomes()).toEqual([
      ["a", true, false, false, false, null, "1"],
      ["b", true, true, true, true, "30.000000", "2"],
      ["c", true, true, false, false, null, null],
      ["d", true, true, true, false, null, null],
      ["e", false, null, false, false, null, null],
    ]);
  });

  it("find their order by the header's cart, otherwise by the person, each order once", async () => {
    await ledger.add("carts", [
      { cart: "a", created_at: hour(0) },
      { cart: "b", created_at: hour(1), identity: 2 },
      { cart: "c", created_at: hour(2), identity: 2 },
    ]);
    await ledger.add("order_headers", [
      { order: "1", booked_at: hour(1), cart: "a", total: "10", currency: "EUR" },
    ]);
    await ledger.add("orders", [{ ...sale, order: "2", booked_at: hour(5), identity: 2 }]);
    expect(
      (await outcomes()).map((row) => [
        (row as unknown[])[0],
        (row as unknown[])[2],
        (row as unknown[])[6],
      ]),
    ).toEqual([
      ["a", false, "1"],
      ["b", true, null],
      ["c", false, "2"],
    ]);
  });

  it("see a reminder in the messages where the cart does not tell", async () => {
    await ledger.add("carts", [{ cart: "a", created_at: hour(0), identity: 1, order: "1" }]);
    await ledger.add("orders", [{ ...sale, order: "1", booked_at: hour(100), identity: 1 }]);
    await ledger.store.run(
      raw(`INSERT INTO derived.interactions (occurred_at, kind, person, automation, row_key) VALUES
        ('${hour(1)}', 'email_sent', 1, 'Scarlet news', 1), ('${hour(90)}', 'email_sent', 1, 'Abandoned cart', 2)`),
    );
    expect(await outcomes()).toEqual([["a", true, true, true, true, "50.000000", "1"]]);
  });

  it("gather goals of people, orders in their visit, and won deals", async () => {
    await ledger.store.run(
      raw(`INSERT INTO derived.interactions (occurred_at, kind, person, goal, session, machine, row_key) VALUES
        ('${hour(1)}', 'form_submitted', 1, 'Demo', 11, NULL, 1), ('${hour(1)}', 'form_submitted', 1, 'Demo', 11, 'bot', 2),
        ('${hour(2)}', 'email_subscribed', 1, NULL, NULL, NULL, 3), ('${hour(2)}', 'page_viewed', 1, NULL, 11, NULL, 4)`),
    );
    await ledger.store.run(
      raw(`INSERT INTO derived.sessions (session, person, started_at, ended_at, landing_page, device) VALUES
        (11, 1, '${hour(0)}', '${hour(3)}', '/demo', 'mobile')`),
    );
    await ledger.add("orders", [
      { ...sale, order: "1", booked_at: hour(3), identity: 1 },
      { ...sale, order: "1", booked_at: hour(9), identity: 1, line_type: "refund", amount: "-20" },
      { ...sale, order: "credit", booked_at: hour(9), line_type: "refund", amount: "-20" },
    ]);
    await ledger.add("deals", [
      { deal: "d", state: "won", closed_at: hour(5), amount: "9", currency: "EUR" },
    ]);
    for (const table of ["revenue_lines", "purchases", "stage_entries", "opportunities"] as const) {
      await ledger.compute(table);
    }
    const rows = await ledger.derive("conversions");
    expect(
      rows.map(({ goal, value, session, landing_page, device }) => [
        goal,
        value,
        session,
        landing_page,
        device,
      ]),
    ).toEqual([
      ["Demo", null, 11n, "/demo", "mobile"],
      ["newsletter", null, null, null, null],
      ["purchase", "30.000000", 11n, "/demo", "mobile"],
      ["deal_won", "9.000000", null, null, null],
    ]);
  });

  it("judge answers on the scale they were given on", async () => {
    await ledger.add("surveys", [
      { answered_at: hour(1), kind: "csat", score: 4 },
      { answered_at: hour(2), kind: "csat", score: 3 },
      { answered_at: hour(3), kind: "csat", score: 8, scale: 10, utm_medium: "email" },
      { answered_at: hour(4), kind: "nps", score: 9 },
      { answered_at: hour(5), kind: "nps", score: 7 },
      { answered_at: hour(6), kind: "nps", score: 6 },
    ]);
    const rows = await ledger.derive("survey_answers");
    expect(
      rows.map(({ is_satisfied, is_promoter, is_detractor, scale, channel }) => [
        is_satisfied,
        is_promoter,
        is_detractor,
        scale,
        channel,
      ]),
    ).toEqual([
      [true, null, null, 5, "unknown"],
      [false, null, null, 5, "unknown"],
      [true, null, null, 10, "email"],
      [null, true, false, 10, "unknown"],
      [null, false, false, 10, "unknown"],
      [null, false, true, 10, "unknown"],
    ]);
  });

  it("tell the change of an audience from one count to the next", async () => {
    const counted = { channel: "linkedin", source: "linkedin/followers" };
    await ledger.add("followers", [
      { ...counted, counted_on: "2025-03-03", count: 120 },
      { ...counted, counted_on: "2025-03-01", count: 100 },
      { ...counted, counted_on: "2025-03-03", count: 5, kind: "reach" },
    ]);
    const rows = await ledger.derive("audience_days");
    expect(rows.map(({ day, kind, count, change }) => [day, kind, count, change])).toEqual([
      ["2025-03-01", "followers", 100, null],
      ["2025-03-03", "followers", 120, 20],
      ["2025-03-03", "reach", 5, null],
    ]);
    await ledger.add("placements", [
      { tested_on: "2025-03-01", provider: "gmail", inbox: 9, spam: 1 },
    ]);
    expect(await ledger.derive("placement_tests")).toMatchObject([
      { provider: "gmail", inbox: 9, spam: 1, missing: null },
    ]);
  });
});
