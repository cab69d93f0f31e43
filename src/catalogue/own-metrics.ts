import { type Document, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { derivedTables } from "../derive/tables.ts";
import { LastpennyError } from "../errors.ts";
import type { Column } from "../ledger/table.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import type { Aggregate, Measure, MeasureCondition } from "./measure.ts";
import type { Metric, MetricVariant } from "./metric.ts";
import { didYouMean } from "./nearest.ts";
import { type OwnMetrics, ownMetricsSchema } from "./own-schema.ts";

type Path = readonly (string | number)[];
type OwnMeasure = OwnMetrics["measures"][string];
type OwnMetric = OwnMetrics["metrics"][string];

/** A file of definitions, and where each of its values stands. */
interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

const reserved = ["previous", "change", "min", "max", "days", "months", "fte_hours", "and", "or"];
const numeric = ["number", "count", "money"];

/** Line and column of the nearest value at or above a path. */
function placeOf({ document, lines }: Source, path: Path): { line: number; column: number } {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const isQuoted = isScalar(node) && node.type?.startsWith("QUOTE_");
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col + (isQuoted ? 1 : 0) };
  }
  return { line: 1, column: 1 };
}

function refuse(
  source: Source,
  path: Path,
  message: string,
  code: "metric_invalid" | "formula_invalid" = "metric_invalid",
): LastpennyError {
  const { line, column } = placeOf(source, path);
  const where = path.length > 0 ? `${path.join(".")}: ` : "";
  return new LastpennyError(code, `${source.file}:${line}:${column}: ${where}${message}`, {
    file: source.file,
    line: String(line),
    column: String(column),
    path: path.join("."),
  });
}

function parsed(source: Source): OwnMetrics {
  const [problem] = source.document.errors;
  if (problem) {
    const { line, col } = problem.linePos?.[0] ?? { line: 1, col: 1 };
    const [what = ""] = problem.message.split(" at line ");
    throw new LastpennyError("metric_invalid", `${source.file}:${line}:${col}: ${what}`, {
      file: source.file,
      line: String(line),
      column: String(col),
    });
  }
  const result = ownMetricsSchema.safeParse(source.document.toJS() ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === "number" ? part : String(part)));
  throw refuse(source, path, issue?.message ?? "not a valid definition");
}

/** Finds a column of the fact or says which one was probably meant. */
function columnOf(source: Source, path: Path, fact: string, name: string): Column {
  const table = derivedTables.find((one) => one.name === fact);
  const columns: Readonly<Record<string, Column>> = table?.columns ?? {};
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column) return column;
  const hint = didYouMean(name, Object.keys(columns));
  throw refuse(source, path, `${fact} has no column \`${name}\`${hint}`);
}

function aggregateOf(
  source: Source,
  path: Path,
  { fact, aggregate }: OwnMeasure,
): { readonly aggregate: Aggregate; readonly unit: Measure["unit"] } {
  if (aggregate === "count") return { aggregate: { op: "count" }, unit: "count" };
  if ("credit" in aggregate) {
    if (fact !== "credits")
      throw refuse(
        source,
        [...path, "aggregate", "credit"],
        `only credits hold credit, not ${fact}`,
      );
    const { credit } = aggregate;
    return {
      aggregate: { op: "credit", of: credit },
      unit: credit === "amount" ? "money" : "number",
    };
  }
  const number = (key: string, name: string): Measure["unit"] => {
    const { type } = columnOf(source, [...path, "aggregate", key], fact, name);
    if (!numeric.includes(type))
      throw refuse(source, [...path, "aggregate", key], `column \`${name}\` holds no numbers`);
    return type === "money" || type === "count" ? type : "number";
  };
  if ("distinct" in aggregate) {
    columnOf(source, [...path, "aggregate", "distinct"], fact, aggregate.distinct);
    return { aggregate: { op: "distinct", column: aggregate.distinct }, unit: "count" };
  }
  if ("sum" in aggregate)
    return {
      aggregate: { op: "sum", column: aggregate.sum },
      unit: number("sum", aggregate.sum),
    };
  const averaged = (key: string, column: string): Measure["unit"] =>
    number(key, column) === "money" ? "money" : "number";
  if ("mean" in aggregate)
    return {
      aggregate: { op: "mean", column: aggregate.mean },
      unit: averaged("mean", aggregate.mean),
    };
  const [key, column, share] =
    "median" in aggregate
      ? (["median", aggregate.median, 0.5] as const)
      : (["quantile", aggregate.quantile, aggregate.share] as const);
  return { aggregate: { op: "quantile", column, share }, unit: averaged(key, column) };
}

