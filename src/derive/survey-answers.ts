import type { DerivedTable } from "./derived.ts";
import { originColumns, originDimensions } from "./dimensions.ts";

/** An answer to a survey. */
export const surveyAnswers = {
  name: "survey_answers",
  row: "an answer to a survey",
  scope: "person",
  time: { column: "answered_at", is: "instant" },
  columns: {
    answered_at: { type: "time", meaning: "When." },
    kind: { type: "text", meaning: "csat, nps, ces or own." },
    survey: { type: "text", meaning: "Name of the survey." },
    person: { type: "identity", meaning: "The person; null when nobody is named." },
    score: { type: "number", meaning: "The score." },
    scale: { type: "number", meaning: "Highest possible score." },
    is_satisfied: {
      type: "boolean",
      meaning: "CSAT: 4 or 5 of 5, or the same share of another scale.",
    },
    is_promoter: { type: "boolean", meaning: "NPS: 9 or 10." },
    is_detractor: { type: "boolean", meaning: "NPS: 0 to 6." },
    ...originColumns,
    data_source: { type: "text", meaning: "The source that brought the row." },
    row_key: { type: "key", meaning: "The answer in the ledger." },
  },
  dimensions: {
    ...originDimensions,
    survey: "survey",
    data_source: "data_source",
  },
  order: ["answered_at", "row_key"],
  inputs: ["ledger.surveys", "derived.identity_map"],
  select: () => {
    throw new Error("not written yet");
  },
} as const satisfies DerivedTable;
