/** What a fitted model gives a channel in a month. */
export const channelWeights = {
  name: "channel_weights",
  row: "the weight that a fitted model gives a channel for the conversions of a month",
  scope: "whole",
  time: { column: "month", is: "day" },
  columns: {
    month: { type: "day", meaning: "First day of the month of the conversions." },
    model: { type: "text", meaning: "The model." },
    channel: { type: "text", meaning: "The channel." },
    weight: { type: "count", meaning: "Weight in billionths; only ratios matter." },
    fitted_from: { type: "day", meaning: "First day of the journeys that it was fitted to." },
    fitted_to: { type: "day", meaning: "Day after the last of them." },
    conversions: { type: "count", meaning: "Converting journeys among them." },
    nulls: { type: "count", meaning: "Journeys among them that ended without a conversion." },
    note: {
      type: "text",
      meaning:
        "Why the data cannot carry the model (too_few, no_signal, no_nulls); null when they can.",
    },
  },
  dimensions: { channel: "channel" },
  order: ["month", "model", "channel"],
} as const;
