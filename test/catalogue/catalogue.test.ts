import { describe, expect, it } from "vitest";
import { catalogue, createCatalogue, measure, metric } from "../../src/catalogue/catalogue.ts";
import { formulaMaths } from "../../src/catalogue/maths.ts";
import type { MeasureCondition } from "../../src/catalogue/measure.ts";
import type { Metric } from "../../src/catalogue/metric.ts";
import { formulaWords } from "../../src/catalogue/words.ts";
import { type DerivedTableName, derivedTable } from "../../src/derive/tables.ts";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import type { Column } from "../../src/ledger/table.ts";
import { metricTexts } from "../../src/locales/locales.ts";
import { locales } from "../../src/locales/translate.ts";

const references = catalogue.metrics.flatMap(({ id, variants }) =>
  variants.map((variant) => `${id}@${variant.id}`),
);

function columnOf(fact: DerivedTableName, column: string): Column {
  const columns: Readonly<Record<string, Column>> = derivedTable(fact).columns;
  const found = columns[column];
  if (!found) throw new Error(`${fact} has no column ${column}`);
  return found;
}

function checkCondition(fact: DerivedTableName, condition: MeasureCondition): void {
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : null;
  for (const part of parts ?? []) checkCondition(fact, part);
  if (!("column" in condition)) return;
  const { type } = columnOf(fact, condition.column);
  if ("is" in condition)
    expect(type, condition.column).toBe(typeof condition.is === "boolean" ? "boolean" : "text");
  if ("atLeast" in condition || "atMost" in condition) {
    expect(["number", "count", "money"]).toContain(type);
    const bound = "atLeast" in condition ? condition.atLeast : condition.atMost;
    if (typeof bound === "object") expect(defaultSettings).toHaveProperty(bound.setting);
  }
}

const own = (formula: string, id = "own"): Metric => ({
  id,
  family: "revenue",
  version: 1,
  unit: "money",
  good: "up",
  variants: [{ id: "default", formula }],
});

describe("measures", () => {
  const { measures } = catalogue;

  it.each(measures)("$id aggregates columns that its fact has", ({ aggregate, fact, unit }) => {
    if (aggregate.op === "credit") {
      const prefix = aggregate.of === "amount" ? "credit" : "share";
      for (const model of attributionModels)
        expect(columnOf(fact, `${prefix}_${model}`).type).toBe("money");
      return;
    }
    const { op, ...parts } = aggregate;
    const names = Object.entries(parts).flatMap(([key, value]) => (key === "at" ? [] : [value]));
    const columns = names.flat().filter((name) => typeof name === "string");
    const types = columns.map((column) => columnOf(fact, column).type);
    if (op !== "sum" && op !== "mean" && op !== "quantile" && op !== "stockSum") return;
    expect(["number", "count", "money"]).toContain(types[0]);
    expect(unit === "money").toBe(types[0] === "money");
  });

  it.each(measures)("$id is placed in time and conditioned by columns that its fact has", (one) => {
    const { fact, time = derivedTable(fact).time?.column ?? "" } = one;
    expect(["time", "day"]).toContain(columnOf(fact, time).type);
    for (const where of [one.where, ...(one.leavesOut ?? []).map((rows) => rows.where)])
      if (where) checkCondition(fact, where);
  });

  it("are each used by a metric", () => {
    const used = new Set(references.flatMap((id) => catalogue.resolve(id).measures));
    expect(catalogue.measures.filter((one) => !used.has(one)).map(({ id }) => id)).toEqual([]);
  });
});

