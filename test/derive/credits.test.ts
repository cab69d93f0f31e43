import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attributionModels } from "../../src/ledger/attribution.ts";
import {
  type Attribution,
  creditsOf,
  instant,
  openAttribution,
  sharesOf,
} from "./attribution-fixture.ts";

let its: Attribution;
beforeAll(async () => {
  its = await openAttribution();
});
beforeEach(() => its.fixture.clear());
afterAll(() => its.fixture.store.close());

const sold = (amount: string, day = 31) => ({ day, amount });
const channels = (...names: readonly string[]) =>
  names.map((channel, index) => ({ day: index + 1, channel }));

describe("credits of rule models", () => {
  it("go to the first, the last, and the last touch that is not direct", async () => {
    await its.touches(channels("email", "social", "direct"));
    await its.order("o1", [sold("10.00")]);
    const rows = await its.credits();
    expect(creditsOf(rows, "first")).toEqual([10, 0, 0]);
    expect(creditsOf(rows, "last")).toEqual([0, 0, 10]);
    expect(creditsOf(rows, "last_non_direct")).toEqual([0, 10, 0]);
  });

  it("fall back to direct when every touch is direct", async () => {
    await its.touches(channels("direct", "direct"));
    await its.order("o1", [sold("10.00")]);
    expect(creditsOf(await its.credits(), "last_non_direct")).toEqual([0, 10]);
  });

  it("are equal parts under linear, the cents left over going to the earlier touches", async () => {
    await its.touches(channels("a", "b", "c"));
    await its.order("o1", [sold("1.00")]);
    const rows = await its.credits();
    expect(creditsOf(rows, "linear")).toEqual([0.34, 0.33, 0.33]);
    expect(sharesOf(rows, "linear")).toEqual([0.333334, 0.333333, 0.333333]);
  });

  it("are 40/20/40 under U, half and half for two touches, everything for one", async () => {
    await its.touches(channels("a", "b", "c", "d"));
    await its.order("o1", [sold("100.00")]);
    await its.order("o2", [{ day: 2, amount: "100.00" }]);
    await its.order("o3", [{ day: 1, amount: "100.00" }]);
    const rows = await its.credits();
    const of = (order: string) =>
      creditsOf(
        rows.filter((row) => row.conversion === order),
        "u_shaped",
      );
    expect(of("o1")).toEqual([40, 10, 10, 40]);
    expect(of("o2")).toEqual([50, 50]);
    expect(of("o3")).toEqual([100]);
  });

  it("are 30/30/30/10 under W and 22.5 × 4 / 10 on the full path", async () => {
    await its.touches(channels("a", "b", "c", "d", "e", "f"));
    await its.stage("lead", 2.5);
    await its.stage("opportunity", 4.5);
    await its.order("o1", [sold("1000.00")]);
    const rows = await its.credits();
    expect(creditsOf(rows, "w_shaped")).toEqual([300, 300, 33.34, 300, 33.33, 33.33]);
    expect(creditsOf(rows, "full_path")).toEqual([225, 225, 50, 225, 50, 225]);
  });

  it("renormalise what has no home, and add up marks that coincide", async () => {
    await its.touches(channels("a", "b", "c"));
    await its.stage("lead", 1.5);
    await its.order("o1", [sold("100.00")]);
    const rows = await its.credits();
    // W: the first touch is first and lead (60), the others share 10, opportunity is missing: of 70.
    expect(creditsOf(rows, "w_shaped")).toEqual([85.72, 7.14, 7.14]);
    // Full path: 45 for the first, 22.5 for the last, 10 for the one between: of 77.5.
    expect(creditsOf(rows, "full_path")).toEqual([58.07, 12.9, 29.03]);
  });

  it("take a deal's creation as the mark of the opportunity, and no mark from after the conversion", async () => {
    await its.touches(channels("a", "b", "c", "d"));
    await its.stage("lead", 32);
    await its.rows("opportunities", [
      {
        deal: "7",
        person: 1,
        state: "won",
        created_at: "2025-01-03 12:00:00",
        data_source: "shop/deals",
      },
    ]);
    await its.order("deal:7", [sold("70.00")]);
    // First 30, opportunity 30, the two others 10 together: of 70.
    expect(creditsOf(await its.credits(), "w_shaped")).toEqual([30, 5, 30, 5]);
  });

  it("follow the half-life: 0, 7, 14 and 28 days before give 16/29, 8/29, 4/29, 1/29", async () => {
    await its.touches([3, 17, 24, 31].map((day) => ({ day, channel: "a" })));
    await its.order("o1", [sold("29.00")]);
    expect(creditsOf(await its.credits(), "time_decay")).toEqual([1, 4, 8, 16]);
  });

  it("follow the workspace's own weights, fractions included", async () => {
    await its.touches(channels("a", "b", "c", "d"));
    await its.stage("lead", 2.5);
    await its.order("o1", [sold("100.00")]);
    const own_weights = { first: 12.5, lead: 25, opportunity: 10, last: 0, others: 12.5 };
    // 12.5, 25 and 12.5 over two others, of 50: an opportunity is missing, last weighs nothing of its own.
    expect(creditsOf(await its.credits({ own_weights }), "own_weights")).toEqual([
      25, 50, 12.5, 12.5,
    ]);
    const only = { first: 0, lead: 0, opportunity: 5, last: 0, others: 0 };
    expect(creditsOf(await its.credits({ own_weights: only }), "own_weights")).toEqual([
      25, 25, 25, 25,
    ]);
  });

  it("go over channels first and then over their touches under Shapley", async () => {
    await its.touches(channels("a", "b", "a", "a"));
    await its.order("o1", [sold("90.00")]);
    expect(creditsOf(await its.credits(), "shapley")).toEqual([15, 45, 15, 15]);
  });
});

