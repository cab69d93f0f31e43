import type { LedgerTable } from "../table.ts";

/** An identifier of a person or account, in clear. */
export const identities = {
  name: "identities",
  nature: "entity",
  row: "an identifier of a person or account, in clear",
  columns: {
    identity: { type: "identity", meaning: "Hash of kind, namespace and value.", required: true },
    kind: {
      type: "text",
      meaning: "Kind of identifier.",
      required: true,
      oneOf: ["email", "phone", "id", "anonymous", "account", "domain"],
    },
    namespace: {
      type: "text",
      meaning: "The source whose ids these are; empty for e-mail, phone, domain and browser.",
    },
    value: { type: "text", meaning: "The normalised value.", required: true },
    is_shared: {
      type: "boolean",
      meaning: "A role address such as info@, which names no one person.",
    },
  },
} as const satisfies LedgerTable;

/** Two identifiers that one row said belong together. */
export const identityLinks = {
  name: "identity_links",
  nature: "entity",
  row: "two identifiers that a source row put together",
  columns: {
    left_identity: { type: "identity", meaning: "The smaller hash.", required: true },
    right_identity: { type: "identity", meaning: "The larger hash.", required: true },
  },
} as const satisfies LedgerTable;

/** A decision by a person about who is who. */
export const merges = {
  name: "merges",
  nature: "event",
  row: "a decision that two identifiers are, or are not, the same person; the last one on a pair counts",
  time: "decided_at",
  columns: {
    decided_at: { type: "time", meaning: "When it was decided.", required: true },
    action: {
      type: "text",
      meaning: "The decision.",
      required: true,
      oneOf: ["merge", "split", "undo"],
    },
    left_identity: { type: "identity", meaning: "The smaller hash.", required: true },
    right_identity: { type: "identity", meaning: "The larger hash.", required: true },
    note: { type: "text", meaning: "Why, and by whom." },
  },
} as const satisfies LedgerTable;
