import type { DerivedTable } from "./derived.ts";

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
  inputs: ["ledger.identities", "ledger.identity_links", "ledger.merges"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
