import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../src/ledger/settings.ts";

function fieldsOf(value: Readonly<Record<string, unknown>>, prefix = ""): string[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "object" &&
    inner !== null &&
    !Array.isArray(inner) &&
    Object.keys(inner).length > 0
      ? fieldsOf(inner as Readonly<Record<string, unknown>>, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );
}

describe("the settings", () => {
  const page = readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8");
  const documented = page.split(/^## /m).flatMap((section) => {
    const prefix = section.includes("| field of `attribution` |") ? "attribution." : "";
    return [...section.matchAll(/^\| `([a-z_.]+)` \| ((?:\\\||[^|])+) \|/gm)].map(
      ([, name = "", value = ""]) => [`${prefix}${name}`, value.trim()] as const,
    );
  });

  it("are all documented, and nothing else is", () => {
    // The page has a section for attribution, and one line for its own weights.
    const names = documented.map(([name]) => name).filter((name) => name !== "attribution");
    const fields = fieldsOf(defaultSettings).map((name) =>
      name.replace(/^(attribution\.own_weights)\..*/, "$1"),
    );
    expect(names.sort()).toEqual([...new Set(fields)].sort());
  });

  it("are documented with their true defaults", () => {
    const told = new Map(documented);
    expect(told.get("currency")).toBe(defaultSettings.currency);
    expect(told.get("customers.active_days")).toBe(String(defaultSettings.customers.active_days));
    expect(told.get("discount_rate")).toBe(String(defaultSettings.discount_rate));
    expect(told.get("acquisition_costs")).toBe(defaultSettings.acquisition_costs.join(", "));
    expect(told.get("automation_costs")).toBe(defaultSettings.automation_costs.join(", "));
  });
});
