import type { z } from "@hono/zod-openapi";
import type * as attribution from "./schemas/attribution.ts";
import type * as automations from "./schemas/automations.ts";
import type * as basics from "./schemas/basics.ts";
import type * as catalogue from "./schemas/catalogue.ts";
import type * as data from "./schemas/data.ts";
import type * as figures from "./schemas/figures.ts";
import type * as views from "./schemas/views.ts";
import type * as workspace from "./schemas/workspace.ts";

// Types only: importing this file brings no code of the server along.

export type Problem = z.output<typeof basics.problem>;
export type ShownReason = z.output<typeof basics.reason>;
export type AskedQuestion = z.input<typeof figures.question>;
export type ShownFigure = z.output<typeof figures.figure>;
export type ShownAnswer = z.output<typeof figures.answer>;
export type ExplainRequest = z.input<typeof figures.explainRequest>;
export type ShownExplanation = z.output<typeof figures.explanation>;
export type TableExportRequest = z.input<typeof figures.tableExportRequest>;
export type ExportRequest = z.input<typeof figures.exportRequest>;
export type AttributionTableRequest = z.input<typeof attribution.tableRequest>;
export type ShownAttributionTable = z.output<typeof attribution.table>;
export type ShownModelComparison = z.output<typeof attribution.models>;
export type JourneysRequest = z.input<typeof attribution.journeysRequest>;
export type ShownJourneys = z.output<typeof attribution.journeys>;
export type JourneyListRequest = z.input<typeof attribution.journeyListRequest>;
export type ShownJourneyList = z.output<typeof attribution.journeyList>;
export type CreditRequest = z.input<typeof attribution.creditRequest>;
export type ShownOrderCredit = z.output<typeof attribution.orderCredit>;
export type Automations = z.output<typeof automations.automations>;
export type WorkspaceInfo = z.output<typeof workspace.workspaceInfo>;
export type ShownWarnings = z.output<typeof workspace.warnings>;
export type ShownLocked = z.output<typeof workspace.locked>;
export type ShownReconciliation = z.output<typeof workspace.reconciliation>;
export type ShownSettings = z.output<typeof workspace.shownSettings>;
export type SignedIn = z.output<typeof workspace.signedIn>;
export type ShownMetric = z.output<typeof catalogue.metric>;
export type ShownCatalogue = z.output<typeof catalogue.catalogue>;
export type DimensionValues = z.output<typeof catalogue.values>;
export type Sources = z.output<typeof data.sources>;
export type Loads = z.output<typeof data.loads>;
export type Rejects = z.output<typeof data.rejects>;
export type FreshnessStrip = z.output<typeof data.freshnessStrip>;
export type ShownOutcome = z.output<typeof data.fileOutcome>;
export type Job = z.output<typeof data.job>;
export type Jobs = z.output<typeof data.jobs>;
export type Mappings = z.output<typeof data.mappings>;
export type ShownMapping = z.output<typeof data.mapping>;
export type MappingDecision = z.input<typeof data.mappingDecision>;
export type View = z.output<typeof views.view>;
export type NewView = z.input<typeof views.newView>;
export type Views = z.output<typeof views.views>;
export type Annotation = z.output<typeof views.annotation>;
export type NewAnnotation = z.input<typeof views.newAnnotation>;
export type Annotations = z.output<typeof views.annotations>;

/** What the stream /api/events tells; each is one `data:` line with the event's name in `event:`. */
export type ServerEvent =
  /** Figures may have changed: ask again. */
  | { readonly event: "changed"; readonly ledgerVersion: string }
  /** A job began, went on or ended. */
  | { readonly event: "job"; readonly job: Job }
  /** Saved views or annotations changed. */
  | { readonly event: "kept"; readonly what: "views" | "annotations" };
