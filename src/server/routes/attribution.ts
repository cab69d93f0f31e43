import type { z } from "@hono/zod-openapi";
import type { AttributionRow, AttributionTable } from "../../figures/attribution-table.ts";
import type { ConvertedJourneys, JourneyListQuestion } from "../../figures/converted-journeys.ts";
import type { Figure } from "../../figures/figure.ts";
import type { ModelComparison } from "../../figures/models-compared.ts";
import type { CreditByModel, OrderCredit } from "../../figures/order-credit.ts";
import type { JourneyQuestion, JourneyStatistics } from "../../figures/paths.ts";
import { printFigure, printGroup } from "../../figures/print.ts";
import type { AttributionQuestion } from "../../figures/question.ts";
import type { AttributionModel } from "../../ledger/attribution.ts";
import { modelTexts } from "../../locales/model-texts.ts";
import type { Locale } from "../../locales/translate.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { askOnce } from "../lens.ts";
import * as schemas from "../schemas/attribution.ts";
import { languageQuery } from "../schemas/basics.ts";
import { shownFigure, shownReason } from "../shown.ts";

/** Routes about who earned what. The schemas let nothing else through, so bodies are questions. */
export const attributionEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/api/attribution/table",
    group: "Attribution",
    summary: "Credit, conversions, cost and their ratios by one dimension, tied to the ledger",
    query: languageQuery,
    body: schemas.tableRequest,
    answer: schemas.table,
    run: async ({ body, locale }, { owner }) => {
      const question = body.question as AttributionQuestion;
      const name = `attribution table ${JSON.stringify(body)}`;
      const found = await askOnce(owner, name, question.attribution, (workspace) =>
        workspace.attributionTable(question, body.by),
      );
      return shownTable(found, locale);
    },
  }),
  endpoint({
    method: "post",
    path: "/api/attribution/models",
    group: "Attribution",
    summary: "What every model credits, side by side",
    query: languageQuery,
    body: schemas.tableRequest,
    answer: schemas.models,
    run: async ({ body, locale }, { owner }) => {
      const question = body.question as AttributionQuestion;
      const name = `attribution models ${JSON.stringify(body)}`;
      const found = await askOnce(owner, name, question.attribution, (workspace) =>
        workspace.compareModels(question, body.by),
      );
      return shownModels(found, locale);
    },
  }),
  endpoint({
    method: "post",
    path: "/api/attribution/journeys",
    group: "Attribution",
    summary: "Paths, their length and duration, positions and assists of channels",
    query: languageQuery,
    body: schemas.journeysRequest,
    answer: schemas.journeys,
    run: async ({ body, locale }, { owner }) => {
      const question = body as JourneyQuestion;
      const name = `attribution journeys ${JSON.stringify(body)}`;
      const found = await askOnce(owner, name, question.attribution, (workspace) =>
        workspace.journeyStatistics(question),
      );
      return shownJourneys(found, locale);
    },
  }),
  endpoint({
    method: "post",
    path: "/api/attribution/conversions",
    group: "Attribution",
    summary: "The conversions behind a path, a length, a duration or a position",
    query: languageQuery,
    body: schemas.journeyListRequest,
    answer: schemas.journeyList,
    run: async ({ body, locale }, { owner }) => {
      const question = body as JourneyListQuestion;
      const name = `attribution conversions ${JSON.stringify(body)}`;
      const found = await askOnce(owner, name, question.attribution, (workspace) =>
        workspace.convertedJourneys(question),
      );
      return shownJourneyList(found, locale);
    },
  }),
  endpoint({
    method: "post",
    path: "/api/attribution/credit",
    group: "Attribution",
    summary: "Which touch earned how much of an order, under every model",
    query: languageQuery,
    body: schemas.creditRequest,
    answer: schemas.orderCredit,
    run: async ({ body, locale }, { owner }) => {
      const choice = body.attribution as AttributionQuestion["attribution"];
      const name = `attribution credit ${JSON.stringify(body)}`;
      const found = await askOnce(owner, name, choice, (workspace) =>
        workspace.creditOf(body.order, choice),
      );
      return shownCredit(found, locale);
    },
  }),
];

/** Prints exact values in one language and currency. */
function printer(currency: string, locale: Locale) {
  const as = (unit: string) => (value: string | null) => ({
    value,
    text: printFigure({ value, unit, currency }, locale),
  });
  return { money: as("money"), count: as("count"), share: as("percent"), ratio: as("ratio") };
}

type ByModel<Value> = Readonly<Record<AttributionModel, Value>>;

function eachModel<Value, Shown>(
  values: ByModel<Value>,
  show: (value: Value) => Shown,
): Record<AttributionModel, Shown> {
  const entries = Object.entries(values).map(([model, value]) => [model, show(value)]);
  return Object.fromEntries(entries) as Record<AttributionModel, Shown>;
}

