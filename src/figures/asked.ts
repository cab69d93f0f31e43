import type { Aggregate, Measure, MeasureCondition } from "../catalogue/measure.ts";
import type { DerivedTable } from "../derive/derived.ts";
import type { Dimension } from "../derive/dimensions.ts";
import { type DerivedTableName, derivedTable } from "../derive/tables.ts";
import type { Settings } from "../ledger/settings.ts";
import { all, identifier, type Sql } from "../sql/fragment.ts";
import { conditionSql } from "./condition.ts";
import type { FactTime } from "./span-sql.ts";

/** A measure made ready to be asked: its conditions are SQL over the fact's columns. */
export interface AskedMeasure {
  readonly id: string;
  readonly fact: DerivedTableName;
  readonly time: FactTime;
  readonly timeColumn: string;
  readonly aggregate: Aggregate;
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
const kindColumns: Readonly<Partial<Record<DerivedTableName, string>>> = {
  interactions: "kind",
  messages: "medium",
  stage_entries: "stage",
  cost_days: "cost_kind",
  survey_answers: "kind",
  audience_days: "kind",
};

/**
 * Makes a measure of the catalogue ready.
 *
 * @param measure the catalogue's declaration
 * @param settings lists and limits that its condition names
 */
export function askedMeasure(measure: Measure, settings: Settings): AskedMeasure {
  const fact = derivedTable(measure.fact);
  const kinds = kindParts(measure.where, kindColumns[measure.fact]);
  return {
    id: measure.id,
    fact: measure.fact,
    ...timeOf(fact, measure.time),
    aggregate: measure.aggregate,
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
  column: string | undefined,
): readonly MeasureCondition[] {
  if (!where || column === undefined) return [];
  if ("all" in where) return where.all.flatMap((part) => kindParts(part, column));
  if ("any" in where) return [];
  return where.column === column && ("is" in where || "inSetting" in where) ? [where] : [];
}
