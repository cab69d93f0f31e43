import type { Formula } from "../catalogue/formula.ts";
import { sharedDimensions } from "../catalogue/shared-dimensions.ts";
import { type AttributionModel, attributionModels } from "../ledger/attribution.ts";
import { compareExact, divide, type Exact, subtract, zero } from "../ledger/exact.ts";
import { gather } from "./answer.ts";
import { askedMeasure } from "./asked.ts";
import { attributionOf, creditsMoney, usedAttribution } from "./attribution.ts";
import { type BuildContext, termAt } from "./build.ts";
import type { GroupValues } from "./cells.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import type { Reason, UsedAttribution } from "./figure.ts";
import { testsOf } from "./filter.ts";
import type { AttributionQuestion } from "./question.ts";
import { type AskedMetric, type Request, requestOf } from "./request.ts";
import { spanKey } from "./spans.ts";

/** What the models give one group, in exact decimal text. */
export interface ComparedRow {
  /** Value of the dimension; null where it has none. */
  readonly group: string | null;
  readonly credit: Readonly<Record<AttributionModel, string>>;
  /** Share of everything that was credited; null while nothing was. */
  readonly share: Readonly<Record<AttributionModel, string | null>>;
  readonly conversions: Readonly<Record<AttributionModel, string>>;
  /** Smallest and largest credit over all models, and their difference: the risk that lies in choosing a model. */
  readonly min: string;
  readonly max: string;
  readonly spread: string;
  /** Cost of the group; null where costs cannot be told by this dimension, or none was recorded. */
  readonly cost: string | null;
  /** Money was spent, and no model credits anything. */
  readonly isSpendWithoutSales: boolean;
}

/** All models side by side. */
export interface ModelComparison {
  readonly period: { readonly from: string; readonly to: string };
  readonly by: string;
  readonly attribution: UsedAttribution;
  readonly currency: string;
  readonly models: readonly AttributionModel[];
  /** The largest credit of the model asked for first; the most conversions where a goal has no amounts. */
  readonly rows: readonly ComparedRow[];
  /** Groups in all; more than rows where the question has a limit. */
  readonly groups: number;
  /** What no touch earned: the same under every model. */
  readonly unattributed: { readonly amount: string; readonly conversions: string };
  /** Credited and unattributed together, by model; the same under every model, and equal to the ledger. */
  readonly total: Readonly<Record<AttributionModel, string>>;
  readonly notes: readonly Reason[];
}

const measuresCompared = {
  credit: "attributed_revenue",
  conversions: "attributed_conversions",
} as const;
const restMeasures = {
  amount: "unattributed_revenue",
  conversions: "unattributed_conversions",
} as const;

/**
 * Puts what every model credits side by side, by one dimension; all of it comes from one pass over the credits.
 *
 * @param context store, settings and catalogue
 * @param question period, filter, limit and attribution; the model only decides the order
 * @param by the dimension: channel, campaign, automation, asset, tool, landing_page …
 * @throws LastpennyError `question_invalid`, `dimension_unknown`, `filter_invalid`
 */
export async function compareModels(
  context: FiguresContext,
  question: AttributionQuestion,
  by: string,
): Promise<ModelComparison> {
  const { limit, ...asked } = question;
  const request = requestOf(context, {
    ...asked,
    metrics: [measuresCompared.credit, measuresCompared.conversions, restMeasures.amount],
    by: [by],
  });
  const hasCosts = costsShare(context, request);
  const metrics = [
    ...attributionModels.flatMap((model) =>
      Object.values(measuresCompared).map((id) => single(context, id, model)),
    ),
    ...(hasCosts ? [single(context, "cost", null)] : []),
  ];
  const built = await gather(context, { ...request, metrics });
  const rows = rowsOf(built, hasCosts);
  // Asked apart, so that the pass over the credits looks only at rows with a touch.
  const rest = await gather(context, {
    ...request,
    by: [],
    metrics: Object.values(restMeasures).map((id) => single(context, id, null)),
  });
  const amount = amountOf(rest, restMeasures.amount, null, null);
  const conversions = amountOf(rest, restMeasures.conversions, null, null);
  return {
    period: { from: request.period.firstDay, to: request.period.nextDay },
    by,
    attribution: usedAttribution(attributionOf(context.settings, question.attribution)),
    currency: context.settings.currency,
    models: attributionModels,
    rows: limit === undefined ? rows : rows.slice(0, limit),
    groups: rows.length,
    unattributed: { amount: decimalText(amount), conversions: decimalText(conversions) },
    total: byModel((model) => {
      const credited = amountOf(built, measuresCompared.credit, model, null);
      return decimalText(subtract(credited, subtract(zero, amount)));
    }),
    notes: built.attributionReasons,
  };
}

