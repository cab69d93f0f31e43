import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Behind,
  behindIn,
  behindText,
  testsOf,
} from "../../../src/web/features/attribution/behind.ts";
import { binsOf, medianOf } from "../../../src/web/features/attribution/journey-bins.ts";
import {
  journeyFlows,
  pathsOfFlow,
  shortPath,
} from "../../../src/web/features/attribution/journey-flows.ts";

const paths = [
  { path: "ads > email > email > direct", conversions: "3" },
  { path: "email > direct", conversions: "2" },
  { path: "direct", conversions: "4" },
  { path: "social > ads", conversions: "0" },
];

describe("flows of journeys", () => {
  it("join the last different channels before a conversion", () => {
    const { flows, hidden } = journeyFlows(paths);
    const found = flows.map(({ from, to, count }) => [from, to, count]);
    expect(found).toEqual([
      ["1:direct", "0:", 9n],
      ["2:email", "1:direct", 5n],
      ["3:ads", "2:email", 3n],
    ]);
    expect(hidden).toBe(0);
  });

  it("know the paths behind them, whether or not all steps are drawn", () => {
    const expected = [paths[0]?.path, paths[1]?.path];
    expect(pathsOfFlow(paths, "2:email", "1:direct")).toEqual(expected);
    expect(journeyFlows(paths, 1).flows.map(({ count }) => count)).toEqual([9n]);
    expect(pathsOfFlow(paths, "2:nowhere", "1:direct")).toEqual([]);
  });

  it("lead every conversion that has a touch into the conversion, whatever the channels are", () => {
    const channel = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i");
    const path = fc.record({
      path: fc.array(channel, { minLength: 1, maxLength: 8 }).map((steps) => steps.join(" > ")),
      conversions: fc.nat(9).map(String),
    });
    fc.assert(
      fc.property(fc.uniqueArray(path, { selector: (one) => one.path }), (found) => {
        const whole = found.reduce((sum, { conversions }) => sum + BigInt(conversions), 0n);
        const { flows, hidden } = journeyFlows(found, 1);
        const ending = flows.filter(({ to }) => to === "0:");
        expect(ending.reduce((sum, { count }) => sum + count, 0n)).toBe(whole);
        expect(hidden).toBe(0);
      }),
    );
  });
});

describe("a path", () => {
  it("is read with runs of one channel written once", () => {
    expect(shortPath("ads > email > email > email > ads")).toBe("ads > email ×3 > ads");
  });
});

describe("classes of conversions", () => {
  it("have one width, with empty ones between", () => {
    const counted = [
      { at: 1, count: "2" },
      { at: 3, count: "1" },
      { at: 9, count: "0" },
    ];
    expect(binsOf(counted).map(({ from, count }) => [from, count])).toEqual([
      [1, 2n],
      [2, 0n],
      [3, 1n],
    ]);
    expect(medianOf(counted)).toBe(1);
    expect(medianOf([])).toBeNull();
  });

  it("hold every conversion once", () => {
    const counted = fc.uniqueArray(fc.record({ at: fc.nat(400), count: fc.nat(50).map(String) }), {
      selector: ({ at }) => at,
    });
    fc.assert(
      fc.property(counted, (found) => {
        const whole = found.reduce((sum, { count }) => sum + BigInt(count), 0n);
        const bins = binsOf(found);
        expect(bins.reduce((sum, { count }) => sum + count, 0n)).toBe(whole);
        expect(bins.length).toBeLessThanOrEqual(14);
        for (const [index, { from, to }] of bins.entries()) {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(from).toBe(index === 0 ? from : (bins[index - 1]?.to ?? 0) + 1);
        }
      }),
    );
  });
});

describe("the conversions that the address names", () => {
  it("are read as they were written", () => {
    const channel = fc.string({ unit: "grapheme" });
    const behind: fc.Arbitrary<Behind> = fc.oneof(
      fc.record({ kind: fc.constantFrom("touches", "days"), from: fc.nat(999), to: fc.nat(999) }),
      fc.record({
        kind: fc.constant("place" as const),
        at: fc.constantFrom("first", "middle", "last", "only", "assisting", "closing"),
        channel,
      }),
      fc.record({
        kind: fc.constant("flow" as const),
        from: channel.map((name) => `2:${name}`),
        to: channel.map((name) => `1:${name}`),
      }),
      fc.record({ kind: fc.constant("path" as const), path: channel }),
    );
    fc.assert(
      fc.property(behind, (one) => {
        expect(behindIn(behindText(one))).toEqual(one);
      }),
    );
  });

  it("are none where the address says nothing that is known", () => {
    for (const text of [undefined, "", "touches:", "days:a-b", "place:nowhere:email", "flow:[1"]) {
      expect(behindIn(text)).toBeNull();
    }
  });

  it("are asked for by the paths of a flow; a flow that is no more lists none", () => {
    const printed = (value: string) => ({ value, text: value });
    const journeys = {
      paths: paths.map(({ path, conversions }) => ({
        path,
        conversions: printed(conversions),
        value: printed("0"),
        nulls: printed("0"),
        rate: printed("0"),
      })),
    };
    const flow = { kind: "flow", from: "3:ads", to: "2:email" } as const;
    expect(testsOf(flow, journeys)).toEqual({ paths: [paths[0]?.path] });
    expect(testsOf({ ...flow, from: "3:gone" }, journeys)).toEqual({ paths: [""] });
  });
});
