import type { LedgerTableName } from "../../ledger/tables.ts";
import {
  type Draft,
  type DraftInput,
  draftAccounts,
  draftCosts,
  draftDeals,
  draftEvents,
  draftFollowers,
  draftOrders,
  draftPeople,
  draftProducts,
  draftSocial,
  draftSurveys,
} from "./drafts.ts";
import type { Roles } from "./roles.ts";
import { closedStages, eventWords, type Role } from "./words.ts";

/** A ledger table that a file may be for. */
export interface TableRule {
  readonly table: LedgerTableName;
  /** How strongly each meaning speaks for the table. */
  readonly evidence: Partial<Readonly<Record<Role, number>>>;
  /** At least one of each group has to be there; values may be asked about. */
  readonly needs: readonly (readonly Role[])[];
  readonly fits?: (roles: Roles) => boolean;
  readonly draft: (input: DraftInput) => Draft;
}

const hasEndings = ({ stage, status }: Roles) =>
  [...(stage?.profile.values ?? []), ...(status?.profile.values ?? [])].some(
    (value) => closedStages.won.test(value) || closedStages.lost.test(value),
  );

/** The tables that unknown files are proposed for. */
export const tableRules: readonly TableRule[] = [
  {
    table: "deals",
    evidence: { stage: 3, deal: 3, closed: 2, amount: 1, account: 1, owner: 1, created: 0.5 },
    needs: [["stage", "status"]],
    fits: (roles) => hasEndings(roles) || roles.deal !== undefined,
    draft: draftDeals,
  },
  {
    table: "orders",
    evidence: {
      order: 3,
      amount: 2,
      price: 1.5,
      quantity: 1.5,
      time: 1.5,
      person: 1.5,
      email: 0.5,
      product: 1,
      currency: 0.5,
    },
    needs: [
      ["time", "created", "order"],
      ["amount", "price", "person", "order", "id"],
    ],
    fits: (roles) => !(roles.stage && hasEndings(roles)) && !roles.converted && !roles.event,
    draft: draftOrders,
  },
  {
    table: "costs",
    evidence: {
      spend: 4,
      impressions: 2,
      clicks: 2,
      campaign: 1.5,
      ad: 1,
      conversions: 1,
      leads: 0.5,
      time: 0.5,
    },
    needs: [["spend"]],
    draft: draftCosts,
  },
  {
    table: "people",
    evidence: {
      email: 2.5,
      person: 2,
      converted: 3,
      score: 2,
      source: 1.5,
      name: 1,
      job: 1,
      city: 0.5,
      country: 0.5,
    },
    needs: [
      ["email", "person"],
      ["email", "converted", "score", "source", "name"],
    ],
    fits: (roles) =>
      !roles.amount && !roles.order && (!roles.event || roles.converted !== undefined),
    draft: draftPeople,
  },
  {
    table: "accounts",
    evidence: { account: 2, industry: 2, employees: 2, domain: 2, parent: 1, country: 0.5 },
    needs: [
      ["account", "domain"],
      ["industry", "employees", "domain"],
    ],
    draft: draftAccounts,
  },
  {
    table: "products",
    evidence: { product: 2, price: 1.5, category: 1.5 },
    needs: [["product"], ["price", "category"]],
    fits: (roles) => !roles.time && !roles.quantity && !roles.person,
    draft: draftProducts,
  },
  {
    table: "events",
    evidence: {
      likes: 2,
      comments: 2,
      shares: 2,
      saves: 2,
      reach: 1,
      impressions: 1,
      post: 1,
      time: 0.5,
      linkClicks: 1,
    },
    needs: [["likes", "comments", "shares", "saves"]],
    fits: (roles) => !roles.spend,
    draft: draftSocial,
  },
  {
    table: "events",
    evidence: { event: 4, time: 1, email: 1, person: 0.5, campaign: 0.5 },
    needs: [["event"], ["time", "created"]],
    fits: ({ event }) =>
      (event?.profile.values ?? []).some((value) =>
        eventWords.some(([words]) => words.test(value)),
      ),
    draft: draftEvents,
  },
  {
    table: "followers",
    evidence: { followers: 4, time: 1, channel: 1 },
    needs: [["followers"], ["time"]],
    fits: (roles) => !roles.likes,
    draft: draftFollowers,
  },
  {
    table: "surveys",
    evidence: { nps: 4, csat: 4, comment: 1, time: 1, email: 0.5 },
    needs: [["nps", "csat"]],
    draft: draftSurveys,
  },
];