describe("credits of fitted models", () => {
  const weight = (model: string, channel: string, value: number) => ({
    ...{ month: "2025-01-01", model, channel, weight: value },
  });

  it("follow the weights of the month of the conversion", async () => {
    await its.touches(channels("a", "b", "a", "c"));
    await its.order("o1", [sold("10.00")]);
    await its.rows("channel_weights", [
      weight("markov_1", "a", 600_000_000),
      weight("markov_1", "b", 200_000_000),
      { ...weight("markov_2", "a", 1), month: "2025-02-01" },
      weight("data_driven", "c", 3),
    ]);
    const rows = await its.credits();
    expect(creditsOf(rows, "markov_1")).toEqual([3.75, 2.5, 3.75, 0]);
    expect(creditsOf(rows, "markov_2")).toEqual([2.5, 2.5, 2.5, 2.5]);
    expect(creditsOf(rows, "data_driven")).toEqual([0, 0, 0, 10]);
  });

  it("are the published divisions by largest remainder", async () => {
    const cases = [
      ["10.03", [49, 51], [4.91, 5.12]],
      ["0.05", [100, 101, 100, 100], [0.01, 0.02, 0.01, 0.01]],
      ["6.13", [98, 92, 98, 123, 102, 92], [0.99, 0.93, 0.99, 1.25, 1.04, 0.93]],
      ["-1.00", [1, 1, 1], [-0.34, -0.33, -0.33]],
      ["99.99", [75, 25], [74.99, 25]],
    ] as const;
    for (const [amount, weights, parts] of cases) {
      await its.fixture.clear();
      const names = weights.map((_, index) => `c${index}`);
      await its.touches(channels(...names));
      await its.order("o1", [sold(amount)]);
      await its.rows(
        "channel_weights",
        weights.map((value, index) => weight("markov_1", `c${index}`, value)),
      );
      expect(creditsOf(await its.credits(), "markov_1")).toEqual(parts);
    }
  });

  it("are exact where products pass 64 bits", async () => {
    await its.touches(channels("a", "b"));
    await its.order("o1", [sold("999999999999.99")]);
    await its.rows("channel_weights", [
      weight("markov_1", "a", 333_333_333),
      weight("markov_1", "b", 666_666_667),
    ]);
    const rows = await its.credits();
    // 99,999,999,999,999 cents: parts of …299,999.67 and …699,999.33, the cent left over to the larger remainder.
    expect(rows.map((row) => row.credit_markov_1)).toEqual([
      "333333333000.000000",
      "666666666999.990000",
    ]);
  });
});

