import type { TimeBucket } from "../../src/charts/calendar-ticks.ts";
import type { Datum } from "../../src/charts/datum.ts";
import type { FigureState } from "../../src/figures/figure.ts";
import { printFigure } from "../../src/figures/print.ts";

/** A count as a figure would give it. */
export function count(value: number | null, state?: FigureState): Datum {
  const text = value === null ? null : String(value);
  return { value: text, label: printFigure({ value: text, unit: "count" }, "en"), state };
}

/** Days from a first one on. */
export function days(length: number, from = "2025-03-01"): readonly TimeBucket[] {
  return Array.from({ length }, (_, index) => {
    const day = new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10);
    return { key: day, label: day, isComplete: true };
  });
}

type Attributes = Readonly<Record<string, string>>;

/** The elements of a kind in a drawing, with their attributes. */
export function elements(markup: string, tag: string): readonly Attributes[] {
  return [...markup.matchAll(new RegExp(`<${tag}((?:\\s[^>]*?)?)/?>`, "g"))].map(([, inner = ""]) =>
    Object.fromEntries(
      [...inner.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
    ),
  );
}

/** The words of a drawing, tag by tag. */
export function words(markup: string): readonly string[] {
  return [...markup.matchAll(/>([^<]+)</g)].map(([, text = ""]) => text);
}
