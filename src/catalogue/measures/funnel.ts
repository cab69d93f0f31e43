import { conversions } from "../../derive/conversions.ts";
import { funnel } from "../../derive/funnel.ts";
import { interactions } from "../../derive/interactions.ts";
import { opportunities } from "../../derive/opportunities.ts";
import { peopleTable } from "../../derive/people.ts";
import { sessions } from "../../derive/sessions.ts";
import { stageEntries } from "../../derive/stage-entries.ts";
import { over } from "../over.ts";

const isPerson = { column: "machine", isNull: true } as const;
const bots = [{ code: "bots", where: { column: "machine", isNull: false } }] as const;
const isWon = { column: "state", is: "won" } as const;
const isClosed = { column: "state", is: ["won", "lost"] } as const;
const withoutAmount = [
  { code: "amount_missing", where: { all: [isWon, { column: "amount", isNull: true }] } },
] as const;

/** Visits, leads, stages, goals and deals. */
export const funnelMeasures = [
  ...over(sessions, {
    visitors: {
      aggregate: { op: "distinct", column: "person" },
      where: isPerson,
      unit: "count",
      leavesOut: bots,
      sameForEvery: ["goal"],
    },
    sessions: {
      aggregate: { op: "count" },
      where: isPerson,
      unit: "count",
      leavesOut: bots,
      sameForEvery: ["goal"],
    },
    sessions_with_goal: {
      aggregate: { op: "count" },
      where: { all: [isPerson, { column: "goals", atLeast: 1 }] },
      unit: "count",
      leavesOut: bots,
    },
    visitors_with_goal: {
      aggregate: { op: "distinct", column: "person" },
      where: { all: [isPerson, { column: "goals", atLeast: 1 }] },
      unit: "count",
      leavesOut: bots,
    },
  }),
  ...over(conversions, {
    conversions: { aggregate: { op: "count" }, unit: "count" },
    converted_people: {
      aggregate: { op: "distinct", column: "person" },
      unit: "count",
      leavesOut: [{ code: "person_unknown", where: { column: "person", isNull: true } }],
    },
    conversion_value: { aggregate: { op: "sum", column: "value" }, unit: "money" },
  }),
  ...over(funnel, {
    new_leads: {
      aggregate: { op: "count" },
      where: { column: "lead_at", isNull: false },
      unit: "count",
    },
    leads_followed_up: {
      aggregate: { op: "count" },
      where: {
        all: [
          { column: "lead_at", isNull: false },
          { column: "follow_up_seconds", isNull: false },
        ],
      },
      unit: "count",
    },
    leads_followed_up_in_time: {
      aggregate: { op: "count" },
      where: {
        all: [
          { column: "lead_at", isNull: false },
          { column: "follow_up_seconds", atMost: { setting: "follow_up_minutes", times: 60 } },
        ],
      },
      unit: "count",
    },
    median_follow_up_seconds: {
      aggregate: { op: "quantile", column: "follow_up_seconds", share: 0.5 },
      unit: "seconds",
      leavesOut: [
        { code: "not_followed_up", where: { column: "follow_up_seconds", isNull: true } },
      ],
    },
    mean_follow_up_seconds: {
      aggregate: { op: "mean", column: "follow_up_seconds" },
      unit: "seconds",
      leavesOut: [
        { code: "not_followed_up", where: { column: "follow_up_seconds", isNull: true } },
      ],
    },
    p90_follow_up_seconds: {
      aggregate: { op: "quantile", column: "follow_up_seconds", share: 0.9 },
      unit: "seconds",
      leavesOut: [
        { code: "not_followed_up", where: { column: "follow_up_seconds", isNull: true } },
      ],
    },
    mean_lead_score: {
      aggregate: { op: "mean", column: "score" },
      unit: "number",
      leavesOut: [{ code: "score_missing", where: { column: "score", isNull: true } }],
    },
    median_lead_score: {
      aggregate: { op: "quantile", column: "score", share: 0.5 },
      unit: "number",
      leavesOut: [{ code: "score_missing", where: { column: "score", isNull: true } }],
    },
    customers_from_mqls: {
      aggregate: { op: "count" },
      where: {
        all: [
          { column: "mql_at", isNull: false },
          { column: "customer_at", isNull: false },
        ],
      },
      time: "customer_at",
      unit: "count",
    },
  }),
  ...over(stageEntries, {
    mqls: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "stage", is: "mql" },
      unit: "count",
    },
    sqls: {
      aggregate: { op: "distinct", column: "person" },
      where: { column: "stage", is: "sql" },
      unit: "count",
    },
    median_stage_seconds: {
      aggregate: { op: "quantile", column: "seconds_in_stage", share: 0.5 },
      unit: "seconds",
      leavesOut: [{ code: "still_in_stage", where: { column: "seconds_in_stage", isNull: true } }],
    },
    mean_stage_seconds: {
      aggregate: { op: "mean", column: "seconds_in_stage" },
      unit: "seconds",
      leavesOut: [{ code: "still_in_stage", where: { column: "seconds_in_stage", isNull: true } }],
    },
    p90_stage_seconds: {
      aggregate: { op: "quantile", column: "seconds_in_stage", share: 0.9 },
      unit: "seconds",
      leavesOut: [{ code: "still_in_stage", where: { column: "seconds_in_stage", isNull: true } }],
    },
  }),
  ...over(peopleTable, {
    known_people: {
      aggregate: { op: "count" },
      where: { column: "converted", isNull: false },
      unit: "count",
      leavesOut: [{ code: "outcome_unknown", where: { column: "converted", isNull: true } }],
    },
    people_converted: {
      aggregate: { op: "count" },
      where: { column: "converted", is: true },
      unit: "count",
    },
  }),
  ...over(interactions, {
    meetings: {
      aggregate: { op: "sum", column: "quantity" },
      where: { column: "kind", is: "meeting" },
      unit: "count",
    },
    calls: {
      aggregate: { op: "sum", column: "quantity" },
      where: { column: "kind", is: "call" },
      unit: "count",
    },
  }),
  ...over(opportunities, {
    opportunities: { aggregate: { op: "count" }, unit: "count" },
    opportunities_won: { aggregate: { op: "count" }, where: isWon, unit: "count" },
    pipeline_created: {
      aggregate: { op: "sum", column: "amount" },
      unit: "money",
      leavesOut: [{ code: "amount_missing", where: { column: "amount", isNull: true } }],
    },
    open_deals: {
      aggregate: { op: "stock", distinct: "deal", from: "created_at", to: "closed_at", at: "end" },
      unit: "count",
    },
    open_pipeline: {
      aggregate: {
        op: "stockSum",
        column: "amount",
        from: "created_at",
        to: "closed_at",
        at: "end",
      },
      unit: "money",
    },
    won_deals: {
      aggregate: { op: "count" },
      where: isWon,
      time: "closed_at",
      unit: "count",
    },
    lost_deals: {
      aggregate: { op: "count" },
      where: { column: "state", is: "lost" },
      time: "closed_at",
      unit: "count",
    },
    closed_deals: {
      aggregate: { op: "count" },
      where: isClosed,
      time: "closed_at",
      unit: "count",
    },
    won_amount: {
      aggregate: { op: "sum", column: "amount" },
      where: isWon,
      time: "closed_at",
      unit: "money",
      leavesOut: withoutAmount,
    },
    median_deal_cycle_seconds: {
      aggregate: { op: "quantile", column: "cycle_seconds", share: 0.5 },
      where: isWon,
      time: "closed_at",
      unit: "seconds",
    },
    mean_deal_cycle_seconds: {
      aggregate: { op: "mean", column: "cycle_seconds" },
      where: isWon,
      time: "closed_at",
      unit: "seconds",
    },
    p90_deal_cycle_seconds: {
      aggregate: { op: "quantile", column: "cycle_seconds", share: 0.9 },
      where: isWon,
      time: "closed_at",
      unit: "seconds",
    },
    mean_closed_cycle_seconds: {
      aggregate: { op: "mean", column: "cycle_seconds" },
      where: isClosed,
      time: "closed_at",
      unit: "seconds",
    },
    median_sales_cycle_seconds: {
      aggregate: { op: "quantile", column: "lead_to_won_seconds", share: 0.5 },
      where: isWon,
      time: "closed_at",
      unit: "seconds",
      leavesOut: [
        {
          code: "lead_unknown",
          where: { all: [isWon, { column: "lead_to_won_seconds", isNull: true }] },
        },
      ],
    },
    mean_sales_cycle_seconds: {
      aggregate: { op: "mean", column: "lead_to_won_seconds" },
      where: isWon,
      time: "closed_at",
      unit: "seconds",
      leavesOut: [
        {
          code: "lead_unknown",
          where: { all: [isWon, { column: "lead_to_won_seconds", isNull: true }] },
        },
      ],
    },
    p90_sales_cycle_seconds: {
      aggregate: { op: "quantile", column: "lead_to_won_seconds", share: 0.9 },
      where: isWon,
      time: "closed_at",
      unit: "seconds",
      leavesOut: [
        {
          code: "lead_unknown",
          where: { all: [isWon, { column: "lead_to_won_seconds", isNull: true }] },
        },
      ],
    },
  }),
] as const;
