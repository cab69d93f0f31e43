import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.ts";
import { metricsDocument } from "../../src/catalogue/document.ts";
import { sharedDimensions } from "../../src/figures/request.ts";
import { metricTexts } from "../../src/locales/locales.ts";

describe("docs/metrics.md", () => {
  const page = metricsDocument({
    catalogue,
    texts: metricTexts("en"),
    dimensionsOf: (measures) =>
      sharedDimensions(
        measures.map(({ fact, sameForEvery = [] }) => ({
          fact,
          sameForEvery: new Set(sameForEvery),
        })),
      ),
  });

  it("is what the catalogue says today (else: lastpenny docs, or npm run generate)", () => {
    const kept = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");
    expect(kept).toBe(page);
  });

  it("has a section for every metric, and words for every denominator", () => {
    for (const { id } of catalogue.metrics) expect(page).toContain(`\n### ${id}\n`);
    expect(page).toContain("denominator: New customers");
    expect(page).not.toMatch(/undefined|\[object/);
  });
});