describe("credits of returns", () => {
  const back = (day: number, amount: string, fields: object = {}) => ({
    ...{ day, amount, line_type: "refund" },
    ...fields,
  });
  const weights = ["a", "b", "c"].map((channel, index) => ({
    ...{ month: "2025-01-01", model: "markov_1", channel, weight: [5, 3, 11][index] ?? 0 },
  }));

  it("leave nothing with any touch once everything is returned, in whatever parts", async () => {
    await its.touches(channels("a", "b", "c", "a", "b"));
    await its.stage("lead", 2.5);
    await its.rows("channel_weights", weights);
    const lines = [
      { day: 8, amount: "10.01" },
      { day: 8, amount: "3.33", stream: "service" },
      { day: 9, amount: "0.02" },
    ];
    await its.order("o1", [
      ...lines,
      ...[back(10, "-0.07"), back(11, "-3.34"), back(12, "-0.01"), back(13, "-6.61")],
      back(14, "-3.33", { stream: "service" }),
    ]);
    const rows = await its.credits();
    expect(rows).toHaveLength(8 * 5);
    for (const model of attributionModels) {
      for (const nth of [1, 2, 3, 4, 5]) {
        const own = rows.filter((row) => Number(row.nth) === nth);
        const sum = creditsOf(own, model).reduce((all, part) => all + Math.round(part * 100), 0);
        expect([model, nth, sum]).toEqual([model, nth, 0]);
      }
    }
    const shares = rows.filter((row) => Number(row.share_first) > 0);
    expect(shares.map((row) => [row.entry_kind, row.amount])).toEqual([["sale", "10.010000"]]);
  });

  it("take back what the same weights gave", async () => {
    await its.touches(channels("a", "b", "c"));
    await its.order("o1", [{ day: 8, amount: "100.00" }, back(9, "-1.00"), back(10, "-1.00")]);
    const rows = await its.credits();
    expect(creditsOf(rows, "linear")).toEqual([
      ...[33.34, 33.33, 33.33],
      ...[-0.34, -0.33, -0.33],
      ...[-0.33, -0.34, -0.33],
    ]);
  });

  it("stand in one row without a touch when they name no order", async () => {
    await its.touches(channels("a"));
    await its.order("credit note", [back(9, "-5.00")]);
    const rows = await its.credits();
    expect(rows).toMatchObject([
      {
        entry_kind: "return",
        touch: null,
        touches: 0n,
        credit_markov_4: "-5.000000",
        is_conversion: false,
      },
    ]);
    expect(sharesOf(rows, "first")).toEqual([0]);
  });

  it("divide what the goods cost like an amount of its own, and give it back with them", async () => {
    await its.touches(channels("a", "b"));
    await its.order("o1", [
      { day: 8, amount: "100.00", cost_of_goods: "40.01" },
      back(9, "-100.00", { cost_of_goods: "-40.01" }),
    ]);
    const rows = (await its.credits()).filter((row) => row.entry_kind === "cost_of_goods");
    expect(creditsOf(rows, "linear")).toEqual([-20.01, -20, 20.01, 20]);
    expect(sharesOf(rows, "linear")).toEqual([0, 0, 0, 0]);
  });
});

