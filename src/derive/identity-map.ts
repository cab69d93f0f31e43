import { sql } from "../sql/fragment.ts";
import type { DerivedTable } from "./derived.ts";
import { identityRulesVersion } from "./resolve-identities.ts";

/** An identifier and the person it belongs to, where that is not the identifier itself. */
export const identityMap = {
  name: "identity_map",
  row: "an identifier and the person it belongs to, where that is not the identifier itself",
  scope: "whole",
  columns: {
    identity: { type: "identity", meaning: "The identifier." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
  },
  dimensions: {},
  order: ["identity"],
  inputs: ["ledger.identities", "ledger.identity_links", "ledger.merges", "ledger.accounts"],
  premises: () => sql`SELECT ${identityRulesVersion} AS premises`,
  select: () => sql`SELECT identity, person FROM resolved_identities`,
} as const satisfies DerivedTable;