describe("metrics", () => {
  it.each(references)("%s parses, resolves and draws in every language", (reference) => {
    const { formula, measures, metric: found } = catalogue.resolve(reference);
    expect(measures.length, found.id).toBeGreaterThan(0);
    for (const locale of locales) {
      const maths = formulaMaths(formula, formulaWords(catalogue, metricTexts(locale)));
      expect(maths).toMatch(/^<math[^>]*>.*<\/math>$/s);
      expect(maths).not.toContain("temml-error");
    }
  });

  it("mean the measure where they bear the name of one", () => {
    const names = new Set(catalogue.measures.map(({ id }) => id));
    for (const { id, variants } of catalogue.metrics)
      if (names.has(id)) expect(variants[0].formula).toBe(id);
  });

  it("hold what the specification asks for without models or experiments", () => {
    const asked =
      `visitors new_leads mqls sqls opportunities new_customers conversion_rate landing_page_conversion_rate visitor_to_lead_rate
      lead_to_customer_rate mql_to_sql_rate sql_to_opportunity_rate win_rate lead_to_opportunity_rate upsell_rate cross_sell_rate
      sales_cycle_length speed_to_lead followed_up_within_1h_rate lead_score lead_velocity_rate lead_quality_alarm acquisition_rate
      delivery_rate inbox_placement_rate spam_placement_rate open_rate click_through_rate email_click_rate click_to_open_rate
      email_bounce_rate bounce_rate unsubscribe_rate list_unsubscribe_rate spam_complaint_rate reply_rate inactive_subscriber_rate
      list_growth_rate website_traffic pages_per_session session_duration social_engagements social_engagement_rate video_watch_time
      people_reached follower_growth cross_channel_reach cac mql_acquisition_cost cost_per_acquisition cost_per_lead cost_per_mql
      cost_per_sql customer_retention_rate churn_rate clv_value_lifespan clv_purchases clv_historical clv_to_cac cac_payback csat nps
      repeat_purchase_rate repeat_customer_revenue average_order_value purchase_frequency cart_abandonment_rate cart_recovery_rate
      recovered_revenue revenue attributed_revenue sourced_revenue influenced_revenue influenced_revenue_share automation_revenue roi roas
      revenue_per_recipient tool_efficiency mer pipeline_created pipeline_velocity hours_saved staff_cost_saved fte_freed automation_cost payback_period npv`.split(
        /\s+/,
      );
    for (const id of asked) expect(catalogue.resolve(id).metric, id).toBeDefined();
  });

  it("are found by alias and variant", () => {
    expect(catalogue.resolve("clv_purchases").variant.id).toBe("purchases");
    expect(catalogue.resolve("clv@purchases")).toEqual(catalogue.resolve("clv_purchases"));
    expect(catalogue.resolve("open_rate").variant.id).toBe("human");
    expect(catalogue.resolve("clv_to_cac").measures.map(({ id }) => id)).toEqual([
      "revenue_to_date",
      "new_customers",
      "acquisition_cost",
    ]);
  });

  it("say what was probably meant", () => {
    expect(() => metric("revenu")).toThrow("unknown metric: revenu; did you mean `revenue`?");
    expect(() => measure("vistors")).toThrow("did you mean `visitors`?");
    expect(() => catalogue.resolve("clv@magic")).toThrow("there is clv@historical,");
  });
});

describe("a catalogue", () => {
  const extended = (...metrics: readonly Metric[]) =>
    createCatalogue(catalogue.measures, [...catalogue.metrics, ...metrics]);

  it("says where a formula names something unknown, and what is near", () => {
    expect(() => extended(own("cost + reveneu")).resolve("own")).toThrow(
      "unknown measure `reveneu` at position 8; did you mean `revenue`?",
    );
  });

  it("refuses formulas that go in a circle", () => {
    expect(() => extended(own("other / 2"), own("own * 2", "other")).resolve("own")).toThrow(
      "own@default → other@default → own@default",
    );
  });

  it("refuses to look back twice", () => {
    expect(() => extended(own("previous(lead_velocity_rate)")).resolve("own")).toThrow(
      "looks back twice",
    );
  });

  it("refuses an id that exists twice", () => {
    expect(() => extended(own("revenue", "cac"))).toThrow("metric `cac` exists twice");
  });
});