const idOf = (id: string, model: AttributionModel | null) => (model ? `${id} ${model}` : id);

/** A metric that is one measure under one model. */
function single(
  { catalogue, settings }: FiguresContext,
  id: string,
  model: AttributionModel | null,
): AskedMetric {
  const measure = {
    ...askedMeasure(catalogue.measure(id), settings, model ?? undefined),
    id: idOf(id, model),
  };
  return {
    resolved: catalogue.resolve(measuresCompared.credit),
    formula: nameOf(measure.id),
    ratio: null,
    measures: [measure],
    looksBack: false,
    cohort: null,
  };
}

const nameOf = (id: string): Formula => ({ kind: "name", id, variant: null, position: 1 });

function costsShare({ catalogue }: FiguresContext, { by, filter, metrics }: Request): boolean {
  const shared = sharedDimensions([catalogue.measure("cost"), ...(metrics[0]?.measures ?? [])]);
  const filtered = filter ? testsOf(filter).map(({ dimension }) => dimension) : [];
  return [...by, ...filtered].every((dimension) => shared.includes(dimension));
}

function amountOf(
  built: BuildContext,
  id: string,
  model: AttributionModel | null,
  group: GroupValues | null,
): Exact {
  return termAt(built, nameOf(idOf(id, model)), built.request.period, group).value ?? zero;
}

function byModel<Value>(of: (model: AttributionModel) => Value): Record<AttributionModel, Value> {
  const entries = attributionModels.map((model) => [model, of(model)]);
  return Object.fromEntries(entries) as Record<AttributionModel, Value>;
}

function rowsOf(built: BuildContext, hasCosts: boolean): readonly ComparedRow[] {
  const { attribution } = built.request;
  const ranking = measuresCompared[creditsMoney(attribution) ? "credit" : "conversions"];
  const groups = groupsOf(built);
  const ranked = groups.map((group) => ({
    group,
    rank: amountOf(built, ranking, attribution.model, group),
  }));
  return ranked
    .sort((a, b) => compareExact(b.rank, a.rank) || compareNames(a.group[0], b.group[0]))
    .map(({ group }) => rowOf(built, group, hasCosts));
}

function compareNames(a: string | null | undefined, b: string | null | undefined): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** Groups with credits or costs in the period. */
function groupsOf({ values, request }: BuildContext): readonly GroupValues[] {
  const found = new Map<string, GroupValues>();
  for (const { cells, groups } of values.cells.values()) {
    const here = cells.get(spanKey(request.period));
    for (const [key, group] of groups) {
      if ((here?.get(key)?.rows ?? 0n) > 0n) found.set(key, group);
    }
  }
  return [...found.values()];
}

function rowOf(built: BuildContext, group: GroupValues, hasCosts: boolean): ComparedRow {
  const at = (id: string, model: AttributionModel | null) => amountOf(built, id, model, group);
  const credits = byModel((model) => at(measuresCompared.credit, model));
  const sorted = Object.values(credits).sort(compareExact);
  const [min = zero, max = zero] = [sorted[0], sorted.at(-1)];
  const cost = hasCosts ? termAt(built, nameOf("cost"), built.request.period, group).value : null;
  return {
    group: group[0] ?? null,
    credit: byModel((model) => decimalText(credits[model])),
    share: byModel((model) => {
      const whole = amountOf(built, measuresCompared.credit, model, null);
      const share = divide(credits[model], whole);
      return share && decimalText(share);
    }),
    conversions: byModel((model) => decimalText(at(measuresCompared.conversions, model))),
    min: decimalText(min),
    max: decimalText(max),
    spread: decimalText(subtract(max, min)),
    cost: cost && decimalText(cost),
    isSpendWithoutSales:
      cost !== null && cost.numerator > 0n && min.numerator === 0n && max.numerator === 0n,
  };
}
