import { z } from "@hono/zod-openapi";
import { dimensions } from "../../derive/dimensions.ts";
import { journeyPlaces } from "../../figures/converted-journeys.ts";
import { attributionModels } from "../../ledger/attribution.ts";
import { day, list, period, reason } from "./basics.ts";
import { attributionChoice, figure, usedAttribution } from "./figures.ts";

const by = z.enum(dimensions).default("channel");

const attributionQuestion = z.strictObject({
  from: day,
  to: day,
  filter: z.string().max(20_000).optional(),
  attribution: attributionChoice.optional(),
  limit: z.int().min(1).max(10_000).optional(),
});

/** Credit by one dimension. */
export const tableRequest = z.strictObject({ question: attributionQuestion, by });

/** Journeys of a period, all or those that touch a channel. */
export const journeysRequest = z.strictObject({
  from: day,
  to: day,
  channel: z.string().max(200).optional(),
  attribution: attributionChoice.optional(),
  limit: z.int().min(1).max(10_000).optional(),
});

/** Whole numbers from one to another, both included. */
const wholeRange = z.strictObject({ from: z.int().min(0), to: z.int().min(0) });

/** Which conversions are listed: those of some paths, of a length, a duration, a position of a channel, or of a name. */
export const journeyListRequest = z.strictObject({
  from: day,
  to: day,
  channel: z.string().max(200).optional(),
  attribution: attributionChoice.optional(),
  paths: z.array(z.string().max(10_000)).min(1).max(1000).readonly().optional(),
  touches: wholeRange.optional(),
  days: wholeRange.optional(),
  place: z.strictObject({ channel: z.string().max(200), at: z.enum(journeyPlaces) }).optional(),
  search: z.string().max(500).optional(),
  limit: z.int().min(1).max(500).default(50),
  offset: z.int().min(0).default(0),
});

/** The credit of one order, deal or goal event. */
export const creditRequest = z.strictObject({
  order: z.string().min(1).max(500),
  attribution: attributionChoice.optional(),
});

/** An exact value, and as every surface prints it. */
const printed = z.object({ value: z.string().nullable(), text: z.string() }).openapi("Printed");

const byModel = z.record(z.enum(attributionModels), printed);

const cells = {
  credit: figure,
  conversions: figure,
  cost: figure.nullable(),
  roi: figure.nullable(),
  roas: figure.nullable(),
  cpa: figure.nullable(),
};

/** Credit, conversions and cost by one dimension, tied to the ledger. */
export const table = z
  .object({
    period,
    by: z.string(),
    attribution: usedAttribution,
    currency: z.string(),
    rows: list(
      z.object({
        group: z.string().nullable(),
        groupText: z.string(),
        ...cells,
        isSpendWithoutSales: z.boolean(),
      }),
    ),
    unattributed: z.object({ credit: figure, conversions: figure }),
    total: z.object(cells),
    sum: printed,
    ledger: printed,
    ties: z.boolean(),
    notes: list(reason),
  })
  .openapi("AttributionTable");

/** What every model credits, side by side. */
export const models = z
  .object({
    period,
    by: z.string(),
    attribution: usedAttribution,
    currency: z.string(),
    models: list(z.object({ id: z.enum(attributionModels), name: z.string(), rule: z.string() })),
    rows: list(
      z.object({
        group: z.string().nullable(),
        groupText: z.string(),
        credit: byModel,
        share: byModel,
        conversions: byModel,
        min: printed,
        max: printed,
        spread: printed,
        cost: printed,
        isSpendWithoutSales: z.boolean(),
      }),
    ),
    groups: z.int(),
    unattributed: z.object({ amount: printed, conversions: printed }),
    total: byModel,
    notes: list(reason),
  })
  .openapi("ModelComparison");

const counted = { conversions: printed, value: printed };

/** Paths, lengths, lags, positions and assists. */
export const journeys = z
  .object({
    period,
    attribution: usedAttribution,
    currency: z.string(),
    totals: z.object({ ...counted, nulls: printed, withoutTouch: printed, paths: printed }),
    paths: list(z.object({ path: z.string(), ...counted, nulls: printed, rate: printed })),
    lengths: list(z.object({ touches: z.int(), ...counted, nulls: printed })),
    lags: list(z.object({ days: z.int(), ...counted })),
    positions: list(
      z.object({
        channel: z.string(),
        first: printed,
        middle: printed,
        last: printed,
        only: printed,
      }),
    ),
    assists: list(
      z.object({
        channel: z.string(),
        assisted: printed,
        assistedValue: printed,
        last: printed,
        lastValue: printed,
        ratio: printed,
      }),
    ),
    notes: list(reason),
  })
  .openapi("Journeys");

/** Conversions with the way to each, and the sums over all of them. */
export const journeyList = z
  .object({
    period,
    attribution: usedAttribution,
    currency: z.string(),
    count: printed,
    value: printed,
    offset: z.int(),
    rows: list(
      z.object({
        conversion: z.string(),
        convertedAt: z.string(),
        value: printed,
        path: z.string().nullable(),
        touches: z.int(),
        days: z.int().nullable(),
        isFirst: z.boolean(),
        dataSource: z.string().nullable(),
      }),
    ),
  })
  .openapi("ConvertedJourneys");

const credit = z.record(z.enum(attributionModels), z.object({ share: printed, amount: printed }));

const nullable = z.string().nullable();

const touch = {
  touchedAt: z.string(),
  kind: z.string(),
  class: z.string(),
  isPaid: z.boolean(),
  channel: nullable,
  source: nullable,
  medium: nullable,
  campaign: nullable,
  automation: nullable,
  asset: nullable,
  tool: nullable,
  landingPage: nullable,
};

/** Which touch earned how much of an order, under every model. */
export const orderCredit = z
  .object({
    order: z.string(),
    attribution: usedAttribution,
    currency: z.string(),
    conversions: list(
      z.object({
        conversion: z.string(),
        convertedAt: z.string(),
        dataSource: nullable,
        isFirst: z.boolean(),
        amount: printed,
        entries: list(
          z.object({
            kind: z.string(),
            bookedAt: z.string(),
            amount: printed,
            excluded: nullable,
            stream: nullable,
            orderKind: nullable,
            currency: nullable,
          }),
        ),
        touches: list(
          z.object({
            ...touch,
            nth: z.int(),
            ageSeconds: z.string(),
            credit,
            ofEntries: list(printed),
          }),
        ),
        unattributed: credit.nullable(),
        leftOut: list(z.object({ ...touch, why: z.enum(["after", "before_window"]) })),
      }),
    ),
  })
  .openapi("OrderCredit");
