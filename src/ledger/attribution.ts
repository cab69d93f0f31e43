import { z } from "zod";

/** Attribution models whose credits are kept, in the order in which they are shown. */
export const attributionModels = [
  "first",
  "last",
  "last_non_direct",
  "linear",
  "u_shaped",
  "w_shaped",
  "full_path",
  "time_decay",
  "own_weights",
  "markov_1",
  "markov_2",
  "markov_3",
  "markov_4",
  "shapley",
  "data_driven",
] as const;

/** An attribution model. */
export type AttributionModel = (typeof attributionModels)[number];

/** Models whose weights are fitted to journeys, month by month; the others follow from each journey alone. */
export const fittedModels = [
  "markov_1",
  "markov_2",
  "markov_3",
  "markov_4",
  "data_driven",
] as const;

/** A model whose weights are fitted. */
export type FittedModel = (typeof fittedModels)[number];

const days = z.number().min(0);
const weight = z.number().min(0);

/** A touch to which every condition given applies is left out (regular expressions, case ignored). */
const exclusion = z.strictObject({
  channel: z.string().optional(),
  source: z.string().optional(),
  medium: z.string().optional(),
  campaign: z.string().optional(),
  automation: z.string().optional(),
});

/** The part `attribution` of `lastpenny.yaml`. */
export const attributionSettings = z
  .strictObject({
    /** The model of figures that do not name one. */
    model: z.enum(attributionModels).default("linear"),
    /** Days before a conversion during which a touch earns credit; both ends belong to it. */
    window_days: z.number().positive().default(90),
    /** Other windows for single channels, in days; none is longer than window_days. */
    channel_windows: z.record(z.string(), days).default({}),
    /** Days during which seen ads and opened messages earn credit; 0 leaves them out. */
    view_window_days: days.default(0),
    /** Days after which a touch weighs half as much under time_decay. */
    half_life_days: z.number().positive().default(7),
    /** Weights of own_weights: of the first touch, the ones before lead and opportunity, the last, and all others together. */
    own_weights: z
      .strictObject({
        first: weight.default(30),
        lead: weight.default(0),
        opportunity: weight.default(0),
        last: weight.default(30),
        others: weight.default(40),
      })
      .prefault({}),
    /** Whose touches a conversion draws on: the person's, or those of everybody at the account. */
    level: z.enum(["person", "account"]).default("person"),
    /** What is credited: orders (the ledger's revenue), deals (won ones), or the name of a goal. */
    goal: z.string().min(1).default("orders"),
    exclude: z.array(exclusion).default([]),
    /** Channels that are not marketing. */
    other_channels: z.array(z.string()).default(["direct", "sales", "unknown"]),
    /** Channels that are bought, for return on ad spend (a regular expression). */
    paid_channels: z.string().default("^paid |^(display|cross-network|affiliate)$"),
    /** Converting journeys that a fit needs; with fewer in a month, the months before it are taken in. */
    fit_conversions: z.int().min(1).default(300),
  })
  .prefault({});

/** The settings of attribution. */
export type AttributionSettings = z.output<typeof attributionSettings>;
