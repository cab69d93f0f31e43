import { type Sql, sql } from "../sql/fragment.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { campaignNamesSql, vendorOf } from "./origin.ts";

/** A seed-list or postmaster test. */
export const placementTests = {
  name: "placement_tests",
  row: "a seed-list or postmaster test",
  scope: "whole",
  time: { column: "day", is: "day" },
  columns: {
    day: { type: "day", meaning: "The day." },
    provider: { type: "text", meaning: "Mailbox provider." },
    campaign: { type: "text", meaning: "Campaign." },
    inbox: { type: "number", meaning: "In the inbox." },
    spam: { type: "number", meaning: "In the spam folder." },
    missing: { type: "number", meaning: "Not arrived." },
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The test in the ledger." },
  },
  dimensions: {
    provider: "provider",
    campaign: "campaign",
    data_source: "data_source",
  },
  order: ["day", "row_key"],
  inputs: ["ledger.placements", "ledger.campaigns"],
  select: selectSql,
} as const satisfies DerivedTable;

function selectSql({ dialect }: DeriveContext): Sql {
  return sql`SELECT p.tested_on AS day, p.provider, coalesce(c.name, p.campaign) AS campaign,
      p.inbox, p.spam, p.missing, p.source AS data_source, p.row_key
    FROM ledger.placements AS p
    LEFT JOIN (${campaignNamesSql(dialect)}) AS c
      ON c.vendor = ${vendorOf(dialect, sql`p.source`)} AND c.id = trim(p.campaign)
    WHERE p.deleted IS NOT TRUE`;
}
