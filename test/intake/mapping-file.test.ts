import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LastpennyError } from "../../src/errors.ts";
import { readMapping, writeMapping } from "../../src/intake/mapping-file.ts";
import { when } from "../../src/sources/expressions.ts";
import { sources } from "../../src/sources/index.ts";
import type { Condition, Expression, Source } from "../../src/sources/source.ts";

const words = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    "Close value",
    "a'b",
    'a"b',
    "x=y",
    "true",
    "1.50",
    "otherwise",
    "",
    " ",
    "客户",
    "a, b",
    "(c)",
    "\n",
    "__proto__",
  ),
);
const constants = fc.oneof(
  words,
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
);

/** Every expression and condition, nested. */
const { expression, condition } = fc.letrec<{ expression: Expression; condition: Condition }>(
  (tie) => {
    const of = tie("expression");
    const several = fc.array(of, { minLength: 1, maxLength: 3 });
    const unary = (op: string) => fc.record({ op: fc.constant(op), of });
    const list = (op: string) => fc.record({ op: fc.constant(op), of: several });
    const optional = { requiredKeys: ["op", "of"] as ["op", "of"] };
    const anyExpression: readonly fc.Arbitrary<unknown>[] = [
      fc.record({ op: fc.constant("text"), column: words }),
      fc.record({
        op: fc.constant("text"),
        column: words,
        path: fc.array(words, { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ op: fc.constant("constant"), value: constants }),
      fc.record(
        {
          op: fc.constant("time"),
          of,
          zone: words,
          unit: fc.constantFrom("seconds", "milliseconds"),
        },
        optional,
      ),
      fc.record(
        { op: fc.constant("money"), of, unit: fc.constantFrom("micros", "cents") },
        optional,
      ),
      ...["day", "number", "boolean", "currency", "clickId", "lower", "negative", "absolute"].map(
        unary,
      ),
      ...["accountId", "accountDomain", "personId"].map(unary),
      fc
        .record(
          {
            op: fc.constant("oneOf"),
            of,
            values: fc.dictionary(words, words),
            otherwise: fc.option(words),
          },
          { requiredKeys: ["op", "of", "values"] },
        )
        // Records made by letrec have no prototype; a mapping's have the usual one.
        .map((one) => ({ ...one, values: Object.fromEntries(Object.entries(one.values ?? {})) })),
      ...["first", "sum", "product"].map(list),
      fc.record({ op: fc.constant("joined"), of: several, with: words }),
      ...["filled", "total"].map((op) => fc.record({ op: fc.constant(op), of, by: words })),
      fc.record({ op: fc.constant("ordinal"), by: several }),
      fc.record({ op: fc.constant("header"), column: words }),
      fc.record(
        {
          op: fc.constant("lookup"),
          table: fc.constantFrom("deals", "orders"),
          key: several,
          column: words,
          waitsFor: words,
          waits: fc.constantFrom("row", "file"),
        },
        { requiredKeys: ["op", "table", "key", "column"] },
      ),
      fc.record({ op: fc.constant("urlParameter"), of, name: words }),
      fc.record({ op: fc.constant("capture"), of, pattern: words }),
      fc.record(
        { op: fc.constant("share"), of, part: of, whole: of, decimals: fc.nat(6) },
        { requiredKeys: ["op", "of", "part", "whole"] },
      ),
      fc
        .tuple(tie("condition"), of, fc.option(of, { nil: undefined }))
        .map(([condition, then, otherwise]) => when(condition, then, otherwise)),
      fc.constant({ op: "content" }),
    ];
    const one = tie("condition");
    const anyCondition: readonly fc.Arbitrary<unknown>[] = [
      fc.record({ test: fc.constant("is"), of, values: fc.array(words, { maxLength: 3 }) }),
      ...["present", "positive", "negative"].map((test) =>
        fc.record({ test: fc.constant(test), of }),
      ),
      fc.record({ test: fc.constant("matches"), of, pattern: words }),
      fc.record({ test: fc.constant("not"), of: one }),
      ...["all", "any"].map((test) =>
        fc.record({ test: fc.constant(test), of: fc.array(one, { maxLength: 2 }) }),
      ),
    ];
    const options = { maxDepth: 3, depthSize: "small" as const, withCrossShrink: true };
    return {
      expression: fc.oneof(options, ...anyExpression) as fc.Arbitrary<Expression>,
      condition: fc.oneof(options, ...anyCondition) as fc.Arbitrary<Condition>,
    };
  },
);

const pipeline = `id: own/pipeline
vendor: own
title: Sales pipeline
columns: [opportunity_id, deal_stage, close_value]
record:
  - into: deals
    key: [opportunity_id]
    when: present(opportunity_id)
    set:
      deal: opportunity_id
      state: oneOf(deal_stage, 'Won'='won', 'Lost'='lost', otherwise='open')
      amount: money("close value")
      currency: "'USD'"
`;

function errorOf(text: string): LastpennyError {
  try {
    readMapping(text, "own.yaml");
  } catch (error) {
    if (error instanceof LastpennyError) return error;
  }
  throw new Error("no error");
}

describe("mapping files", () => {
  it("say in short what a source says in full", () => {
    expect(readMapping(pipeline, "own.yaml").record).toEqual([
      {
        into: "deals",
        key: [{ op: "text", column: "opportunity_id" }],
        when: { test: "present", of: { op: "text", column: "opportunity_id" } },
        set: {
          deal: { op: "text", column: "opportunity_id" },
          state: {
            op: "oneOf",
            of: { op: "text", column: "deal_stage" },
            otherwise: "open",
            values: { Won: "won", Lost: "lost" },
          },
          amount: { op: "money", of: { op: "text", column: "close value" } },
          currency: { op: "constant", value: "USD" },
        },
      },
    ]);
  });

  it("come back as the same source, whatever it says", () => {
    fc.assert(
      fc.property(expression, expression, condition, (key, amount, when) => {
        const source: Source = {
          id: "own/any",
          vendor: "own",
          title: "Any",
          columns: ["a"],
          fileName: /any[^/]\/x/u,
          skip: { when, reason: "nothing to record" },
          record: [
            {
              into: "deals",
              key: [key],
              when,
              who: { email: key, sameAs: [amount] },
              set: { deal: key, state: amount, amount },
            },
          ],
        };
        expect(readMapping(writeMapping(source, ["a note\nover two lines"]), "any.yaml")).toEqual(
          source,
        );
      }),
      { numRuns: 150 },
    );
  });

  it.each(sources.filter((one) => one.record.length > 0).map((one) => [one.id, one] as const))(
    "can say all of %s",
    (_id, source) => {
      const plain = JSON.parse(
        JSON.stringify(source, (_key, value) => (value instanceof RegExp ? String(value) : value)),
      );
      const back = readMapping(writeMapping(source), "source.yaml");
      expect(
        JSON.parse(
          JSON.stringify(back, (_key, value) => (value instanceof RegExp ? String(value) : value)),
        ),
      ).toEqual(plain);
    },
  );

  it.each([
    ["an unknown function", "money(", "monney(", "unknown function monney", "12"],
    ["open brackets", `money("close value")`, "money(close_value", "expected ,", "12"],
    [
      "a column that the table does not have",
      "amount:",
      "ammount:",
      "deals has no column ammount",
      "12",
    ],
    ["a missing column", "      deal: opportunity_id\n", "", "deals needs deal", "10"],
    ["a table that does not exist", "into: deals", "into: dealz", "Invalid option", "6"],
    [
      "a condition that is none",
      "present(opportunity_id)",
      "opportunity_id",
      "expected a condition",
      "8",
    ],
    [
      "a wrong unit",
      `money("close value")`,
      "money(close_value, unit=pennies)",
      "must be one of micros",
      "12",
    ],
    ["a term too many", `money("close value")`, "money(a, b)", "so many terms", "12"],
  ])("name line and field of %s", (_what, from, to, message, line) => {
    const error = errorOf(pipeline.replace(from, to));
    expect(error.code).toBe("mapping_invalid");
    expect(error.message).toContain(message);
    expect(error.details.line).toBe(line);
  });
});
