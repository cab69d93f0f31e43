import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.ts";
import { documentMetrics } from "../../src/catalogue/document.ts";

describe("docs/metrics.md", () => {
  const page = documentMetrics();

  it("is what the catalogue says today (else: npm run generate)", () => {
    const kept = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");
    expect(kept).toBe(page);
  });

  it("has a section for every metric, and words for every denominator", () => {
    for (const { id } of catalogue.metrics) expect(page).toContain(`\n### ${id}\n`);
    expect(page).toContain("denominator: New customers");
    expect(page).not.toMatch(/undefined|\[object/);
  });
});