describe("windows", () => {
  it("hold both of their ends, and the second of the conversion itself", async () => {
    await its.touches([
      { day: 1, channel: "a" },
      { day: 0.99, channel: "b" },
      { day: 31, channel: "c" },
      { day: 31.01, channel: "d" },
    ]);
    await its.order("o1", [sold("10.00")]);
    const rows = await its.credits({ window_days: 30 });
    expect(rows.map((row) => row.channel)).toEqual(["a", "c"]);
  });

  it("differ by channel, and for what was only seen", async () => {
    await its.touches([
      { day: 20, channel: "email" },
      { day: 20, channel: "social" },
      { day: 28, channel: "display", touch_kind: "view" },
      { day: 30, channel: "display", touch_kind: "view" },
    ]);
    await its.order("o1", [sold("10.00")]);
    const rows = await its.credits({ channel_windows: { email: 7 }, view_window_days: 2 });
    expect(rows.map((row) => [row.channel, row.nth])).toEqual([
      ["social", 1n],
      ["display", 2n],
    ]);
  });
});

describe("a touch in the same second as the conversion", () => {
  it("counts as before it", async () => {
    await its.touches([
      { day: 31, channel: "a", touched_at: "2025-01-31 00:00:00.75" },
      { day: 31, channel: "b", touched_at: "2025-01-31 00:00:01" },
    ]);
    await its.order("o1", [sold("10.00")]);
    const rows = await its.credits();
    expect(rows.map((row) => [row.channel, row.age_seconds])).toEqual([["a", 0]]);
  });
});

describe("rows of another person", () => {
  it("change nothing under rule models", async () => {
    await its.touches(channels("a", "b", "a"));
    await its.stage("lead", 2.5);
    await its.order("o1", [sold("10.01"), { day: 32, amount: "-3.33", line_type: "refund" }]);
    const before = await its.credits();
    await its.touches([{ day: 3, channel: "c", person: 2 }]);
    await its.order("o2", [sold("77.77")], { person: 2 });
    const after = await its.credits();
    expect(after).toHaveLength(before.length + 1);
    expect(after.filter((row) => row.conversion === "o1")).toEqual(before);
  });
});

describe("goals", () => {
  it("credit won deals with their amount, and other goals with shares alone", async () => {
    await its.touches(channels("a", "b"));
    await its.rows("opportunities", [
      {
        ...{ deal: "7", person: 1, state: "won", row_key: 901, amount: "9.99", currency: "EUR" },
        closed_at: instant(9),
        data_source: "crm/deals",
      },
      {
        ...{ deal: "8", person: 1, state: "lost", row_key: 902, amount: "5.00" },
        closed_at: instant(9),
        data_source: "crm/deals",
      },
    ]);
    await its.rows("conversions", [
      {
        converted_at: instant(2),
        person: 1,
        goal: "demo",
        channel: "a",
        row_key: 903,
        data_source: "web/events",
      },
      {
        converted_at: instant(5),
        person: 1,
        goal: "other",
        channel: "a",
        row_key: 904,
        data_source: "web/events",
      },
    ]);
    const deals = await its.credits({ goal: "deals" });
    expect(deals.map((row) => [row.conversion, row.credit_linear])).toEqual([
      ["deal:7", "5.000000"],
      ["deal:7", "4.990000"],
    ]);
    const demos = await its.credits({ goal: "demo" });
    expect(demos.map((row) => [row.amount, row.credit_linear, row.share_linear])).toEqual([
      [null, null, "0.500000"],
      [null, null, "0.500000"],
    ]);
  });

  it("draw on the touches of everybody at the account when the settings say so", async () => {
    await its.touches([
      { day: 1, channel: "a", person: 1, account: 50 },
      { day: 2, channel: "b", person: 2, account: 50 },
      { day: 3, channel: "c", person: 3, account: 51 },
      { day: 4, channel: "d", person: 1 },
    ]);
    await its.order("o1", [sold("10.00")], { account: 50 });
    expect((await its.credits()).map((row) => row.channel)).toEqual(["a", "d"]);
    expect((await its.credits({ level: "account" })).map((row) => row.channel)).toEqual([
      "a",
      "b",
      "d",
    ]);
  });
});
