import { creditByPath } from "./credit.ts";
import type { AggregatedPaths, ChannelCredit } from "./paths.ts";

/** Rules that follow from the order of a path's touches alone. */
export const pathRules = [
  "first",
  "last",
  "last_non_direct",
  "linear",
  "u_shaped",
  "own_weights",
  "position_decay",
] as const;

/** A rule that follows from the order of a path's touches alone. */
export type PathRule = (typeof pathRules)[number];

/** What the rules can be told. */
export interface RuleOptions {
  /** Channels that last_non_direct passes over. */
  readonly direct?: readonly string[];
  /** Weights of own_weights: of the first touch, the last, and all others together. */
  readonly weights?: { readonly first: number; readonly last: number; readonly others: number };
  /** Touches after which position_decay halves the weight. */
  readonly halfLifeTouches?: number;
}

/** Weights of touches 0 to count − 1; they need not add up to 1. */
type Weigh = (count: number) => (touch: number) => number;

const uShape = { first: 40, last: 40, others: 20 };

/**
 * Credits conversions and value by a rule. Every touch counts, also one that repeats the channel before it; the touches
 * of a channel add up. A path of one touch gives it everything.
 *
 * - first, last, linear: the first touch; the last; all alike.
 * - last_non_direct: the last touch of another channel than `direct`; the last when all are direct.
 * - u_shaped: 40 first, 40 last, 20 for those between; two touches 50 and 50.
 * - own_weights: as u_shaped with `weights`; the part of a place that the path does not have goes to the others in
 *   proportion, and when these weigh nothing all touches count alike.
 * - position_decay: each touch weighs half as much as the one `halfLifeTouches` after it. Aggregated paths carry no
 *   ages, so time decay itself is not possible; nor are w_shaped and full_path, which need lifecycle stages.
 *
 * @param paths journeys
 * @param rule the rule
 * @param options what it can be told
 * @returns a row per channel, in the order of the paths' channels
 */
export function ruleCredits(
  paths: AggregatedPaths,
  rule: PathRule,
  {
    direct = ["direct"],
    weights = { first: 30, last: 30, others: 40 },
    halfLifeTouches = 1,
  }: RuleOptions = {},
): readonly ChannelCredit[] {
  if (rule === "last_non_direct") return lastNonDirect(paths, direct);
  const rules: Readonly<Record<Exclude<PathRule, "last_non_direct">, Weigh>> = {
    first: () => (touch) => (touch === 0 ? 1 : 0),
    last: (count) => (touch) => (touch === count - 1 ? 1 : 0),
    linear: () => () => 1,
    u_shaped: byPlace(uShape),
    own_weights: byPlace(weights),
    position_decay: (count) => (touch) => 2 ** (-(count - 1 - touch) / halfLifeTouches),
  };
  const weigh = rules[rule];
  return creditByPath(paths, (sums, from, to) => {
    const weightOf = weigh(to - from);
    let total = 0;
    for (let at = from; at < to; at++) total += weightOf(at - from);
    for (let at = from; at < to; at++) {
      const channel = paths.steps[at] as number;
      sums[channel] = (sums[channel] as number) + weightOf(at - from) / total;
    }
  });
}

function byPlace({ first, last, others }: Required<RuleOptions>["weights"]): Weigh {
  return (count) => {
    const between = count > 2 ? others / (count - 2) : 0;
    const ends = count === 1 ? 0 : first + last;
    if (ends + (count > 2 ? others : 0) === 0) return () => 1;
    return (touch) => (touch === 0 ? first : touch === count - 1 ? last : between);
  };
}

function lastNonDirect(
  paths: AggregatedPaths,
  direct: readonly string[],
): readonly ChannelCredit[] {
  const passed = paths.channels.map((channel) => direct.includes(channel));
  return creditByPath(paths, (sums, from, to) => {
    let at = to - 1;
    while (at > from && passed[paths.steps[at] as number]) at -= 1;
    if (passed[paths.steps[at] as number]) at = to - 1;
    sums[paths.steps[at] as number] = 1;
  });
}
