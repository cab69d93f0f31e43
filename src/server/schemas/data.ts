import { z } from "@hono/zod-openapi";
import { day, languageQuery, list, pageQuery, reason } from "./basics.ts";

/** A source that has brought rows. */
const usedSource = z.object({
  source: z.string(),
  title: z.string(),
  vendor: z.string(),
  isOwn: z.boolean(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  rows: z.string().nullable(),
  loads: z.int(),
  lastFile: z.string().nullable(),
  loadedAt: z.string().nullable(),
  openRejects: z.int(),
  missingDays: list(z.string()).openapi({ description: "Ranges of days as first/last." }),
  staleDays: z.int(),
});

/** Sources in use, and what can be recognised. */
export const sources = z.object({
  used: list(usedSource),
  known: list(
    z.object({
      id: z.string(),
      vendor: z.string(),
      title: z.string(),
      columns: list(z.string()),
      into: list(z.string()).openapi({ description: "Ledger tables that it fills." }),
      isOwn: z.boolean(),
    }),
  ),
});

/** A load: read = taken + repeated + rejected. */
export const load = z.object({
  load: z.int(),
  source: z.string(),
  title: z.string(),
  file: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  read: z.int(),
  taken: z.int(),
  repeated: z.int(),
  rejected: z.int(),
  openRejects: z.int(),
});

/** Which loads are wanted. */
export const loadsQuery = pageQuery.extend({ source: z.string().max(200).optional() });

/** A page of loads, the latest first. */
export const loads = z.object({ loads: list(load), total: z.int(), offset: z.int() });

/** Which rejects are wanted. */
export const rejectsQuery = pageQuery.extend({
  load: z.coerce.number().int().optional(),
  source: z.string().max(200).optional(),
  code: z.string().max(100).optional(),
});

/** Open rejects: reasons with counts, and a page of rows as they were read. */
export const rejects = z.object({
  total: z.int(),
  offset: z.int(),
  reasons: list(
    z.object({
      source: z.string(),
      file: z.string(),
      load: z.int(),
      field: z.string().nullable(),
      code: z.string(),
      reason: z.string(),
      rows: z.int(),
      line: z.int(),
      needsFile: z.boolean().openapi({
        description:
          "Rows that say nothing without others: correct their file and import it whole.",
      }),
    }),
  ),
  rows: list(
    z.object({
      load: z.int(),
      source: z.string(),
      file: z.string(),
      line: z.int(),
      field: z.string().nullable(),
      code: z.string(),
      reason: z.string(),
      row: z.record(z.string(), z.string().nullable()),
    }),
  ),
});

/** Which days the freshness strip shows. */
export const freshnessQuery = languageQuery.extend({ from: day.optional(), to: day.optional() });

/** Source × day: rows on each day, and the days on which rows are missing. */
export const freshnessStrip = z.object({
  from: z.string(),
  to: z.string(),
  sources: list(
    z.object({
      source: z.string(),
      title: z.string(),
      firstDay: z.string(),
      lastDay: z.string(),
      staleDays: z.int(),
      days: list(
        z.object({
          day: z.string(),
          rows: z.int(),
          state: z.enum(["rows", "missing", "none", "outside"]),
        }),
      ),
    }),
  ),
});

const receipt = z.object({
  load: z.int(),
  source: z.string(),
  file: z.string(),
  read: z.int(),
  taken: z.int(),
  repeated: z.int(),
  rejected: z.int(),
  reasons: list(
    z.object({
      code: z.string(),
      field: z.string().nullable(),
      reason: z.string(),
      count: z.int(),
      line: z.int(),
    }),
  ),
  wrote: z.record(z.string(), z.int()),
  warnings: list(reason),
});

/** A mapping for a file that nothing recognises, for a person to confirm. */
export const proposal = z
  .object({
    id: z.string().openapi({ description: "Names it in accept and correct." }),
    confidence: z.number(),
    yaml: z.string().openapi({ description: "The mapping file, as it can be corrected." }),
    into: list(z.string()).openapi({ description: "Ledger tables that it fills." }),
    columns: list(
      z.object({
        column: z.string(),
        kind: z.string(),
        into: list(z.string()),
        confidence: z.number(),
        samples: list(z.string()),
      }),
    ),
    missing: list(
      z.object({ into: z.string(), column: z.string(), meaning: z.string(), type: z.string() }),
    ),
    notes: list(z.string()),
  })
  .openapi("Proposal");

/** What became of one file, archive member or sheet, the same as on the command line. */
export const fileOutcome = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("loaded"),
      file: z.string(),
      source: z.string(),
      title: z.string(),
      receipt,
    }),
    z.object({ kind: z.literal("proposed"), file: z.string(), proposal }),
    z.object({ kind: z.literal("unknown"), file: z.string(), columns: list(z.string()) }),
    z.object({ kind: z.literal("ambiguous"), file: z.string(), sources: list(z.string()) }),
    z.object({ kind: z.literal("passed_over"), file: z.string(), reason: z.string() }),
    z.object({
      kind: z.literal("failed"),
      file: z.string(),
      error: z.object({ code: z.string(), detail: z.string() }),
    }),
  ])
  .openapi("FileOutcome");

