export type { Catalogue } from "./catalogue/catalogue.ts";
export type { Metric } from "./catalogue/metric.ts";
export { type ErrorCode, errorCodes, LastpennyError } from "./errors.ts";
export type { AttributionChoice } from "./figures/attribution.ts";
export type { AttributionRow, AttributionTable } from "./figures/attribution-table.ts";
export type { Check } from "./figures/checks.ts";
export type { Explanation } from "./figures/explain.ts";
export type { Answer, Figure, FigureState, Reason, UsedAttribution } from "./figures/figure.ts";
export type { ComparedRow, ModelComparison } from "./figures/models-compared.ts";
export type { CreditedConversion, CreditedTouch, OrderCredit } from "./figures/order-credit.ts";
export type { JourneyQuestion, JourneyStatistics } from "./figures/paths.ts";
export { printDelta, printFigure, printGroup } from "./figures/print.ts";
export type { AttributionQuestion, Compare, Grain, Question } from "./figures/question.ts";
export type { Reconciliation } from "./figures/reconcile.ts";
export type { Claim } from "./figures/reconcile-credits.ts";
export type { FileOutcome, ImportOptions, ImportReport } from "./intake/import.ts";
export type { Receipt } from "./intake/raw-table.ts";
export { type FittedModel, fittedModels } from "./ledger/attribution.ts";
export { defaultSettings, type Settings } from "./ledger/settings.ts";
export { type DataDrivenFit, dataDriven } from "./models/attribution/data-driven.ts";
export {
  creditByChannelWeights,
  type FittedWeights,
  fitChannelWeights,
} from "./models/attribution/fit.ts";
export {
  type MarkovOrder,
  markovCredits,
  markovRemovalEffects,
  type RemovalEffects,
} from "./models/attribution/markov.ts";
export {
  type AggregatedPaths,
  aggregatedPaths,
  type ChannelCredit,
  type PathRow,
} from "./models/attribution/paths.ts";
export {
  type PathRule,
  pathRules,
  type RuleOptions,
  ruleCredits,
} from "./models/attribution/rules.ts";
export {
  coalitionTotals,
  orderedShapleyCredits,
  type PositionCredit,
  shapleyCredits,
} from "./models/attribution/shapley.ts";
export { type SimulationOptions, type SimulationReport, simulate } from "./simulate/simulate.ts";
export { sources } from "./sources/index.ts";
export type { Source } from "./sources/source.ts";
export { type SampledValues, sampledShapleyValues, shapleyValues } from "./stats/coalitions.ts";
export { type OpenOptions, openWorkspace, type Workspace } from "./workspace.ts";