function conditionOf(
  source: Source,
  path: Path,
  fact: string,
  column: string,
  wanted: NonNullable<OwnMeasure["where"]>[string],
): MeasureCondition {
  const { type } = columnOf(source, path, fact, column);
  const isPlain = typeof wanted !== "object" || Array.isArray(wanted);
  if (!isPlain && "missing" in wanted) return { column, isNull: wanted.missing };
  if (!isPlain && ("at_least" in wanted || "at_most" in wanted)) {
    if (!numeric.includes(type)) throw refuse(source, path, `\`${column}\` holds no numbers`);
    return "at_least" in wanted
      ? { column, atLeast: wanted.at_least }
      : { column, atMost: wanted.at_most };
  }
  const value = isPlain ? wanted : wanted.not;
  const allowed = typeof value === "boolean" ? "boolean" : "text";
  if (type !== allowed)
    throw refuse(
      source,
      path,
      `\`${column}\` holds ${type}, which cannot be compared with ${allowed}`,
    );
  return isPlain ? { column, is: value } : { column, isNot: value };
}

function measureOf(source: Source, id: string, own: OwnMeasure): Measure {
  const path = ["measures", id];
  const facts = derivedTables.filter((table) => "time" in table).map((table) => table.name);
  const fact = facts.find((name) => name === own.fact);
  if (!fact)
    throw refuse(
      source,
      [...path, "fact"],
      `unknown fact \`${own.fact}\`${didYouMean(own.fact, facts)} (there are ${facts.join(", ")})`,
    );
  const conditions = Object.entries(own.where ?? {}).map(([column, wanted]) =>
    conditionOf(source, [...path, "where", column], fact, column, wanted),
  );
  if (own.time !== undefined) {
    const { type } = columnOf(source, [...path, "time"], fact, own.time);
    if (type !== "time" && type !== "day")
      throw refuse(source, [...path, "time"], `column \`${own.time}\` holds no time`);
  }
  return {
    id,
    fact,
    ...(own.name === undefined ? {} : { name: own.name }),
    ...aggregateOf(source, path, own),
    ...(own.time === undefined ? {} : { time: own.time }),
    ...(conditions.length > 0 ? { where: { all: conditions } } : {}),
  };
}

function metricOf(id: string, own: OwnMetric): Metric {
  const { name = id, meaning = "", low = "", high = "", act = "", formula, variants } = own;
  const { family, unit, good, version } = own;
  const [first, ...rest]: readonly MetricVariant[] = formula
    ? [{ id: "default", formula }]
    : Object.entries(variants ?? {}).map(([variant, text]) => ({ id: variant, formula: text }));
  if (!first) throw new Error(`own metric ${id} has no formula`);
  const texts = { name, meaning, low, high, act };
  return { id, family, version, unit, good, variants: [first, ...rest], texts };
}

function checkNames(source: Source, own: OwnMetrics, base: Catalogue): void {
  const taken = new Set([...reserved, ...base.measures.map((measure) => measure.id)]);
  for (const { id, aliases = {} } of base.metrics)
    for (const name of [id, ...Object.keys(aliases)]) taken.add(name);
  for (const section of ["measures", "metrics"] as const)
    for (const id of Object.keys(own[section])) {
      if (taken.has(id))
        throw refuse(source, [section, id], `the name \`${id}\` is taken; choose another`);
      taken.add(id);
    }
}

function checkFormulas(source: Source, own: OwnMetrics, catalogue: Catalogue): void {
  for (const [id, { formula, variants = {} }] of Object.entries(own.metrics)) {
    const written: readonly (readonly [string, Path])[] = formula
      ? [["default", ["metrics", id, "formula"]]]
      : Object.keys(variants).map((variant) => [variant, ["metrics", id, "variants", variant]]);
    for (const [variant, path] of written) {
      try {
        catalogue.resolve(`${id}@${variant}`);
      } catch (error) {
        if (!(error instanceof LastpennyError)) throw error;
        throw refuse(source, path, error.message, "formula_invalid");
      }
    }
  }
}

/**
 * Adds a workspace's own measures and metrics to a catalogue. Everything is checked against facts, columns and known names
 * before any figure is computed.
 *
 * @param text content of `metrics.yaml`
 * @param file its name, for messages
 * @param base the catalogue to extend
 * @throws metric_invalid with file, line and column; formula_invalid also with the position in the formula
 */
export function withOwnMetrics(text: string, file: string, base: Catalogue): Catalogue {
  const lines = new LineCounter();
  const source = { file, lines, document: parseDocument(text, { lineCounter: lines }) };
  const own = parsed(source);
  checkNames(source, own, base);
  const measures = Object.entries(own.measures).map(([id, one]) => measureOf(source, id, one));
  const metrics = Object.entries(own.metrics).map(([id, one]) => metricOf(id, one));
  const catalogue = createCatalogue([...base.measures, ...measures], [...base.metrics, ...metrics]);
  checkFormulas(source, own, catalogue);
  return catalogue;
}
