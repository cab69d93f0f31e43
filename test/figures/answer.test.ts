import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import type { Answer, Figure } from "../../src/figures/figure.ts";
import type { Question } from "../../src/figures/question.ts";
import { coverageRows, daysFrom, seededWorkspace } from "./workspace.ts";

const shop = "shopify/orders";
const line = (
  booked_at: string,
  amount: string | null,
  channel: string | null,
  more: Readonly<Record<string, string | number | boolean | null>> = {},
) => ({ booked_at, amount, channel, line_type: "sale", data_source: shop, ...more });

/** Berlin, March 2025: the clock jumps on the 30th. All expected values below are computed by hand. */
const seed = {
  revenue_lines: [
    line("2025-02-10 12:00:00", "75", "direct"),
    // 23:30 UTC on the last of February is 00:30 on the first of March in Berlin.
    line("2025-02-28 23:30:00", "100", "email", { country: "DE" }),
    line("2025-03-05 10:00:00", "50.50", "email", { country: "FR" }),
    line("2025-03-30 21:59:00", "7", "paid search", { country: "DE" }),
    // 22:30 UTC on the 30th is 00:30 on the 31st: summer time.
    line("2025-03-30 22:30:00", "3", null, { country: "DE" }),
    line("2025-03-12 08:00:00", null, "email", { excluded: "rate_missing", currency: "XYZ" }),
    line("2025-03-31 22:30:00", "1000", "email"),
  ],
  customers: [
    { person: 1, first_at: "2025-02-28 23:30:00", channel: "email" },
    { person: 2, first_at: "2025-03-05 10:00:00", channel: "email" },
    { person: 3, first_at: "2025-03-06 10:00:00", channel: "paid search" },
  ],
  customer_spans: [
    { person: 9, from_at: "2025-01-05 00:00:00", to_at: "2025-03-20 00:00:00", channel: "direct" },
    { person: 8, from_at: "2025-01-05 00:00:00", channel: "direct" },
    { person: 1, from_at: "2025-02-28 23:30:00", channel: "email", is_first: true },
    { person: 2, from_at: "2025-03-05 10:00:00", channel: "email", is_first: true },
  ],
  cost_days: [
    {
      day: "2025-03-01",
      cost_kind: "media",
      amount: "20",
      channel: "paid search",
      data_source: "ads",
    },
    { day: "2025-03-31", cost_kind: "licence", amount: "1.25", channel: null, data_source: "ads" },
    { day: "2025-03-31", cost_kind: "other", amount: "8", channel: null, data_source: "ads" },
  ],
  audience_days: [
    { day: "2025-03-01", channel: "a", kind: "followers", count: 10, data_source: "x" },
    { day: "2025-03-20", channel: "a", kind: "followers", count: 12, data_source: "x" },
    { day: "2025-03-05", channel: "b", kind: "followers", count: 100, data_source: "x" },
  ],
  interactions: [
    {
      occurred_at: "2025-03-02 10:00:00",
      kind: "email_opened",
      person: 1,
      channel: "email",
      quantity: 1,
      data_source: "m",
    },
    {
      occurred_at: "2025-03-02 11:00:00",
      kind: "page_viewed",
      person: 1,
      channel: "social",
      quantity: 1,
      data_source: "m",
    },
    {
      occurred_at: "2025-03-02 11:00:00",
      kind: "page_viewed",
      person: 2,
      channel: "social",
      quantity: 1,
      data_source: "m",
    },
  ],
};

const march = { from: "2025-03-01", to: "2025-04-01" } as const;
let context: FiguresContext;

beforeAll(async () => {
  context = await seededWorkspace(seed, { time_zone: "Europe/Berlin", few: 2 });
});
afterAll(() => context.store.close());

const ask = (question: Partial<Question> & Pick<Question, "metrics">) =>
  answer(context, { ...march, ...question });

const figureValue = (found: Answer, metric: string, bucket: string | null = null) =>
  found.figures.find((one) => one.metric === metric && one.bucket === bucket)?.value;

const figureIn = (found: Answer, metric: string): Figure => {
  const figure = found.figures.find((one) => one.metric === metric);
  if (!figure) throw new Error(`no figure of ${metric}`);
  return figure;
};

