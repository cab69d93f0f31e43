import type { Aggregate, Measure, MeasureCondition } from "../catalogue/measure.ts";
import type { DerivedTable } from "../derive/derived.ts";
import type { Dimension } from "../derive/dimensions.ts";
import { type DerivedTableName, derivedTable } from "../derive/tables.ts";
import type { AttributionModel } from "../ledger/attribution.ts";
import type { Settings } from "../ledger/settings.ts";
import { all, identifier, type Sql } from "../sql/fragment.ts";
import { conditionSql } from "./condition.ts";
import type { FactTime } from "./span-sql.ts";

/** An aggregate over columns of the fact: the model of what is credited is chosen. */
type AskedAggregate = Exclude<Aggregate, { readonly op: "credit" }>;

/** A measure made ready to be asked: its conditions are SQL over the fact's columns. */
export interface AskedMeasure {
  readonly id: string;
  /** What a workspace calls its own measure. */
  readonly name?: string;
  readonly fact: DerivedTableName;
  /** Where the fact's rows lie. */
  readonly table: Sql;
  readonly time: FactTime;
  readonly timeColumn: string;
  readonly aggregate: AskedAggregate;
  readonly condition: Sql | null;
  /** Parts of the condition that all have to hold; statements look at rows only where those of all their measures do. */
  readonly parts: readonly Sql[];
  /** The part of the condition that says which rows the measure is about at all, such as the kind of event. */
  readonly kind: Sql | null;
  readonly isMoney: boolean;
  /** Code of the reason when there are rows and none carries a value. */
  readonly withoutValue?: "not_reached";
  readonly isCount: boolean;
  readonly sameForEvery: ReadonlySet<string>;
  /** Rows that the condition leaves out and that an explanation tells. */
  readonly leavesOut: readonly {
    readonly code: string;
    readonly condition: Sql;
    readonly parts: readonly Sql[];
  }[];
}

/** Columns that say what a row is; the other conditions say what became of it. */
const kindColumns: Readonly<Partial<Record<DerivedTableName, readonly string[]>>> = {
  interactions: ["kind"],
  messages: ["medium"],
  stage_entries: ["stage"],
  cost_days: ["cost_kind"],
  survey_answers: ["kind"],
  audience_days: ["kind"],
  credits: ["touch_class", "is_costed"],
  sourced_lines: ["touch_class"],
};

/**
 * Makes a measure of the catalogue ready.
 *
 * @param measure the catalogue's declaration
 * @param settings lists and limits that its condition names
 * @param model whose credit is meant; that of the settings by default
 */
export function askedMeasure(
  measure: Measure,
  settings: Settings,
  model: AttributionModel = settings.attribution.model,
): AskedMeasure {
  const fact = derivedTable(measure.fact);
  const kinds = kindParts(measure.where, kindColumns[measure.fact] ?? []);
  return {
    id: measure.id,
    ...(measure.name === undefined ? {} : { name: measure.name }),
    fact: measure.fact,
    table: identifier("derived", fact.name),
    ...timeOf(fact, measure.time),
    aggregate: askedAggregate(measure.aggregate, model),
    condition: measure.where ? conditionSql(measure.where, settings) : null,
    parts: partsOf(measure.where).map((part) => conditionSql(part, settings)),
    kind: kinds.length > 0 ? all(kinds.map((part) => conditionSql(part, settings))) : null,
    isMoney: measure.unit === "money",
    ...(measure.withoutValue ? { withoutValue: measure.withoutValue } : {}),
    isCount: measure.unit === "count",
    sameForEvery: new Set<Dimension>(measure.sameForEvery ?? []),
    leavesOut: (measure.leavesOut ?? []).map(({ code, where }) => ({
      code,
      condition: conditionSql(where, settings),
      parts: partsOf(where).map((part) => conditionSql(part, settings)),
    })),
  };
}

function askedAggregate(aggregate: Aggregate, model: AttributionModel): AskedAggregate {
  if (aggregate.op !== "credit") return aggregate;
  const column = aggregate.of === "amount" ? `credit_${model}` : `share_${model}`;
  return { op: "sum", column };
}

/**
 * Returns the time by which a fact's rows are placed.
 *
 * @param fact the derived table
 * @param column a time column other than its own
 */
export function timeOf(
  fact: Pick<DerivedTable, "name" | "columns" | "time">,
  column: string | undefined = fact.time?.column,
): Pick<AskedMeasure, "time" | "timeColumn"> {
  const type = column === undefined ? undefined : fact.columns[column]?.type;
  if (column === undefined || (type !== "day" && type !== "time")) {
    throw new Error(`no time column: ${fact.name}.${column ?? ""}`);
  }
  return {
    time: { column: identifier(column), is: type === "day" ? "day" : "instant" },
    timeColumn: column,
  };
}

/** Conditions that all have to hold; none of them holds others of this kind. */
function partsOf(where: MeasureCondition | undefined): readonly MeasureCondition[] {
  if (!where) return [];
  return "all" in where ? where.all.flatMap(partsOf) : [where];
}

function kindParts(
  where: MeasureCondition | undefined,
  columns: readonly string[],
): readonly MeasureCondition[] {
  if (!where) return [];
  if ("all" in where) return where.all.flatMap((part) => kindParts(part, columns));
  if ("any" in where) return [];
  return columns.includes(where.column) && ("is" in where || "inSetting" in where) ? [where] : [];
}
