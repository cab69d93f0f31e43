import { sharedDimensions } from "../catalogue/shared-dimensions.ts";
import { add, parseExact } from "../ledger/exact.ts";
import { answer } from "./answer.ts";
import { attributionOf, creditsMoney, usedAttribution } from "./attribution.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import type { Answer, Figure, Reason, UsedAttribution } from "./figure.ts";
import { parseFilter, testsOf } from "./filter.ts";
import type { AttributionQuestion } from "./question.ts";

/** What one group earned and cost; each cell is the figure of its metric, null where the dimension does not fit it. */
export interface AttributionRow {
  /** Value of the dimension; null where it has none. */
  readonly group: string | null;
  readonly credit: Figure;
  readonly conversions: Figure;
  readonly cost: Figure | null;
  readonly roi: Figure | null;
  readonly roas: Figure | null;
  readonly cpa: Figure | null;
  /** Money was spent, and nothing was credited. */
  readonly isSpendWithoutSales: boolean;
}

/** Credit, conversions and cost by one dimension, with everything that ties it to the ledger. */
export interface AttributionTable {
  readonly period: { readonly from: string; readonly to: string };
  readonly by: string;
  readonly attribution: UsedAttribution;
  readonly currency: string;
  /** The largest credit first; the most conversions first where a goal has no amounts. */
  readonly rows: readonly AttributionRow[];
  readonly unattributed: { readonly credit: Figure; readonly conversions: Figure };
  /** All groups together, asked from the engine. */
  readonly total: Omit<AttributionRow, "group" | "isSpendWithoutSales">;
  /** Credited and unattributed together, and the revenue of the ledger where it can be told for this question. */
  readonly sum: string;
  readonly ledger: string | null;
  /** False when the two differ. */
  readonly ties: boolean;
  readonly notes: readonly Reason[];
}

const cells = {
  credit: "attributed_revenue",
  conversions: "attributed_conversions",
  cost: "cost",
  roi: "roi",
  roas: "roas",
  cpa: "cost_per_acquisition@attributed",
} as const;
type CellName = keyof typeof cells;
const rest = { credit: "unattributed_revenue", conversions: "unattributed_conversions" } as const;

/**
 * Answers how much each channel, campaign, automation … earned and cost, with what nobody earned and a total that is the ledger's.
 *
 * @param context store, settings and catalogue
 * @param question period, filter, limit and attribution
 * @param by the dimension; costs and their ratios are left out where costs cannot be told by it, or filtered as asked
 * @throws LastpennyError as `answer` does
 */
export async function attributionTable(
  context: FiguresContext,
  question: AttributionQuestion,
  by: string,
): Promise<AttributionTable> {
  const { limit, ...asked } = question;
  const dimensions = [by, ...filteredBy(asked.filter)];
  const names = (Object.keys(cells) as CellName[]).filter((name) =>
    fits(context, cells[name], dimensions),
  );
  const attribution = attributionOf(context.settings, question.attribution);
  const metrics = names.map((name) => cells[name]);
  // Groups come in the order of the first metric.
  const ranked = creditsMoney(attribution) ? metrics : [cells.conversions, ...metrics];
  const found = await answer(context, {
    ...asked,
    metrics: [...new Set(ranked)],
    by: [by],
    ...(limit === undefined ? {} : { limit }),
  });
  const left = await answer(context, { ...asked, metrics: Object.values(rest) });
  const total = rowAt(found, undefined);
  const unattributed = {
    credit: figureAt(left, rest.credit, undefined),
    conversions: figureAt(left, rest.conversions, undefined),
  };
  const ledger = await ledgerAmount(context, asked);
  const sum = decimalText(add(exactOf(total.credit), exactOf(unattributed.credit)));
  const ties = ledger === null || ledger === sum;
  return {
    period: found.period,
    by,
    attribution: usedAttribution(attribution),
    currency: context.settings.currency,
    rows: found.groups.map((group) => rowOf(found, group[by] ?? null)),
    unattributed,
    total,
    sum,
    ledger,
    ties,
    notes: [
      ...found.notes,
      ...(ties
        ? []
        : [{ code: "credits_not_ledger", params: { found: sum, expected: ledger ?? "" } }]),
    ],
  };
}

const exactOf = ({ value }: Figure) => parseExact(value ?? "0");

function fits(
  { catalogue }: FiguresContext,
  metric: string,
  dimensions: readonly string[],
): boolean {
  const isNeeded = metric === cells.credit || metric === cells.conversions;
  const shared = sharedDimensions(catalogue.resolve(metric).measures);
  return isNeeded || dimensions.every((dimension) => shared.includes(dimension));
}

function filteredBy(filter: string | undefined): readonly string[] {
  return filter?.trim() ? testsOf(parseFilter(filter)).map(({ dimension }) => dimension) : [];
}

/**
 * Returns the amount of the ledger to which credited and unattributed have to add up: its revenue, or its won deals where deals are credited.
 *
 * @param context store, settings and catalogue
 * @param question period, filter and attribution
 * @returns null for goals without amounts, and under a filter, which touches and orders pass in different ways
 */
export async function ledgerAmount(
  context: FiguresContext,
  { from, to, filter, attribution }: AttributionQuestion,
): Promise<string | null> {
  const used = attributionOf(context.settings, attribution);
  if (!creditsMoney(used) || filter?.trim()) return null;
  const metric = used.goal === "deals" ? "won_amount" : "revenue";
  const { figures } = await answer(context, { from, to, metrics: [metric] });
  return figures[0]?.value ?? "0";
}

function figureAt(found: Answer, reference: string, group: string | null | undefined): Figure {
  const figure = optionalAt(found, reference, group);
  if (!figure) throw new Error(`no figure of ${reference}`);
  return figure;
}

/** The figure of the total where group is undefined; null is the group without a value. */
function optionalAt(
  { figures }: Answer,
  reference: string,
  group: string | null | undefined,
): Figure | null {
  const [metric, variant] = reference.split("@");
  const isThere = (figure: Figure) => {
    const values = Object.values(figure.group);
    return group === undefined ? values.length === 0 : values.length === 1 && values[0] === group;
  };
  const found = figures.find(
    (figure) =>
      figure.metric === metric &&
      (variant === undefined || figure.variant === variant) &&
      isThere(figure),
  );
  return found ?? null;
}

function rowAt(found: Answer, group: string | null | undefined): AttributionTable["total"] {
  return {
    credit: figureAt(found, cells.credit, group),
    conversions: figureAt(found, cells.conversions, group),
    cost: optionalAt(found, cells.cost, group),
    roi: optionalAt(found, cells.roi, group),
    roas: optionalAt(found, cells.roas, group),
    cpa: optionalAt(found, cells.cpa, group),
  };
}

function rowOf(found: Answer, group: string | null): AttributionRow {
  const row = rowAt(found, group);
  const spent =
    row.cost?.value !== undefined && row.cost?.value !== null && exactOf(row.cost).numerator > 0n;
  return { group, ...row, isSpendWithoutSales: spent && exactOf(row.credit).numerator === 0n };
}
