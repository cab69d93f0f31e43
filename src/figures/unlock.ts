import type { Catalogue } from "../catalogue/catalogue.ts";
import { evaluate } from "../catalogue/evaluate.ts";
import type { Formula } from "../catalogue/formula.ts";
import type { Measure } from "../catalogue/measure.ts";
import type { DerivedTableName } from "../derive/tables.ts";
import type { LedgerTableName } from "../ledger/tables.ts";
import { all, identifier, sql } from "../sql/fragment.ts";
import { askedMeasure } from "./asked.ts";
import type { FiguresContext } from "./context.ts";
import { isTimeless } from "./presence.ts";

/** A metric that cannot be computed yet, and what would change that. */
export interface Locked {
  readonly metric: string;
  readonly variant: string;
  /** Measures that nothing was ever recorded for. */
  readonly measures: readonly string[];
  /** Ledger tables of which any one that brings such rows unlocks the metric, per missing kind of input. */
  readonly inputs: readonly MissingInput[];
}

/** A kind of input that is missing. */
interface MissingInput {
  readonly fact: DerivedTableName;
  readonly tables: readonly LedgerTableName[];
  /** Which rows of the table: kinds of event, medium, stage, kind of cost or survey; none when any will do. */
  readonly kinds: readonly string[];
}

/** The ledger tables that people fill to get rows into a fact. */
const tablesOf: Readonly<Partial<Record<DerivedTableName, readonly LedgerTableName[]>>> = {
  people: ["people"],
  interactions: ["events"],
  sessions: ["events"],
  messages: ["events"],
  revenue_lines: ["orders", "deals"],
  purchases: ["orders", "deals"],
  customers: ["orders", "deals"],
  customer_spans: ["orders", "deals"],
  customer_orders: ["orders", "deals"],
  stage_entries: ["stages", "people"],
  funnel: ["stages", "people"],
  opportunities: ["deals"],
  cost_days: ["costs"],
  cart_outcomes: ["carts"],
  conversions: ["events", "orders", "deals"],
  subscriber_spans: ["events"],
  survey_answers: ["surveys"],
  task_days: ["tasks"],
  automation_days: ["tasks", "costs"],
  placement_tests: ["placements"],
  audience_days: ["followers"],
  credits: ["events", "orders", "deals"],
  sourced_lines: ["events", "orders", "deals"],
};

/** Kinds of event that make the rows of facts which do not carry the kind themselves. */
const kindsOf: Readonly<Partial<Record<DerivedTableName, readonly string[]>>> = {
  sessions: ["page_viewed"],
  subscriber_spans: ["email_subscribed"],
  conversions: ["goal_reached", "form_submitted"],
};

/**
 * Tells for each measure whether anything was ever recorded that it could count.
 *
 * @param context store, settings and catalogue
 */
export async function recordedMeasures({
  store,
  settings,
  catalogue,
}: Pick<FiguresContext, "store" | "settings" | "catalogue">): Promise<ReadonlySet<string>> {
  const byFact = new Map<DerivedTableName, Measure[]>();
  for (const measure of catalogue.measures) {
    byFact.set(measure.fact, [...(byFact.get(measure.fact) ?? []), measure]);
  }
  const recorded = new Set<string>();
  for (const [fact, measures] of byFact) {
    const columns = measures.map((measure, index) => {
      const asked = askedMeasure(measure, settings);
      const placed = isTimeless(asked) ? [] : [sql`${asked.time.column} IS NOT NULL`];
      const kind = asked.kind ? [asked.kind] : [];
      const counted = store.dialect.countWhen(all([...placed, ...kind, ...valuePresent(measure)]));
      return sql`${counted} AS ${identifier(`measure_${index}`)}`;
    });
    const list = columns.reduce((left, right) => sql`${left}, ${right}`);
    const [row] = await store.query(sql`SELECT ${list} FROM ${identifier("derived", fact)}`);
    measures.forEach(({ id }, index) => {
      if (String(row?.[`measure_${index}`] ?? 0) !== "0") recorded.add(id);
    });
  }
  return recorded;
}

/** Sums, means and quantiles need a value, not only a row; a latest value may still be to come. */
function valuePresent({ aggregate }: Measure) {
  return "column" in aggregate && aggregate.op !== "peopleInMany" && aggregate.op !== "last"
    ? [sql`${identifier(aggregate.column)} IS NOT NULL`]
    : [];
}

/**
 * Lists the metrics (in their default variant) that cannot be computed, each with the inputs that are missing.
 *
 * @param catalogue the metrics
 * @param recorded measures that something was recorded for, from {@link recordedMeasures}
 */
export function unlockable(catalogue: Catalogue, recorded: ReadonlySet<string>): readonly Locked[] {
  return catalogue.metrics.flatMap(({ id }) => {
    const { variant, measures, expanded } = catalogue.resolve(id);
    if (isComputable(expanded, recorded)) return [];
    const missing = measures.filter((measure) => !recorded.has(measure.id));
    const inputs = new Map<string, MissingInput>();
    for (const measure of missing) {
      const input = inputOf(measure);
      inputs.set(JSON.stringify(input), input);
    }
    return [
      {
        metric: id,
        variant: variant.id,
        measures: missing.map((measure) => measure.id),
        inputs: [...inputs.values()],
      },
    ];
  });
}

/** Sums need one known part, everything else all of them. */
function isComputable(formula: Formula, recorded: ReadonlySet<string>): boolean {
  const both = (left: boolean, right: boolean) => left && right;
  const either = (left: boolean, right: boolean) => left || right;
  return evaluate<boolean>(formula, {
    number: () => true,
    name: (id) => recorded.has(id),
    constant: () => true,
    negate: (value) => value,
    add: either,
    subtract: both,
    multiply: both,
    divide: both,
    compare: (_, left, right) => both(left, right),
    and: both,
    or: both,
    min: both,
    max: both,
  });
}

/** Columns whose values come from a table of their own. */
const tablesOfColumn: Readonly<Record<string, readonly LedgerTableName[]>> = {
  costed_amount: ["products"],
};

function inputOf({ fact, where, aggregate }: Measure): MissingInput {
  const own = "column" in aggregate ? tablesOfColumn[aggregate.column ?? ""] : undefined;
  return {
    fact,
    tables: own ?? tablesOf[fact] ?? [],
    kinds: kindsIn(where) ?? kindsOf[fact] ?? [],
  };
}

const kindColumns: ReadonlySet<string> = new Set(["kind", "medium", "stage", "cost_kind"]);

function kindsIn(where: Measure["where"]): readonly string[] | null {
  if (!where) return null;
  if ("all" in where) return where.all.map(kindsIn).find((kinds) => kinds !== null) ?? null;
  if ("any" in where || !kindColumns.has(where.column) || !("is" in where)) return null;
  if (typeof where.is === "boolean") return null;
  return typeof where.is === "string" ? [where.is] : where.is;
}