describe("answers", () => {
  it("places rows by the workspace's calendar, to the minute, across the change of the clock", async () => {
    const found = await ask({ metrics: ["revenue"], grain: "day", compare: "previous" });
    expect(figureValue(found, "revenue")).toBe("160.5");
    expect(found.buckets).toHaveLength(31);
    expect(figureValue(found, "revenue", "2025-03-01")).toBe("100");
    expect(figureValue(found, "revenue", "2025-03-30")).toBe("7");
    expect(figureValue(found, "revenue", "2025-03-31")).toBe("3");
    expect(figureIn(found, "revenue").comparison).toMatchObject({
      kind: "previous",
      value: "75",
      delta: "1.14",
      deltaUnit: "percent",
    });
  });

  it("divides once and exactly", async () => {
    const found = await ask({ metrics: ["cac", "cac@all_costs", "mer"] });
    expect(found.figures.map(({ value }) => value)).toEqual([
      "7.083333333333",
      "9.75",
      "5.487179487179",
    ]);
    expect(figureIn(found, "cac")).toMatchObject({ numerator: "21.25", denominator: "3", n: "3" });
  });

  it("counts the rows of the denominator behind a rate of amounts, also when nothing stands above it", async () => {
    const found = await ask({ metrics: ["refund_rate", "revenue_growth"] });
    // Four sales of March and one that cannot be converted; one sale in February.
    expect(figureIn(found, "refund_rate")).toMatchObject({ value: "0", n: "5" });
    expect(figureIn(found, "revenue_growth")).toMatchObject({ value: "1.14", n: "1" });
  });

  it("says what is left out because a rate is missing, and keeps the rest", async () => {
    const figure = figureIn(await ask({ metrics: ["revenue"] }), "revenue");
    expect(figure).toMatchObject({ state: "excluded", value: "160.5", n: "5" });
    expect(figure.reasons).toContainEqual({
      code: "excluded",
      params: { count: "1", fact: "revenue_lines", currencies: "XYZ" },
    });
  });

  it("keeps a missing dimension value as a group of its own, largest group first", async () => {
    const found = await ask({ metrics: ["revenue"], by: ["channel"] });
    expect(found.groups.map(({ channel }) => channel)).toEqual(["email", "paid search", null]);
    expect(found.figures.map(({ value }) => value)).toEqual(["160.5", "150.5", "7", "3"]);
    const limited = await ask({ metrics: ["revenue"], by: ["channel"], limit: 1 });
    expect(limited.figures.map(({ value }) => value)).toEqual(["160.5", "150.5"]);
    expect(limited.notes).toContainEqual({
      code: "groups_limited",
      params: { shown: "1", of: "3" },
    });
  });

  it("filters with values bound, and a negation keeps rows without a value", async () => {
    const filtered = async (filter: string) =>
      figureValue(await ask({ metrics: ["revenue"], filter }), "revenue");
    expect(await filtered('country = "DE"')).toBe("110");
    expect(await filtered('not country = "DE"')).toBe("50.5");
    expect(await filtered('country is not null and channel in ("email", "x")')).toBe("150.5");
    expect(await filtered('channel contains "SEARCH"')).toBe("7");
    expect(await filtered(`country = "DE' OR '1'='1"`)).toBe("0");
  });

  it("counts a stock just before the boundary, so that start + begun − ended = end", async () => {
    const found = await ask({
      metrics: ["customer_retention_rate", "churn_rate", "active_customers"],
    });
    expect(figureIn(found, "active_customers").value).toBe("3");
    // start: 8, 9; ended: 9; begun: 1, 2
    expect(figureIn(found, "churn_rate")).toMatchObject({
      value: "0.5",
      numerator: "1",
      denominator: "2",
    });
  });

  it("takes the latest count of each series, and people seen in two channels", async () => {
    const found = await ask({ metrics: ["followers", "cross_channel_reach"] });
    expect(figureIn(found, "followers").value).toBe("112");
    expect(figureIn(found, "cross_channel_reach")).toMatchObject({
      value: "0.5",
      numerator: "1",
      denominator: "2",
    });
  });

  it("has no value where nothing was recorded, and says what is missing", async () => {
    const found = await answer(context, {
      metrics: ["mer", "nps"],
      from: "2025-01-01",
      to: "2025-02-01",
    });
    expect(figureIn(found, "mer")).toMatchObject({ value: null, state: "no_data" });
    expect(figureIn(found, "mer").reasons.map(({ code }) => code)).toContain("no_rows_in_period");
    expect(figureIn(found, "nps").reasons.map(({ code }) => code)).toEqual([
      "never_recorded",
      "never_recorded",
      "never_recorded",
    ]);
  });

  it("knows no margin where no cost of goods is known", async () => {
    const found = await ask({ metrics: ["gross_profit", "gross_margin"] });
    for (const figure of found.figures) {
      expect(figure).toMatchObject({ value: null, state: "no_data" });
      expect(figure.reasons.map(({ code }) => code)).toContain("values_missing");
    }
  });

  it("gives no value for a division by zero", async () => {
    const found = await ask({ metrics: ["cac"], by: ["channel"] });
    const unnamed = found.figures.find(({ group }) => group.channel === null);
    expect(unnamed).toMatchObject({ value: null, state: "not_applicable" });
    expect(unnamed?.reasons).toContainEqual({ code: "zero_denominator", params: {} });
  });

  it("asks for day-typed costs by calendar day, and refuses them by hour", async () => {
    const found = await ask({ metrics: ["cost"], grain: "week" });
    expect(found.buckets.map(({ key, from, isComplete }) => [key, from, isComplete])[0]).toEqual([
      "2025-02-24",
      "2025-03-01",
      false,
    ]);
    expect(figureValue(found, "cost", "2025-02-24")).toBe("20");
    await expect(ask({ metrics: ["cost"], grain: "hour" })).rejects.toMatchObject({
      code: "question_invalid",
    });
  });

  it("is the same answer twice", async () => {
    const question = {
      metrics: ["revenue", "cac", "mer", "clv_to_cac"],
      by: ["channel"],
      grain: "month",
      compare: "year",
    } as const;
    expect(JSON.stringify(await ask(question))).toBe(JSON.stringify(await ask(question)));
  });
});