function shownTable(found: AttributionTable, locale: Locale): z.input<typeof schemas.table> {
  const { money } = printer(found.currency, locale);
  const figure = (one: Figure) => shownFigure(one, locale);
  const orNull = (one: Figure | null) => one && figure(one);
  const cells = (row: Omit<AttributionRow, "group" | "isSpendWithoutSales">) => ({
    credit: figure(row.credit),
    conversions: figure(row.conversions),
    cost: orNull(row.cost),
    roi: orNull(row.roi),
    roas: orNull(row.roas),
    cpa: orNull(row.cpa),
  });
  return {
    ...found,
    rows: found.rows.map((row) => ({
      group: row.group,
      groupText: printGroup(row.group, locale),
      ...cells(row),
      isSpendWithoutSales: row.isSpendWithoutSales,
    })),
    unattributed: {
      credit: figure(found.unattributed.credit),
      conversions: figure(found.unattributed.conversions),
    },
    total: cells(found.total),
    sum: money(found.sum),
    ledger: money(found.ledger),
    notes: found.notes.map((note) => shownReason(note, locale)),
  };
}

function shownModels(found: ModelComparison, locale: Locale): z.input<typeof schemas.models> {
  const { money, count, share } = printer(found.currency, locale);
  const texts = modelTexts(locale);
  return {
    ...found,
    models: found.models.map((id) => ({ id, ...texts[id] })),
    rows: found.rows.map((row) => ({
      group: row.group,
      groupText: printGroup(row.group, locale),
      credit: eachModel(row.credit, money),
      share: eachModel(row.share, share),
      conversions: eachModel(row.conversions, count),
      min: money(row.min),
      max: money(row.max),
      spread: money(row.spread),
      cost: money(row.cost),
      isSpendWithoutSales: row.isSpendWithoutSales,
    })),
    unattributed: {
      amount: money(found.unattributed.amount),
      conversions: count(found.unattributed.conversions),
    },
    total: eachModel(found.total, money),
    notes: found.notes.map((note) => shownReason(note, locale)),
  };
}

function shownJourneys(found: JourneyStatistics, locale: Locale): z.input<typeof schemas.journeys> {
  const { money, count, share, ratio } = printer(found.currency, locale);
  const counted = (one: { readonly conversions: string; readonly value: string | null }) => ({
    conversions: count(one.conversions),
    value: money(one.value),
  });
  const { totals } = found;
  return {
    ...found,
    totals: {
      ...counted(totals),
      nulls: count(totals.nulls),
      withoutTouch: count(totals.withoutTouch),
      paths: count(totals.paths),
    },
    paths: found.paths.map((one) => ({
      ...{ path: one.path, ...counted(one) },
      ...{ nulls: count(one.nulls), rate: share(one.rate) },
    })),
    lengths: found.lengths.map((one) => ({
      ...{ touches: one.touches, ...counted(one), nulls: count(one.nulls) },
    })),
    lags: found.lags.map((one) => ({ days: one.days, ...counted(one) })),
    positions: found.positions.map(({ channel, first, middle, last, only }) => ({
      channel,
      ...{ first: count(first), middle: count(middle), last: count(last), only: count(only) },
    })),
    assists: found.assists.map((one) => ({
      channel: one.channel,
      ...{ assisted: count(one.assisted), assistedValue: money(one.assistedValue) },
      ...{ last: count(one.last), lastValue: money(one.lastValue), ratio: ratio(one.ratio) },
    })),
    notes: found.notes.map((note) => shownReason(note, locale)),
  };
}

function shownJourneyList(
  found: ConvertedJourneys,
  locale: Locale,
): z.input<typeof schemas.journeyList> {
  const { money, count } = printer(found.currency, locale);
  return {
    ...found,
    count: count(found.count),
    value: money(found.value),
    rows: found.rows.map((row) => ({ ...row, value: money(row.value) })),
  };
}

function shownCredit(found: OrderCredit, locale: Locale): z.input<typeof schemas.orderCredit> {
  const { money, share } = printer(found.currency, locale);
  const credit = (values: CreditByModel) =>
    eachModel(values, (one) => ({ share: share(one.share), amount: money(one.amount) }));
  return {
    ...found,
    conversions: found.conversions.map((one) => ({
      ...one,
      amount: money(one.amount),
      entries: one.entries.map((entry) => ({ ...entry, amount: money(entry.amount) })),
      touches: one.touches.map((touch) => ({
        ...touch,
        credit: credit(touch.credit),
        ofEntries: touch.ofEntries.map(money),
      })),
      unattributed: one.unattributed && credit(one.unattributed),
    })),
  };
}
