import type { DerivedTable } from "./derived.ts";
import { journeyStepsDefinition, keepJourneySteps } from "./journey-steps.ts";
import {
  journeysPremise,
  ripeJourneysSql,
  selectJourneys,
  sliceJourneys,
} from "./journeys-select.ts";

/** The way to a conversion, or one that ended without. */
export const journeys = {
  name: "journeys",
  row: "the way of a person (or account) to a conversion, or one that ended without",
  scope: "person",
  time: { column: "ended_at", is: "instant" },
  columns: {
    journey: {
      type: "key",
      meaning: "The conversion; for a journey without one its person and first touch.",
    },
    conversion: {
      type: "text",
      meaning: "The order, deal (with prefix deal:) or goal event; null without a conversion.",
    },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    ended_at: {
      type: "time",
      meaning: "When it converted; without a conversion, its last touch plus the window.",
    },
    is_converted: { type: "boolean", meaning: "It ended with a conversion." },
    is_first: { type: "boolean", meaning: "The first conversion of the customer." },
    value: {
      type: "money",
      meaning: "Value of the conversion in the reporting currency; null when it has none.",
    },
    path: {
      type: "text",
      meaning: "Channels of the touches in order, separated by ' > '; null without a touch.",
    },
    touches: { type: "count", meaning: "Touches inside the window." },
    first_touched_at: { type: "time", meaning: "First touch inside the window." },
    last_touched_at: { type: "time", meaning: "Last touch." },
    first_channel: { type: "text", meaning: "Channel of the first touch." },
    last_channel: { type: "text", meaning: "Channel of the last touch." },
    data_source: { type: "text", meaning: "The source that brought the conversion." },
  },
  dimensions: { account: "account", data_source: "data_source" },
  order: ["ended_at", "journey"],
  inputs: [
    "derived.purchases",
    "derived.opportunities",
    "derived.conversions",
    "derived.stage_entries",
    "derived.touchpoints",
  ],
  usesAsOf: true,
  matured: ripeJourneysSql,
  premises: journeysPremise,
  prepare: keepJourneySteps,
  definition: journeyStepsDefinition,
  slices: sliceJourneys,
  select: selectJourneys,
} as const satisfies DerivedTable;
