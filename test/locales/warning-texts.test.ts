import { describe, expect, it } from "vitest";
import { locales } from "../../src/locales/translate.ts";
import { warningText } from "../../src/locales/warning-texts.ts";

const warning = {
  code: "rate_missing",
  params: { fact: "revenue_lines", count: "45", currency: "JPY", amount: "139462.500000" },
};

describe("warnings", () => {
  it("say amounts without the zeros that they are kept with, and counts as they are", () => {
    expect(warningText(warning, "en")).toBe(
      "45 rows of revenue in JPY have no rate: 139462.5 are left out",
    );
    const whole = { ...warning, params: { ...warning.params, amount: "100.000000", count: "100" } };
    expect(warningText(whole, "en")).toBe(
      "100 rows of revenue in JPY have no rate: 100 are left out",
    );
  });

  it.each(locales)("name no table in %s", (locale) => {
    expect(warningText(warning, locale)).not.toContain("revenue_lines");
  });
});
