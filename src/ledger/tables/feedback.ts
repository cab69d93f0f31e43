import { originColumns, personColumns } from "../columns.ts";
import type { LedgerTable } from "../table.ts";

/** An answer to a survey. */
export const surveys = {
  name: "surveys",
  nature: "event",
  row: "an answer to a survey",
  time: "answered_at",
  columns: {
    answered_at: { type: "time", meaning: "When it was answered.", required: true },
    kind: {
      type: "text",
      meaning: "Kind of survey.",
      required: true,
      oneOf: ["csat", "nps", "ces", "own"],
    },
    score: { type: "number", meaning: "The score given.", required: true },
    scale: {
      type: "number",
      meaning: "Highest possible score; null means 5 for CSAT, 10 for NPS, 7 for CES.",
    },
    text: { type: "text", meaning: "Comment." },
    survey: { type: "text", meaning: "Name of the survey." },
    ...personColumns,
    ...originColumns,
  },
} as const satisfies LedgerTable;

/** A person's arm in an experiment or holdout. */
export const assignments = {
  name: "assignments",
  nature: "event",
  row: "a person's arm in an experiment or holdout",
  time: "assigned_at",
  columns: {
    assigned_at: { type: "time", meaning: "When the person was assigned.", required: true },
    experiment: { type: "text", meaning: "The experiment.", required: true },
    arm: { type: "text", meaning: "The arm.", required: true },
    ...personColumns,
    exposed_at: { type: "time", meaning: "When the person first met the treatment." },
  },
} as const satisfies LedgerTable;

/** Result of a seed-list or postmaster test. */
export const placements = {
  name: "placements",
  nature: "entity",
  row: "the result of a seed-list or postmaster test",
  time: "tested_on",
  columns: {
    tested_on: { type: "day", meaning: "Day of the test.", required: true },
    provider: { type: "text", meaning: "Mailbox provider.", required: true },
    campaign: { type: "text", meaning: "Campaign that was tested." },
    inbox: { type: "number", meaning: "Messages in the inbox.", required: true },
    spam: { type: "number", meaning: "Messages in the spam folder." },
    missing: { type: "number", meaning: "Messages that did not arrive." },
  },
} as const satisfies LedgerTable;

/** A dated count of an audience. */
export const followers = {
  name: "followers",
  nature: "entity",
  row: "a dated count of an audience (followers, subscribers, list size)",
  time: "counted_on",
  columns: {
    counted_on: { type: "day", meaning: "The day.", required: true },
    channel: { type: "text", meaning: "Network or list.", required: true },
    kind: {
      type: "text",
      meaning: "What is counted; null means followers.",
      oneOf: ["followers", "subscribers", "reach"],
    },
    count: { type: "number", meaning: "How many.", required: true },
  },
} as const satisfies LedgerTable;
