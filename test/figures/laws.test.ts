import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedDimensions } from "../../src/catalogue/shared-dimensions.ts";
import { dimensions } from "../../src/derive/dimensions.ts";
import { derivedTables } from "../../src/derive/tables.ts";
import { answer } from "../../src/figures/answer.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { explain } from "../../src/figures/explain.ts";
import type { Answer } from "../../src/figures/figure.ts";
import { requestOf } from "../../src/figures/request.ts";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { add, parseExact, toExactDecimal, zero } from "../../src/ledger/exact.ts";
import { type Seed, type SeedRow, seededWorkspace } from "./workspace.ts";

/** Rows for every derived table, by a small generator with a fixed seed: every column is filled by its type. */
function randomSeed(seed: number, count: number): Seed {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const kinds: Readonly<Record<string, readonly string[]>> = {
    kind: ["page_viewed", "ad_click", "social_like", "csat", "nps", "followers", "email_opened"],
    medium: ["email", "sms"],
    stage: ["mql", "sql", "lead"],
    state: ["won", "lost", "open", "inactive"],
    cost_kind: ["media", "licence", "staff"],
    line_type: ["sale", "refund", "shipping"],
    order_kind: ["new", "upsell", "cross_sell"],
    started_by: ["subscribed", "imported"],
    excluded: ["rate_missing"],
    currency: ["EUR", "XYZ"],
  };
  const instant = () =>
    new Date(Date.UTC(2025, 0, 1) + next(120 * 86_400) * 1000).toISOString().slice(0, 19);
  const text = (column: string) => {
    const values = kinds[column] ?? ["a", "b", "c"];
    return values[next(values.length)] ?? null;
  };
  const byType: Readonly<Record<string, (column: string) => string | number | boolean | null>> = {
    text,
    json: text,
    time: () => instant().replace("T", " "),
    day: () => instant().slice(0, 10),
    boolean: () => next(2) === 0,
    money: () => `${next(20_000) - 4000}.${next(100)}`,
    number: () => next(1000) / 8,
  };
  const valueFor = (column: string, type: string) => {
    const isMissing = next(10) < (column === "excluded" ? 9 : 1);
    return isMissing ? null : (byType[type]?.(column) ?? next(40));
  };
  return Object.fromEntries(
    derivedTables.map(({ name, columns }) => {
      if (name === "coverage" || name === "identity_map") return [name, []];
      const rows: SeedRow[] = Array.from({ length: count }, () =>
        Object.fromEntries(
          Object.entries(columns).map(([column, { type }]) => [column, valueFor(column, type)]),
        ),
      );
      return [name, rows];
    }),
  );
}

let context: FiguresContext;
beforeAll(async () => {
  context = await seededWorkspace(randomSeed(7, 60), { time_zone: "America/New_York" });
});
afterAll(() => context.store.close());

const period = { from: "2025-02-01", to: "2025-04-01" } as const;

const dimensionsOf = (metric: string) => {
  const [asked] = requestOf(context, { metrics: [metric], ...period }).metrics;
  return asked ? sharedDimensions(asked.measures) : [];
};

/** The whole figure of each metric over the whole period, as text: comparing thousands of objects is slow. */
const totalsOf = ({ figures }: Answer) =>
  new Map(
    figures
      .filter(({ bucket, group }) => bucket === null && Object.keys(group).length === 0)
      .map((figure) => [`${figure.metric}@${figure.variant}`, JSON.stringify(figure)]),
  );

