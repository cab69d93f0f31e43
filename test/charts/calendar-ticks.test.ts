import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarTicks, type TimeBucket } from "../../src/charts/calendar-ticks.ts";
import { textWidth } from "../../src/charts/text-width.ts";
import { days } from "./drawing.ts";

function ticks(buckets: readonly TimeBucket[], width: number, timeZone?: string) {
  const step = width / Math.max(1, buckets.length - 1);
  const x = (index: number) => index * step;
  return calendarTicks({ buckets, x, from: 0, to: width, locale: "en", timeZone });
}

const labels = (...args: Parameters<typeof ticks>) => ticks(...args).map(({ label }) => label);

describe("ticks of a time axis", () => {
  it("stand on Mondays, then on months, then on years, as room gets short", () => {
    expect(labels(days(28), 600)).toEqual(["Mar 3", "Mar 10", "Mar 17", "Mar 24"]);
    expect(labels(days(120), 300)).toEqual(["Mar", "Apr", "May", "Jun"]);
    expect(labels(days(3000, "2018-06-01"), 300)).toEqual(["2020", "2022", "2024", "2026"]);
  });

  it("name the year where it begins", () => {
    expect(labels(days(200, "2024-10-01"), 500).slice(0, 4)).toEqual([
      "Oct 2024",
      "Nov",
      "Dec",
      "Jan 2025",
    ]);
  });

  it("use the names of quarters and fiscal years as they are given", () => {
    const quarters = ["2024-01-01", "2024-04-01", "2024-07-01"].map((key, index) => ({
      key,
      label: `Q${index + 1} 2024`,
      isComplete: true,
    }));
    expect(labels(quarters, 400)).toEqual(["Q1 2024", "Q2 2024", "Q3 2024"]);
  });

  it("show local hours, midnight as the day, also where clocks change", () => {
    const hours = Array.from({ length: 48 }, (_, index) => ({
      key: new Date(Date.parse("2025-03-29T23:00:00Z") + index * 3_600_000).toISOString(),
      label: "",
      isComplete: true,
    }));
    // The night of 30 March has 23 hours in Berlin.
    const found = ticks(hours, 700, "Europe/Berlin");
    const midnights = found.filter(({ label }) => label.startsWith("Mar"));
    expect(midnights.map(({ index, label }) => [index, label])).toEqual([
      [0, "Mar 30"],
      [23, "Mar 31"],
    ]);
  });

  it("never touch each other or leave the chart", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 60, max: 1400 }),
        (length, width) => {
          let edge = Number.NEGATIVE_INFINITY;
          for (const { label, labelX } of ticks(days(length, "2020-01-01"), width)) {
            const half = textWidth(label, 11) / 2;
            expect(labelX - half).toBeGreaterThanOrEqual(Math.max(edge, -0.01));
            expect(labelX + half).toBeLessThanOrEqual(width + 0.01);
            edge = labelX + half + 11;
          }
        },
      ),
    );
  });

  it("are none without buckets, and harmless for keys that are no dates", () => {
    expect(labels([], 300)).toEqual([]);
    expect(labels([{ key: "?", label: "Unknown", isComplete: true }], 300)).toEqual(["Unknown"]);
  });
});