/** Work that goes on after its request: an import, a replay, a refresh. */
export const job = z
  .object({
    id: z.string(),
    kind: z.enum(["import", "replay", "refresh"]),
    state: z.enum(["waiting", "running", "done", "failed"]),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    files: list(z.object({ name: z.string(), bytes: z.int() })),
    progress: z
      .object({
        step: z.enum(["reading", "loading", "deriving", "done"]),
        what: z.string().openapi({ description: "File or table that is worked on." }),
        done: z.int(),
        of: z.int().nullable(),
        rows: z.int().nullable(),
      })
      .nullable(),
    outcomes: list(fileOutcome),
    totals: z.object({
      read: z.int(),
      taken: z.int(),
      repeated: z.int(),
      rejected: z.int(),
    }),
    left: list(
      z.object({ source: z.string(), file: z.string(), rows: z.int(), reason: z.string() }),
    ).openapi({ description: "Replays: rejects that could not be read again." }),
    error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .openapi("Job");

/** Jobs, the latest first. */
export const jobs = z.object({ jobs: list(job) });

/** The workspace's own mappings and the proposals that wait. */
export const mappings = z.object({
  own: list(
    z.object({
      id: z.string(),
      title: z.string(),
      file: z.string(),
      yaml: z.string(),
      isProposed: z.boolean(),
      uploads: list(z.string()).openapi({
        description: "Uploaded files that wait for this mapping.",
      }),
    }),
  ),
});

/** Columns of the file that a mapping was proposed for. */
export const mappingColumns = z.object({
  confidence: z.number().nullable(),
  columns: list(
    z.object({
      column: z.string(),
      kind: z.string(),
      confidence: z.number().nullable(),
      samples: list(z.string()),
    }),
  ),
});

/** A mapping as a person looks it over. */
export const mapping = z
  .object({
    id: z.string(),
    source: z.string(),
    title: z.string(),
    file: z.string(),
    yaml: z.string(),
    isProposed: z.boolean(),
    uploads: list(z.string()),
    confidence: z.number().nullable(),
    columns: list(
      mappingColumns.shape.columns.unwrap().element.extend({
        into: list(z.string()).openapi({ description: "Fields that it fills: orders.amount." }),
      }),
    ),
    fields: list(
      z.object({
        name: z.string(),
        table: z.string(),
        column: z.string(),
        type: z.string(),
        isRequired: z.boolean(),
      }),
    ),
    constants: z.record(z.string(), z.string()),
    missing: proposal.shape.missing,
    notes: list(z.string()),
  })
  .openapi("Mapping");

/** How a proposal is accepted or a mapping corrected. */
export const mappingDecision = z.strictObject({
  yaml: z.string().max(1_000_000).optional().openapi({ description: "The mapping as a whole." }),
  given: z
    .record(z.string().max(100), z.string().max(10_000))
    .optional()
    .openapi({ description: "Values for what a proposal lacks: { from_day: 2025-01-01 }." }),
  columns: z
    .record(z.string().max(1_000), z.string().max(200).nullable())
    .optional()
    .openapi({ description: "Column of the file → field, such as orders.amount; null for none." }),
  constants: z
    .record(z.string().max(200), z.string().max(10_000))
    .optional()
    .openapi({ description: "Field → the same value in every row; empty takes it out." }),
});
