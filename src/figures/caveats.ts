import type { Catalogue } from "../catalogue/catalogue.ts";
import { millisecondsOf } from "../ledger/calendar.ts";
import { compareExact } from "../ledger/exact.ts";
import type { Settings } from "../ledger/settings.ts";
import { type AskedMeasure, askedMeasure } from "./asked.ts";
import type { Cell } from "./cells.ts";
import type { Reason } from "./figure.ts";
import type { AskedMetric } from "./request.ts";
import type { Span } from "./spans.ts";

/** What a caveat looks at: one metric over one stretch and group. */
export interface CaveatContext {
  readonly metric: AskedMetric;
  readonly span: Span;
  readonly asOf: string;
  /** True for the total over the whole period, where caveats that always hold are told. */
  readonly isTotal: boolean;
  /** Days during which seen ads and opened messages earn credit. */
  readonly viewDays: number;
  readonly cell: (id: string) => Cell | null;
}

/** Caveats that hold when rows were left out under this code of a measure. */
const leftOutCodes: Readonly<Record<string, string>> = {
  immature: "immature",
  margin_missing: "margin_missing",
  hourly_cost_missing: "hourly_cost_missing",
  amount_missing: "amount_missing",
  lead_unknown: "lead_unknown",
  machine_opens: "machine_opens",
  machine_clicks: "machine_clicks",
  buyers_unknown: "buyer_unknown",
  orders_excluded: "amount_excluded",
  only_followed_up: "not_followed_up",
};

const youngDays = 30;

const caveat = (code: string, params: Readonly<Record<string, string>> = {}): Reason => ({
  code: "caveat",
  params: { caveat: code, ...params },
});

/**
 * Returns the reasons that a metric's caveats give here: only those that hold.
 *
 * @param context the metric and its cells
 */
export function caveatReasons(context: CaveatContext): readonly Reason[] {
  const caveats: readonly string[] = context.metric.resolved.metric.caveats ?? [];
  return caveats.flatMap((code) => reasonsOf(code, context));
}

function reasonsOf(code: string, context: CaveatContext): readonly Reason[] {
  const { metric, cell } = context;
  switch (code) {
    case "costs_missing": {
      const costs = metric.measures.filter(({ fact }) => fact === "cost_days");
      return costs.some(({ id }) => cell(id)?.rows === 0n) ? [caveat(code)] : [];
    }
    case "ad_spend_missing":
      return cell("media_cost")?.rows === 0n ? [caveat(code)] : [];
    case "clicks_without_opens": {
      const [clicks, opens] = [cell("email_clicks")?.value, cell("email_opens")?.value];
      return clicks && opens && compareExact(clicks, opens) > 0 ? [caveat(code)] : [];
    }
    case "excluded_currency":
      return [];
    case "views_left_out":
      return context.isTotal && context.viewDays === 0 ? [caveat(code)] : [];
    case "immature":
      return immature(context);
    default:
      if (leftOutCodes[code]) return leftOut(code, context);
      return context.isTotal ? [caveat(code)] : [];
  }
}

function leftOut(code: string, { metric, cell }: CaveatContext): readonly Reason[] {
  const wanted = leftOutCodes[code];
  const counts = metric.measures.map(({ id, leavesOut }) => {
    const index = leavesOut.findIndex((one) => one.code === wanted);
    return index < 0 ? 0n : (cell(id)?.leftOut[index] ?? 0n);
  });
  const [count = 0n] = counts.sort((a, b) => Number(b - a));
  return count > 0n ? [caveat(code, { count: String(count) })] : [];
}

/** Young rows that are left out, or, where none are, a period that ended only days ago. */
function immature(context: CaveatContext): readonly Reason[] {
  const { metric, span, asOf } = context;
  const isCounted = metric.measures.some(({ leavesOut }) =>
    leavesOut.some(({ code }) => code === "immature"),
  );
  if (isCounted) return leftOut("immature", context);
  const days = Math.floor((millisecondsOf(asOf) - millisecondsOf(span.to)) / 86_400_000);
  return days < youngDays ? [caveat("immature", { days: String(Math.max(0, days)) })] : [];
}

/**
 * Returns the measures that caveats need besides those of the formulas.
 *
 * @param metrics the question's metrics
 * @param catalogue where they are declared
 * @param settings for their conditions
 */
export function caveatMeasures(
  metrics: readonly AskedMetric[],
  catalogue: Catalogue,
  settings: Settings,
): readonly AskedMeasure[] {
  const needsSpend = metrics.some(({ resolved }) =>
    (resolved.metric.caveats ?? []).includes("ad_spend_missing"),
  );
  const spend = catalogue.measures.find(({ id }) => id === "media_cost");
  return needsSpend && spend ? [withoutLeftOut(askedMeasure(spend, settings), new Set())] : [];
}

/**
 * Returns the codes of left-out rows that the caveats of some metrics count.
 *
 * @param metrics the question's metrics
 */
export function countedCodes(metrics: readonly AskedMetric[]): ReadonlySet<string> {
  const caveats = metrics.flatMap(({ resolved }) => resolved.metric.caveats ?? []);
  return new Set(caveats.flatMap((code) => leftOutCodes[code] ?? []));
}

/**
 * Returns a measure that counts only some of the rows that it leaves out.
 *
 * @param measure the measure
 * @param codes what to count
 */
export function withoutLeftOut(measure: AskedMeasure, codes: ReadonlySet<string>): AskedMeasure {
  return { ...measure, leavesOut: measure.leavesOut.filter(({ code }) => codes.has(code)) };
}
