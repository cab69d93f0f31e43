import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.ts";
import { withOwnMetrics } from "../../src/catalogue/own-metrics.ts";
import { formulaWords, metricText } from "../../src/catalogue/words.ts";
import { writtenFormula } from "../../src/catalogue/written-formula.ts";
import { metricTexts } from "../../src/locales/locales.ts";

const read = (text: string) => withOwnMetrics(text, "metrics.yaml", catalogue);

describe("own metrics", () => {
  it("work as the documentation shows them", () => {
    const page = readFileSync(new URL("../../docs/own-metrics.md", import.meta.url), "utf8");
    const [, example = ""] = page.match(/```yaml\n([\s\S]*?)```/) ?? [];
    const own = read(example);
    expect(own.measure("demo_requests")).toEqual({
      id: "demo_requests",
      name: "Demo requests",
      fact: "conversions",
      aggregate: { op: "count" },
      unit: "count",
      where: {
        all: [
          { column: "goal", is: "demo" },
          { column: "country", is: ["DE", "AT", "CH"] },
        ],
      },
    });
    expect(own.measure("big_orders").where).toEqual({
      all: [
        { column: "sales", atLeast: 1000 },
        { column: "order_kind", isNot: "renewal" },
      ],
    });
    const { metric, formula } = own.resolve("cost_per_demo@acquisition");
    expect(metricText(metric, metricTexts("id")).name).toBe("Cost per demo request");
    expect(writtenFormula(formula, formulaWords(own, metricTexts("en")))).toBe(
      "Acquisition cost ÷ Demo requests",
    );
  });

  it("may count credit, by whatever model is asked for", () => {
    const own = read(
      "measures:\n  brand_credit:\n    fact: credits\n    aggregate: {credit: amount}\n    where: {campaign: brand, touch: {missing: false}}\n",
    );
    expect(own.measure("brand_credit")).toMatchObject({
      aggregate: { op: "credit", of: "amount" },
      unit: "money",
    });
  });

  it("may be empty", () => {
    expect(read("").metrics).toHaveLength(catalogue.metrics.length);
    expect(read("# nothing yet\n").metrics).toHaveLength(catalogue.metrics.length);
  });

  const metric = (formula: string) =>
    `metrics:\n  margin_share:\n    unit: percent\n    formula: ${formula}\n`;
  const measure = (...lines: readonly string[]) =>
    `measures:\n  mine:\n${lines.map((line) => `    ${line}\n`).join("")}`;

  it.each([
    [
      metric("reveneu / cost"),
      "metrics.yaml:4:14: metrics.margin_share.formula: unknown measure `reveneu` at position 1; did you mean `revenue`?",
    ],
    [metric("(revenue"), "expected `)` but found the end at position 9"],
    [metric("margin_share + 1"), "goes in a circle"],
    [
      "metrics:\n  cac:\n    unit: money\n    formula: cost\n",
      "3:5: metrics.cac: the name `cac` is taken",
    ],
    ["measures:\n  days: {fact: sessions, aggregate: count}\n", "the name `days` is taken"],
    ["metrics:\n  x: {unit: money}\n", "give either formula or variants"],
    ["metrics:\n  x: {unit: euro, formula: cost}\n", "metrics.yaml:2:13: metrics.x.unit:"],
    ["metrics: [\n", "metrics.yaml:2:1:"],
    ["metric:\n  x: 1\n", 'Unrecognized key: "metric"'],
    [
      measure("fact: session", "aggregate: count"),
      "3:11: measures.mine.fact: unknown fact `session`; did you mean `sessions`?",
    ],
    [measure("fact: sessions", "aggregate: {sum: secnds}"), "did you mean `seconds`?"],
    [measure("fact: sessions", "aggregate: {sum: channel}"), "`channel` holds no numbers"],
    [measure("fact: sessions", "aggregate: total"), "expected count, {sum: column}"],
    [measure("fact: sessions", "aggregate: {credit: amount}"), "only credits hold credit"],
    [
      measure("fact: sessions", "aggregate: count", "where: {chanel: email}"),
      "did you mean `channel`?",
    ],
    [
      measure("fact: sessions", "aggregate: count", "where: {bounced: yes please}"),
      "holds boolean, which cannot be compared with text",
    ],
    [
      measure("fact: sessions", "aggregate: count", "where: {channel: {at_least: 3}}"),
      "`channel` holds no numbers",
    ],
    [measure("fact: sessions", "aggregate: count", "time: channel"), "holds no time"],
  ])("are refused with file, line and reason: %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
