import { attributionModels } from "../ledger/attribution.ts";
import type { Column, Columns } from "../ledger/table.ts";
import {
  creditsDefinition,
  dividedModels,
  prepareCredits,
  selectCredits,
  sliceCredits,
  viewCredits,
} from "./credits-select.ts";
import type { DerivedTable } from "./derived.ts";
import { bookings } from "./dictionaries.ts";
import { journeysPremise } from "./journeys-select.ts";
import { touchColumns, touchDimensions } from "./touch-columns.ts";

/** The columns of each model: credited money and credited conversions. */
export const creditColumns: Columns = Object.fromEntries(
  attributionModels.flatMap((model): [string, Column][] => [
    [`credit_${model}`, { type: "money", meaning: `Money credited by ${model}.` }],
    [
      `share_${model}`,
      {
        type: "money",
        meaning: `Part of the conversion credited by ${model}; 0 on all but the first entry of a conversion.`,
      },
    ],
  ]),
);

/** Texts are kept as numbers, money in minor units, shares in millionths. */
const storedColumns: Columns = {
  entry: { type: "key", meaning: "The amount that is divided." },
  conversion: { type: "text", meaning: "The order, deal or goal event." },
  person: { type: "identity", meaning: "The person." },
  account: { type: "identity", meaning: "The account." },
  booked_at: { type: "time", meaning: "When the amount was booked." },
  converted_at: { type: "time", meaning: "When the conversion happened." },
  is_conversion: { type: "boolean", meaning: "The first entry of its conversion." },
  is_first: { type: "boolean", meaning: "The first conversion of the customer." },
  amount: { type: "money", meaning: "The whole amount of the entry." },
  booking: { type: "small", meaning: "How it was booked, by number." },
  touch: { type: "key", meaning: "The touch." },
  nth: { type: "small", meaning: "Position of the touch." },
  touches: { type: "small", meaning: "Touches in the journey." },
  touched_at: { type: "time", meaning: "When the touch happened." },
  origin: { type: "small", meaning: "What it has in common with other touches, by number." },
  ...Object.fromEntries(
    dividedModels.flatMap((model): [string, Column][] => [
      [`credit_${model}`, { type: "count", meaning: `Minor units credited by ${model}.` }],
      [`share_${model}`, { type: "small", meaning: `Millionths of the conversion by ${model}.` }],
    ]),
  ),
};

const ofBooking = bookings.columns;

/** What a touch earned from an amount of the ledger. */
export const credits = {
  name: "credits",
  row: "what a touch earned from an amount of the ledger, under every model; an amount without a touch has one row without a touch",
  scope: "person",
  time: { column: "booked_at", is: "instant" },
  columns: {
    entry: {
      type: "key",
      meaning: "The amount that is divided: lines of a conversion that were booked alike.",
    },
    conversion: { type: "text", meaning: "The order, deal (with prefix deal:) or goal event." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    account: { type: "identity", meaning: "The account, when known." },
    booked_at: { type: "time", meaning: "When the amount was booked." },
    converted_at: { type: "time", meaning: "When the conversion happened." },
    entry_kind: ofBooking.entry_kind,
    is_costed: ofBooking.is_costed,
    is_conversion: {
      type: "boolean",
      meaning: "The first entry of its conversion: it carries the shares.",
    },
    is_first: { type: "boolean", meaning: "The first conversion of the customer." },
    amount: {
      type: "money",
      meaning: "The whole amount of the entry in the reporting currency; null when excluded.",
    },
    excluded: ofBooking.excluded,
    stream: ofBooking.stream,
    order_kind: ofBooking.order_kind,
    currency: ofBooking.currency,
    country: ofBooking.country,
    touch: { type: "key", meaning: "The touch; null on the unattributed row." },
    nth: { type: "count", meaning: "Position of the touch in the journey, from 1." },
    touches: { type: "count", meaning: "Touches in the journey; 0 on the unattributed row." },
    age_seconds: { type: "number", meaning: "Seconds from the touch to the conversion." },
    ...touchColumns,
    ...creditColumns,
    data_source: ofBooking.data_source,
  },
  dimensions: {
    ...touchDimensions,
    stream: "stream",
    order_kind: "order_kind",
    currency: "currency",
    country: "country",
    account: "account",
    data_source: "data_source",
  },
  order: ["booked_at", "entry", "nth"],
  inputs: [
    "derived.revenue_lines",
    "derived.purchases",
    "derived.opportunities",
    "derived.conversions",
    "derived.stage_entries",
    "derived.touchpoints",
    "derived.channel_weights",
  ],
  premises: journeysPremise,
  prepare: prepareCredits,
  definition: creditsDefinition,
  stored: { columns: storedColumns, view: viewCredits },
  done: ["journey_steps", "journey_goals", "touch_origins", "credit_entries", "credit_mixes"],
  slices: sliceCredits,
  select: selectCredits,
} as const satisfies DerivedTable;
