import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.ts";
import { reasons } from "../../src/figures/reasons.ts";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { locales } from "../../src/locales/translate.ts";
import { reasonText } from "../../src/reports/names.ts";

const anId = /[a-z0-9]_[a-z0-9]/i;

/** Parameters as figures give them: every measure, model and caveat once, and what people name themselves. */
function everyParams(): readonly Readonly<Record<string, string>>[] {
  const plain = { source: "shopify", days: "30", currencies: "JPY", goal: "deals", count: "2" };
  const caveats = catalogue.metrics.flatMap((metric) => metric.caveats ?? []);
  return [
    ...catalogue.measures.map(({ id, fact }) => ({
      ...plain,
      measure: id,
      fact,
      larger: id,
      smaller: id,
    })),
    ...attributionModels.map((model) => ({ ...plain, model })),
    ...caveats.map((caveat) => ({ ...plain, caveat })),
  ];
}

describe.each(locales)("reasons in %s", (locale) => {
  it("name what is missing and never show an id", () => {
    for (const params of everyParams()) {
      for (const code of Object.keys(reasons)) {
        expect(reasonText({ code, params }, locale), code).not.toMatch(anId);
      }
    }
  });
});

describe("the reason of an own measure", () => {
  it("calls it what the workspace calls it", () => {
    const params = { measure: "big_orders", measure_name: "Big orders", fact: "purchases" };
    expect(reasonText({ code: "never_recorded", params }, "en")).toBe(
      "nothing was ever recorded for “Big orders” (orders or payments)",
    );
  });
});
