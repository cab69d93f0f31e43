import { describe, expect, it } from "vitest";
import { found } from "../../src/web/frame/palette-search.ts";

const entry = (title: string, ...synonyms: string[]) => ({
  id: title,
  group: "metrics" as const,
  title,
  synonyms,
  run: () => undefined,
});

const entries = [
  entry("Cost per acquisition", "每次获客成本"),
  entry(
    "Customer acquisition cost",
    "cac",
    "获客成本（CAC）",
    "獲客成本（CAC）",
    "Biaya akuisisi pelanggan (CAC)",
  ),
  entry("Revenue", "收入", "營收", "Pendapatan"),
];

const titles = (typed: string) => found(entries, typed).map(({ title }) => title);

describe("the palette", () => {
  it.each(["cac", "CAC", "获客成本", "獲客", "biaya akuisisi", "customer acq"])(
    "finds the cost of acquiring a customer by %s",
    (typed) => {
      expect(titles(typed)).toContain("Customer acquisition cost");
    },
  );

  it("shows the exact name before others", () => {
    expect(titles("cac")[0]).toBe("Customer acquisition cost");
    expect(titles("revenue")).toEqual(["Revenue"]);
  });

  it("finds words in any order", () => {
    expect(titles("cost customer")).toEqual(["Customer acquisition cost"]);
  });

  it("shows everything before anything is typed, and nothing for what has no name", () => {
    expect(titles("")).toHaveLength(3);
    expect(titles("zzz")).toEqual([]);
  });
});
