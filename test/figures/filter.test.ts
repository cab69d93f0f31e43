import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LastpennyError } from "../../src/errors.ts";
import { type Filter, filterText, parseFilter } from "../../src/figures/filter.ts";

function errorOf(text: string): LastpennyError {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof LastpennyError) return error;
  }
  throw new Error(`parsed: ${text}`);
}

/** The tree without positions, which depend on how it is written. */
function withoutPositions(filter: Filter): unknown {
  switch (filter.op) {
    case "and":
    case "or":
      return { op: filter.op, parts: filter.parts.map(withoutPositions) };
    case "not":
      return { op: "not", part: withoutPositions(filter.part) };
    default:
      return { ...filter, position: 0 };
  }
}

const test = fc.oneof(
  fc.record({
    op: fc.constant("in" as const),
    dimension: fc.constantFrom("country", "channel", "campaign"),
    position: fc.constant(0),
    values: fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    op: fc.constant("contains" as const),
    dimension: fc.constantFrom("country", "campaign"),
    position: fc.constant(0),
    text: fc.string(),
  }),
  fc.record({
    op: fc.constant("null" as const),
    dimension: fc.constantFrom("country", "campaign"),
    position: fc.constant(0),
  }),
);

const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: "small" },
    test as fc.Arbitrary<Filter>,
    fc.record({
      op: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
    }) as fc.Arbitrary<Filter>,
    fc.record({ op: fc.constant("not" as const), part: tie("filter") }) as fc.Arbitrary<Filter>,
  ),
})).filter;

describe("filters", () => {
  it("binds not closest, then and, then or", () => {
    const parsed = parseFilter(
      'country = "DE" or not channel in ("email", "sms") and campaign is null',
    );
    expect(withoutPositions(parsed)).toEqual({
      op: "or",
      parts: [
        { op: "in", dimension: "country", values: ["DE"], position: 0 },
        {
          op: "and",
          parts: [
            {
              op: "not",
              part: { op: "in", dimension: "channel", values: ["email", "sms"], position: 0 },
            },
            { op: "null", dimension: "campaign", position: 0 },
          ],
        },
      ],
    });
  });

  it("reads quotes written twice, single quotes, numbers and capital words", () => {
    expect(parseFilter("campaign NOT CONTAINS 'it''s'")).toMatchObject({
      op: "not",
      part: { op: "contains", text: "it's" },
    });
    expect(parseFilter('product = "say ""hi"""')).toMatchObject({ values: ['say "hi"'] });
    expect(parseFilter("product != 12.5")).toMatchObject({ op: "not", part: { values: ["12.5"] } });
  });

  it.each([
    ["country =", "10"],
    ['country = "DE" and', "19"],
    ['country == "DE"', "10"],
    ['country in ("DE"', "17"],
    ['(country = "DE"', "16"],
    ["country = DE", "11"],
    ['"DE" = country', "1"],
    ["country ~ 'x'", "9"],
    ["country is empty", "12"],
    ['country = "DE" country', "16"],
  ])("names the position of the fault in %s", (text, position) => {
    expect(errorOf(text)).toMatchObject({ code: "filter_invalid", details: { position } });
  });

  it("parses what it writes", () => {
    fc.assert(
      fc.property(filter, (tree) => {
        const text = filterText(tree);
        expect(withoutPositions(parseFilter(text))).toEqual(withoutPositions(tree));
      }),
    );
  });

  it("never fails with anything but its own error", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          expect(error).toBeInstanceOf(LastpennyError);
        }
      }),
    );
  });
});