describe("an unfinished period", () => {
  it("is compared with the same days of the period before, and says so", async () => {
    const lines = ["2025-02-03", "2025-02-10", "2025-02-20", "2025-03-03", "2025-03-10"].map((on) =>
      line(`${on} 12:00:00`, "10", "email"),
    );
    const workspace = await seededWorkspace({ revenue_lines: lines }, {}, "2025-03-10T22:00:00Z");
    const found = await answer(workspace, { metrics: ["revenue"], ...march, compare: "previous" });
    expect(found.comparisonPeriod).toEqual({ from: "2025-02-01", to: "2025-02-11" });
    expect(found.figures[0]).toMatchObject({
      value: "20",
      comparison: { value: "20", delta: "0" },
    });
    expect(found.notes).toContainEqual({
      code: "comparison_same_days",
      params: { days: "10", of: "31" },
    });
    await workspace.store.close();
  });
});

describe("questions that cannot be answered", () => {
  it.each([
    [{ metrics: ["reveneu"] }, "metric_unknown", /did you mean `revenue`/],
    [{ metrics: ["clv@magic"] }, "metric_unknown", /clv@purchases/],
    [{ metrics: [] }, "question_invalid", /no metric/],
    [{ metrics: ["cac"], by: ["product"] }, "dimension_unknown", /it has channel/],
    [{ metrics: ["cac"], by: ["chanel"] }, "dimension_unknown", /did you mean `channel`/],
    [
      { metrics: ["cac"], filter: 'product = "x"' },
      "dimension_unknown",
      /position 1 of the filter/,
    ],
    [{ metrics: ["cac"], filter: "channel =" }, "filter_invalid", /position 10/],
    [{ metrics: ["revenue"], basis: "cohort" }, "question_invalid", /cohort/],
    [{ metrics: ["revenue"], to: "2025-03-01" }, "question_invalid", /empty/],
    [{ metrics: ["revenue"], from: "2025-02-30" }, "question_invalid", /not a day/],
    [{ metrics: ["revenue"], limit: 0 }, "question_invalid", /limit/],
    [{ metrics: ["revenue"], grain: "dya" as "day" }, "question_invalid", /did you mean `day`/],
    [{ metrics: ["revenue"], by: ["channel", "channel"] }, "question_invalid", /twice/],
  ] as const)("refuses %j with %s", async (question, code, message) => {
    const error = await ask(question).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe("states", () => {
  const day = (at: string) => ({
    started_at: `${at} 10:00:00`,
    person: 1,
    data_source: "ga4/events",
  });
  const all = daysFrom("2025-02-01", 50);
  const withHole = all.filter((one) => one !== "2025-03-10" && one !== "2025-03-11");

  it("marks holes of a daily source, gaps as no data, and a source that ends early as stale", async () => {
    const workspace = await seededWorkspace(
      { sessions: withHole.map(day), coverage: coverageRows("ga4/events", withHole) },
      {},
      "2025-03-31T23:00:00Z",
    );
    const found = await answer(workspace, { metrics: ["sessions"], ...march, grain: "day" });
    const [total] = found.figures;
    expect(total).toMatchObject({ value: "20", state: "partial" });
    expect(total?.reasons).toContainEqual({
      code: "coverage_hole",
      params: { source: "ga4/events", count: "2", of: "31", days: "2025-03-10/2025-03-11" },
    });
    expect(total?.reasons).toContainEqual({
      code: "stale",
      params: { source: "ga4/events", last_day: "2025-03-22", days: "9" },
    });
    expect(total?.coverage.share).toBeCloseTo(20 / 31);
    const at = (bucket: string) => found.figures.find((one) => one.bucket === bucket);
    expect(at("2025-03-09")).toMatchObject({ value: "1", state: "ok" });
    expect(at("2025-03-10")).toMatchObject({ value: null, state: "no_data" });
    expect(at("2025-03-30")).toMatchObject({ value: null, state: "no_data" });
    await workspace.store.close();
  });

  it("calls a day without rows zero where the source does not come daily", async () => {
    const some = ["2025-03-03", "2025-03-04", "2025-03-20"];
    const workspace = await seededWorkspace(
      { sessions: some.map(day), coverage: coverageRows("ga4/events", some) },
      {},
      "2025-03-21T00:00:00Z",
    );
    const found = await answer(workspace, {
      metrics: ["sessions"],
      from: "2025-03-03",
      to: "2025-03-21",
      grain: "day",
    });
    expect(found.figures[0]).toMatchObject({ value: "3", state: "ok" });
    const at = (bucket: string) => found.figures.find((one) => one.bucket === bucket);
    expect(at("2025-03-05")).toMatchObject({ value: "0", state: "zero" });
    await workspace.store.close();
  });

  it("greys rates over few, and points at shares above 100 %", async () => {
    const messages = [
      { sent_at: "2025-03-03 10:00:00", medium: "email", sent: 1, delivered: 2, data_source: "m" },
    ];
    const workspace = await seededWorkspace({ messages });
    const found = await answer(workspace, { metrics: ["delivery_rate"], ...march });
    expect(found.figures[0]).toMatchObject({ value: "2", state: "too_few", n: "1" });
    expect(found.figures[0]?.reasons.map(({ code }) => code)).toEqual([
      "too_few",
      "above_hundred",
      "order_broken",
    ]);
    await workspace.store.close();
  });
});

describe("cohorts", () => {
  it("follows people from one stage to the other and says how many had the time", async () => {
    const funnel = [
      { person: 1, lead_at: "2025-03-01 00:00:00", customer_at: "2025-03-11 00:00:00" },
      { person: 2, lead_at: "2025-03-02 00:00:00", customer_at: "2025-03-12 00:00:00" },
      { person: 3, lead_at: "2025-03-03 00:00:00" },
      { person: 4, lead_at: "2025-03-25 00:00:00" },
      // A customer before being a lead was not won from the lead.
      { person: 5, lead_at: "2025-03-04 00:00:00", customer_at: "2025-02-01 00:00:00" },
    ];
    const workspace = await seededWorkspace({ funnel }, { few: 0 }, "2025-04-01T00:00:00Z");
    const found = await answer(workspace, {
      metrics: ["lead_to_customer_rate"],
      ...march,
      basis: "cohort",
    });
    expect(found.figures[0]).toMatchObject({
      value: "0.4",
      numerator: "2",
      denominator: "5",
      state: "partial",
    });
    expect(found.figures[0]?.reasons).toContainEqual({
      code: "cohort_immature",
      params: { ripe: "4", entered: "5", days: "10" },
    });
    await workspace.store.close();
  });
});
