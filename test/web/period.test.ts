import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysBetween } from "../../src/ledger/calendar.ts";
import {
  type CalendarInfo,
  compareOf,
  customPeriod,
  periodOf,
  periodPresets,
  periodText,
  stepped,
  usualGrain,
} from "../../src/web/view/period.ts";

const calendar: CalendarInfo = {
  firstDay: "2024-01-15",
  lastDay: "2025-03-19",
  weekStart: "monday",
  fiscalYearStart: 1,
};

describe("periods of the address", () => {
  it.each([
    ["7d", "2025-03-13", "2025-03-20"],
    ["28d", "2025-02-20", "2025-03-20"],
    ["mtd", "2025-03-01", "2025-03-20"],
    ["qtd", "2025-01-01", "2025-03-20"],
    ["ytd", "2025-01-01", "2025-03-20"],
    ["lm", "2025-02-01", "2025-03-01"],
    ["lq", "2024-10-01", "2025-01-01"],
    ["ly", "2024-01-01", "2025-01-01"],
    ["12m", "2024-03-01", "2025-03-01"],
    ["all", "2024-01-15", "2025-03-20"],
    ["2025-01-05..2025-01-05", "2025-01-05", "2025-01-06"],
  ])("%s is from %s until before %s", (text, from, to) => {
    expect(periodOf(text, calendar)).toEqual({ from, to });
  });

  it("fall back to the last 28 days", () => {
    for (const text of ["", "nonsense", "2025-02-30..2025-03-01", "2025-03-02..2025-03-01"]) {
      expect(periodOf(text, calendar), text).toEqual(periodOf("28d", calendar));
    }
  });

  it("end on the last day that the ledger knows, and begin before they end", () => {
    for (const preset of periodPresets) {
      const period = periodOf(preset, calendar);
      expect(period && period.from < period.to && period.to <= "2025-03-20", preset).toBe(true);
    }
  });

  it("are written as they are read", () => {
    const day = fc.integer({ min: 0, max: 20_000 });
    const text = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 800 }), (start, length) => {
        const period = { from: text(start), to: text(start + length) };
        expect(customPeriod(periodText(period))).toEqual(period);
      }),
    );
  });
});

describe("comparisons", () => {
  const period = { from: "2025-02-20", to: "2025-03-20" };

  it("keep weekdays together", () => {
    for (const text of ["prev.wd", "year.wd"]) {
      const before = compareOf(text, period, "28d");
      if (typeof before !== "object") throw new Error(text);
      expect(daysBetween(before.from, period.from) % 7, text).toBe(0);
      expect(daysBetween(before.from, before.to), text).toBe(28);
      expect(before.to <= period.from, text).toBe(true);
    }
  });

  it("of ten days go back two weeks, so that the days do not overlap", () => {
    const ten = { from: "2025-03-10", to: "2025-03-20" };
    expect(compareOf("prev.wd", ten, "custom")).toEqual({ from: "2025-02-24", to: "2025-03-06" });
  });

  it("of a month are the month before", () => {
    expect(compareOf("prev.wd", { from: "2025-02-01", to: "2025-03-01" }, "lm")).toBe("previous");
  });

  it("of 28 days that happen to be a month keep weekdays together all the same", () => {
    const february = { from: "2025-02-01", to: "2025-03-01" };
    expect(compareOf("prev.wd", february, "28d")).toEqual({ from: "2025-01-04", to: "2025-02-01" });
  });

  it("can be off, by dates, or of any days", () => {
    expect(compareOf("off", period, "28d")).toBe("none");
    expect(compareOf("prev", period, "28d")).toBe("previous");
    expect(compareOf("year", period, "28d")).toBe("year");
    expect(compareOf("2024-11-01..2024-11-30", period, "28d")).toEqual({
      from: "2024-11-01",
      to: "2024-12-01",
    });
  });
});

describe("steps", () => {
  it("go by the same number of days, or by whole months", () => {
    expect(stepped({ from: "2025-03-13", to: "2025-03-20" }, -1)).toEqual({
      from: "2025-03-06",
      to: "2025-03-13",
    });
    expect(stepped({ from: "2025-01-01", to: "2025-04-01" }, 1)).toEqual({
      from: "2025-04-01",
      to: "2025-07-01",
    });
  });
});

describe("the usual grain", () => {
  it.each([
    ["2025-03-01", "2025-03-02", "hour"],
    ["2025-03-01", "2025-03-29", "day"],
    ["2024-03-01", "2025-03-01", "week"],
    ["2023-01-01", "2025-03-01", "month"],
    ["2015-01-01", "2025-03-01", "quarter"],
  ])("from %s to %s is %s", (from, to, grain) => {
    expect(usualGrain({ from, to })).toBe(grain);
  });
});