describe("laws of figures", () => {
  it("answers every metric, in every variant, by every dimension it offers, with the same total each time", async () => {
    const references = context.catalogue.metrics.flatMap(({ id, variants }) =>
      variants.map((variant) => `${id}@${variant.id}`),
    );
    const offers = references.map((metric) => ({ metric, offered: dimensionsOf(metric) }));
    const totals = new Map<string, string>();
    let answered = 0;
    for (const [place, dimension] of [null, ...dimensions].entries()) {
      const metrics = offers
        .filter(({ offered }) => dimension === null || offered.includes(dimension))
        .map(({ metric }) => metric);
      if (metrics.length === 0) continue;
      answered += metrics.length;
      const by = dimension ? { by: [dimension] } : {};
      // The grains take turns, so that every metric meets both of them.
      const grain = place % 2 === 0 ? "month" : "fiscal_quarter";
      const question = { metrics, ...period, compare: "previous", grain, ...by } as const;
      const found = totalsOf(await answer(context, question));
      const differing = [...found].filter(
        ([metric, text]) => text !== (totals.get(metric) ?? text),
      );
      expect([dimension, differing]).toEqual([dimension, []]);
      for (const [metric, text] of found) totals.set(metric, text);
    }
    expect(totals.size).toBe(references.length);
    expect(answered).toBeGreaterThan(1500);
  }, 120_000);

  it("gives the same answer to the same question", async () => {
    const metrics = context.catalogue.metrics
      .map(({ id }) => id)
      .filter((metric) => dimensionsOf(metric).includes("channel"));
    const question = {
      metrics,
      ...period,
      compare: "year",
      by: ["channel"],
      grain: "month",
    } as const;
    const first = JSON.stringify(await answer(context, question));
    expect(JSON.stringify(await answer(context, question)) === first).toBe(true);
  });

  it("ties the rows behind every measure to its value", async () => {
    const seen = new Set<string>();
    for (const { id, variants } of context.catalogue.metrics) {
      for (const variant of variants) {
        const metric = `${id}@${variant.id}`;
        const { measures } = context.catalogue.resolve(metric);
        if (measures.every((measure) => seen.has(measure.id))) continue;
        for (const measure of measures) seen.add(measure.id);
        const question = { metrics: [metric], ...period, compare: "none" } as const;
        const { rows } = await explain(context, question, { rowLimit: 1 });
        expect([metric, rows.filter(({ ties }) => !ties)]).toEqual([metric, []]);
      }
    }
    expect(seen.size).toBeGreaterThan(100);
  }, 120_000);

  it("gives totals of a breakdown that equal the figure without it, and of a filter that keeps everything", async () => {
    const metrics = [
      "revenue",
      "cac",
      "visitors",
      "open_rate",
      "win_rate",
      "sales_cycle_length",
      "active_customers",
      "csat_score",
      "roi",
      "influenced_revenue",
      "influenced_revenue_share",
      "sourced_revenue",
    ];
    for (const metric of metrics) {
      const [plain] = (await answer(context, { metrics: [metric], ...period })).figures;
      for (const dimension of dimensionsOf(metric)) {
        const grouped = await answer(context, {
          metrics: [metric],
          ...period,
          by: [dimension],
          grain: "month",
        });
        expect(grouped.figures[0]).toEqual(plain);
        const filter = `${dimension} is null or ${dimension} is not null`;
        const filtered = await answer(context, { metrics: [metric], ...period, filter });
        expect(filtered.figures[0]).toEqual(plain);
      }
    }
  });

  it("gives credits under every model with totals that equal the figure alone and rows that tie", async () => {
    const metrics = ["attributed_revenue", "attributed_conversions", "roi@margin", "roas"];
    for (const model of attributionModels) {
      const question = { metrics, ...period, attribution: { model } } as const;
      const plain = await answer(context, question);
      const grouped = await answer(context, { ...question, by: ["channel"], grain: "month" });
      expect(totalsOf(grouped)).toEqual(totalsOf(plain));
      expect(plain.figures.map(({ attribution }) => attribution?.model)).toContain(model);
      const asked = { ...question, metrics: ["attributed_revenue"], compare: "none" } as const;
      const explained = await explain(context, asked, { rowLimit: 1 });
      expect([model, explained.ties]).toEqual([model, true]);
    }
  }, 60_000);

  it("adds the groups of an additive figure up to its total, and its days to its period", async () => {
    for (const metric of [
      "revenue",
      "orders",
      "cost",
      "email_opens",
      "pipeline_created",
      "attributed_revenue",
      "attributed_customers",
    ]) {
      const { figures, buckets } = await answer(context, {
        metrics: [metric],
        ...period,
        by: ["channel"],
        grain: "day",
      });
      const sum = (values: readonly (string | null)[]) =>
        toExactDecimal(
          values.reduce(
            (total, value) => (value === null ? total : add(total, parseExact(value))),
            zero,
          ),
        );
      const total = figures[0]?.value;
      const ofGroups = figures.filter(({ group, bucket }) => "channel" in group && bucket === null);
      const ofDays = figures.filter(
        ({ group, bucket }) => !("channel" in group) && bucket !== null,
      );
      expect(ofDays).toHaveLength(buckets.length);
      expect(Number(sum(ofGroups.map(({ value }) => value)))).toBe(Number(total));
      expect(Number(sum(ofDays.map(({ value }) => value)))).toBe(Number(total));
    }
  });

  it("splits rows between a filter and its negation without losing one", async () => {
    const test = fc.oneof(
      fc.constantFrom(
        'channel = "a"',
        "channel is null",
        'country contains "B"',
        'product in ("a", "c")',
      ),
    );
    const filter = fc.oneof(
      test,
      fc.tuple(test, test).map(([a, b]) => `${a} and not ${b}`),
      fc.tuple(test, test, test).map(([a, b, c]) => `(${a} or ${b}) and ${c}`),
    );
    const valueWith = async (text: string | undefined) => {
      const question = { metrics: ["revenue"], ...period, ...(text ? { filter: text } : {}) };
      return parseExact((await answer(context, question)).figures[0]?.value ?? "0");
    };
    const total = await valueWith(undefined);
    await fc.assert(
      fc.asyncProperty(filter, async (text) => {
        const [kept, rest] = [await valueWith(text), await valueWith(`not (${text})`)];
        expect(add(kept, rest)).toEqual(total);
      }),
      { numRuns: 25 },
    );
  });
});
