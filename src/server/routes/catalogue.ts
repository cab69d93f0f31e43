import { existsSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { z } from "@hono/zod-openapi";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { formulaMaths } from "../../catalogue/maths.ts";
import type { Metric, MetricVariant } from "../../catalogue/metric.ts";
import { sharedDimensions } from "../../catalogue/shared-dimensions.ts";
import { formulaWords, metricText, variantName } from "../../catalogue/words.ts";
import { writtenFormula } from "../../catalogue/written-formula.ts";
import { type Dimension, dimensions } from "../../derive/dimensions.ts";
import { derivedTables } from "../../derive/tables.ts";
import { LastpennyError } from "../../errors.ts";
import { printGroup } from "../../figures/print.ts";
import { metricTexts } from "../../locales/locales.ts";
import { type Locale, locales } from "../../locales/translate.ts";
import { identifier, join, literal, sql } from "../../sql/fragment.ts";
import type { Store } from "../../store/store.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { languageQuery } from "../schemas/basics.ts";
import * as schemas from "../schemas/catalogue.ts";

type ShownMetric = z.input<typeof schemas.metric>;

/** Routes about what can be asked for. */
export const catalogueEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/api/catalogue",
    group: "Catalogue",
    summary: "Every metric with its words, formulas and dimensions",
    query: languageQuery,
    answer: schemas.catalogue,
    run: async ({ locale }, { owner }) => {
      const { catalogue } = owner.workspace();
      const json = await owner.readOnce(`catalogue ${locale}`, async () =>
        JSON.stringify(shownCatalogue(catalogue, locale)),
      );
      return { json };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/catalogue/{metric}",
    group: "Catalogue",
    summary: "One metric",
    params: z.object({ metric: z.string().max(200) }),
    query: languageQuery,
    answer: schemas.metric,
    run: async ({ params, locale }, { owner }) => {
      const { catalogue } = owner.workspace();
      return shownMetric(catalogue.resolve(params.metric).metric, catalogue, locale);
    },
  }),
  endpoint({
    method: "get",
    path: "/api/dimensions/{dimension}/values",
    group: "Catalogue",
    summary: "Values of a dimension, the most frequent first",
    params: z.object({ dimension: z.enum(dimensions) }),
    query: schemas.valuesQuery,
    answer: schemas.values,
    run: async ({ params: { dimension }, query: { search, limit }, locale }, { owner }) => {
      const name = `values ${JSON.stringify([dimension, search, limit])}`;
      const found = await owner.readOnce(name, ({ store }) =>
        valuesOf(store, dimension, search, limit),
      );
      return {
        dimension,
        values: found.map((one) => ({ ...one, text: printGroup(one.value, locale) })),
      };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/own-metrics",
    group: "Catalogue",
    summary: "The workspace's own metrics as its file writes them",
    query: languageQuery,
    answer: schemas.ownMetrics,
    run: async (_asked, { owner }) => {
      const { folder, catalogue } = owner.workspace();
      const path = joinPath(folder, "metrics.yaml");
      const exists = existsSync(path);
      return {
        file: "metrics.yaml",
        exists,
        text: exists ? readFileSync(path, "utf8") : "",
        metrics: catalogue.metrics.filter(isOwn).map(({ id }) => id),
      };
    },
  }),
];

const isOwn = ({ texts }: Metric): boolean => texts !== undefined;

function shownCatalogue(catalogue: Catalogue, locale: Locale): z.input<typeof schemas.catalogue> {
  const texts = metricTexts(locale);
  const names: Readonly<Record<string, string>> = texts.dimensions;
  const families = [...new Set(catalogue.metrics.map(({ family }) => family))];
  return {
    metrics: catalogue.metrics.map((metric) => shownMetric(metric, catalogue, locale)),
    dimensions: dimensions.map((id) => ({ id, name: names[id] ?? id })),
    families: families.map((id) => ({ id, name: texts.families[id] })),
  };
}

function shownMetric(metric: Metric, catalogue: Catalogue, locale: Locale): ShownMetric {
  const texts = metricTexts(locale);
  const units: Readonly<Record<string, string>> = texts.units;
  const { id, family, version, unit, good } = metric;
  return {
    ...{ id, family, version, unit, good, ...metricText(metric, texts) },
    familyName: texts.families[family],
    unitName: units[unit] ?? unit,
    synonyms: synonymsOf(metric),
    isOwn: isOwn(metric),
    dimensions: sharedDimensions(catalogue.resolve(id).measures),
    caveats: metric.caveats ?? [],
    benchmark: metric.benchmark ?? null,
    variants: metric.variants.map((variant) => shownVariant(metric, variant, catalogue, locale)),
  };
}

function shownVariant(
  metric: Metric,
  variant: MetricVariant,
  catalogue: Catalogue,
  locale: Locale,
): ShownMetric["variants"][number] {
  const texts = metricTexts(locale);
  const words = formulaWords(catalogue, texts);
  const { formula, measures } = catalogue.resolve(`${metric.id}@${variant.id}`);
  return {
    id: variant.id,
    name: variantName(metric, variant, texts),
    formula: variant.formula,
    words: writtenFormula(formula, words),
    maths: formulaMaths(formula, words),
    measures: measures.map(({ id }) => id),
    dimensions: sharedDimensions(measures),
    isCohort: variant.cohort !== undefined,
  };
}

/** Names in every language, other ids, and the id as words: what somebody may type. */
function synonymsOf(metric: Metric): readonly string[] {
  const names = locales.map((locale) => metricText(metric, metricTexts(locale)).name);
  const ids = [metric.id, ...Object.keys(metric.aliases ?? {})];
  return [...new Set([...names, ...ids, ...ids.map((id) => id.replaceAll("_", " "))])];
}

interface DimensionValue {
  readonly value: string | null;
  readonly rows: string;
}

async function valuesOf(
  store: Store,
  dimension: Dimension,
  search: string,
  limit: number,
): Promise<readonly DimensionValue[]> {
  const facts = derivedTables.flatMap((table) => {
    const columns: Readonly<Partial<Record<Dimension, string>>> = table.dimensions;
    const column = columns[dimension];
    return column === undefined ? [] : [{ name: table.name, column: identifier(column) }];
  });
  if (facts.length === 0) {
    throw new LastpennyError("dimension_unknown", `no rows carry the dimension ${dimension}`);
  }
  const { textOf } = store.dialect;
  const counts = facts.map(
    ({ name, column }) =>
      sql`SELECT ${textOf(column)} AS "value", count(*) AS "n" FROM ${identifier("derived", name)} GROUP BY 1`,
  );
  const wanted = search === "" ? sql`TRUE` : sql`contains(lower("value"), lower(${search}))`;
  const rows = await store.query(
    sql`SELECT "value", CAST(sum("n") AS VARCHAR) AS "rows" FROM (${join(counts, " UNION ALL ")}) AS counted
      WHERE ${wanted} GROUP BY 1 ORDER BY sum("n") DESC, 1 LIMIT ${literal(limit)}`,
  );
  return rows.map((row) => ({
    value: row.value === null || row.value === undefined ? null : String(row.value),
    rows: String(row.rows),
  }));
}
