import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastFullPeriod } from "../../src/figures/default-period.ts";
import {
  bucketsOf,
  layersOf,
  previousSpan,
  type Span,
  spanOfDays,
  tilesOf,
  yearBefore,
} from "../../src/figures/spans.ts";
import { addDays } from "../../src/ledger/calendar.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";

const berlin = { ...defaultSettings, time_zone: "Europe/Berlin" };
const daysOf = ({ firstDay, nextDay }: Span) => [firstDay, nextDay];

describe("comparison periods", () => {
  it.each([
    ["2025-03-01", "2025-04-01", "2025-02-01", "2025-03-01"],
    ["2025-04-01", "2025-07-01", "2025-01-01", "2025-04-01"],
    ["2025-01-01", "2026-01-01", "2024-01-01", "2025-01-01"],
    ["2024-03-01", "2024-04-01", "2024-02-01", "2024-03-01"],
    ["2025-03-03", "2025-03-31", "2025-02-03", "2025-03-03"],
    ["2025-03-05", "2025-03-06", "2025-03-04", "2025-03-05"],
  ])("puts before %s–%s the period %s–%s", (from, to, before, until) => {
    expect(daysOf(previousSpan(spanOfDays(from, to, berlin), berlin))).toEqual([before, until]);
  });

  it("takes the same days of last year, the last of February where there is no 29th", () => {
    expect(daysOf(yearBefore(spanOfDays("2024-02-29", "2024-03-01", berlin), berlin))).toEqual([
      "2023-02-28",
      "2023-03-01",
    ]);
  });

  it("puts an hour before an hour across a change of the clock", () => {
    // In Berlin 2025-03-30 has 23 hours: 02:00 does not exist.
    const hours = bucketsOf(spanOfDays("2025-03-30", "2025-03-31", berlin), "hour", berlin);
    expect(hours).toHaveLength(23);
    const third = hours[2]?.span;
    expect(third?.from).toBe("2025-03-30T01:00:00Z");
    expect(third && previousSpan(third, berlin).from).toBe("2025-03-30T00:00:00Z");
  });
});

describe("layers", () => {
  it("never puts overlapping stretches together and loses none", () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
      .map(([start, length]) =>
        spanOfDays(addDays("2025-03-01", start), addDays("2025-03-01", start + length), berlin),
      );
    fc.assert(
      fc.property(
        fc.uniqueArray(span, { selector: (one) => `${one.from}/${one.to}`, maxLength: 30 }),
        (spans) => {
          const layers = layersOf(spans);
          expect(layers.flat()).toHaveLength(spans.length);
          for (const layer of layers) {
            for (const [index, one] of layer.entries()) {
              const before = layer[index - 1];
              if (before) expect(before.to <= one.from).toBe(true);
            }
          }
        },
      ),
    );
  });

  it("puts totals into one layer and days into another", () => {
    const period = spanOfDays("2025-03-01", "2025-04-01", berlin);
    const before = previousSpan(period, berlin);
    const days = bucketsOf(period, "day", berlin).map((bucket) => bucket.span);
    expect(layersOf([...days, period, before]).map((layer) => layer.length)).toEqual([2, 31]);
  });
});

describe("tiles", () => {
  const march = spanOfDays("2025-03-01", "2025-04-01", berlin);
  const tiled = (grain: "day" | "week" | "hour", ...whole: readonly Span[]) =>
    tilesOf(
      layersOf([
        ...whole,
        ...whole.flatMap((one) => bucketsOf(one, grain, berlin).map(({ span }) => span)),
      ]),
    );

  it("make up a period and the one before it, also across a change of the clock", () => {
    const parts = [
      { from: 0, to: 28 },
      { from: 28, to: 59 },
    ];
    expect(tiled("day", march, previousSpan(march, berlin))).toEqual([parts]);
    expect(tiled("hour", march)).toEqual([[{ from: 0, to: 31 * 24 - 1 }]]);
  });

  it("are none where a stretch has parts that are not there", () => {
    const day = spanOfDays("2025-03-05", "2025-03-06", berlin);
    expect(tilesOf(layersOf([march, day]))).toBeNull();
    expect(tilesOf([[march]])).toEqual([]);
  });
});

describe("default period", () => {
  it.each([
    ["2011-12-09T12:50:00Z", undefined, "2011-11-01", "2011-12-01"],
    ["2025-06-30T18:00:00Z", undefined, "2025-06-01", "2025-07-01"],
    ["2025-07-01T00:00:00Z", undefined, "2025-06-01", "2025-07-01"],
    ["2025-12-31 00:00:00", undefined, "2025-12-01", "2026-01-01"],
    ["2025-03-05 00:00:00", "2025-03-05", "2025-03-05", "2025-03-06"],
    ["2025-06-20T10:00:00Z", "2025-06-05", "2025-06-05", "2025-06-21"],
    ["2025-06-20T10:00:00Z", "2025-05-20", "2025-05-20", "2025-06-21"],
  ])("is the last full month at %s (first day %s)", (asOf, firstDay, from, to) => {
    expect(lastFullPeriod(asOf, defaultSettings, firstDay)).toEqual({ from, to });
  });
});
