import type { FigureState } from "./figure.ts";

/**
 * Every reason that a figure can give: the state that it leads to, and what it says. Parameters stand in braces; the
 * texts of the other languages live in the locale files under reasons.<code>.
 */
export const reasons = {
  never_recorded: { state: "no_data", text: "nothing was ever recorded for {measure} ({fact})" },
  no_rows_in_period: {
    state: "no_data",
    text: "nothing was recorded for {measure} in this period ({fact})",
  },
  part_missing: {
    state: null,
    text: "nothing was ever recorded for {measure} ({fact}): the figure is that of its other parts",
  },
  values_missing: { state: "no_data", text: "the {rows} rows of {measure} carry no value" },
  all_excluded: {
    state: "excluded",
    text: "all {count} rows of {measure} are left out: their amounts cannot be converted",
  },
  no_values: { state: "not_applicable", text: "there is no row to compute {measure} from" },
  not_reached: {
    state: "not_applicable",
    text: "not reached by the end of the period",
  },
  zero_denominator: { state: "not_applicable", text: "the denominator is zero" },
  excluded: {
    state: "excluded",
    text: "leaves out {count} rows in {currencies}: their amounts cannot be converted",
  },
  coverage_hole: { state: "partial", text: "{source} has no rows on {count} of {of} days: {days}" },
  stale: {
    state: "stale",
    text: "{source} ends on {last_day}, {days} days before the end of the period",
  },
  cohort_immature: {
    state: "partial",
    text: "{ripe} of {entered} had the usual time of {days} days to get there",
  },
  cohort_unknown: {
    state: "partial",
    text: "nobody has got there yet, so the usual time is not known",
  },
  too_few: { state: "too_few", text: "only {n} behind it, fewer than {few}" },
  above_hundred: { state: null, text: "a share above 100 %: {numerator} of {denominator}" },
  order_broken: {
    state: null,
    text: "more {smaller} ({smaller_value}) than {larger} ({larger_value})",
  },
  caveat: { state: null, text: "{caveat}" },
  attribution: {
    state: null,
    text: "credited by {model}: touches of the {days} days before the conversion",
  },
  attribution_goal: { state: null, text: "what is credited is the goal {goal}" },
  attribution_account: { state: null, text: "touches of everybody at the account earn credit" },
  fit_too_few: {
    state: "too_few",
    text: "{model} rests on too few journeys for {months}",
  },
  fit_no_signal: {
    state: null,
    text: "{model} found no difference between channels for {months}: they share equally",
  },
  fit_no_nulls: {
    state: null,
    text: "{model} knows no journeys without a conversion for {months}: what made the difference cannot be told",
  },
  history_short: {
    state: null,
    text: "touches are recorded from {day} on: before {until} journeys may be cut off",
  },
  credits_not_ledger: {
    state: null,
    text: "credited and unattributed add up to {found}, the ledger has {expected}",
  },
  period_unfinished: {
    state: null,
    text: "the period goes on after {known}, until which the ledger is known",
  },
  groups_limited: {
    state: null,
    text: "{shown} of {of} groups are shown, the largest first; totals are over all",
  },
  comparison_same_days: {
    state: null,
    text: "the period is not over: it is compared with the same {days} of its {of} days",
  },
  comparison_unequal: {
    state: null,
    text: "the comparison has {comparison} buckets, the period has {period}",
  },
} as const satisfies Readonly<
  Record<string, { readonly state: FigureState | null; readonly text: string }>
>;

/** The weightiest state first: what a reader has to know before anything else. */
const stateOrder = [
  "no_data",
  "not_applicable",
  "excluded",
  "partial",
  "stale",
  "too_few",
] as const satisfies readonly FigureState[];

/**
 * Returns the state that some reasons lead to.
 *
 * @param codes codes of the figure's reasons
 * @param isZero whether the value is zero
 */
export function stateFrom(codes: readonly string[], isZero: boolean): FigureState {
  const table: Readonly<Record<string, { readonly state: FigureState | null }>> = reasons;
  const states = codes.map((code) => table[code]?.state);
  return stateOrder.find((state) => states.includes(state)) ?? (isZero ? "zero" : "ok");
}
