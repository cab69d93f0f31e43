import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue as builtIn, type Catalogue } from "./catalogue/catalogue.ts";
import { withOwnMetrics } from "./catalogue/own-metrics.ts";
import { latestInstant } from "./derive/latest-instant.ts";
import { type Decision, decide } from "./derive/merges.ts";
import { type RefreshOptions, type RefreshReport, refresh } from "./derive/refresh.ts";
import { derivedShapes } from "./derive/tables.ts";
import { LastpennyError } from "./errors.ts";
import { answer } from "./figures/answer.ts";
import type { AttributionChoice } from "./figures/attribution.ts";
import { type AttributionTable, attributionTable } from "./figures/attribution-table.ts";
import type { FiguresContext } from "./figures/context.ts";
import {
  type ConvertedJourneys,
  convertedJourneys,
  type JourneyListQuestion,
} from "./figures/converted-journeys.ts";
import { lastFullPeriod } from "./figures/default-period.ts";
import { type ExplainOptions, type Explanation, explain } from "./figures/explain.ts";
import type { Answer, Reason } from "./figures/figure.ts";
import { compareModels, type ModelComparison } from "./figures/models-compared.ts";
import { creditOf, type OrderCredit } from "./figures/order-credit.ts";
import {
  type JourneyQuestion,
  type JourneyStatistics,
  journeyStatistics,
} from "./figures/paths.ts";
import type { AttributionQuestion, Question } from "./figures/question.ts";
import { type Reconciliation, reconcile } from "./figures/reconcile.ts";
import { type Locked, recordedMeasures, unlockable } from "./figures/unlock.ts";
import { warnings } from "./figures/warnings.ts";
import { type ExportedRejects, exportRejects } from "./intake/export-rejects.ts";
import {
  type ImportOptions,
  type ImportReport,
  importPath,
  knownSources,
} from "./intake/import.ts";
import type { Receipt } from "./intake/raw-table.ts";
import { recordRecurringCosts } from "./intake/recurring-costs.ts";
import { type ReplayReport, replay } from "./intake/replay.ts";
import { toLocalDay } from "./ledger/calendar.ts";
import { type Settings, settingsSchema } from "./ledger/settings.ts";
import { parseYaml } from "./ledger/yaml-file.ts";
import { sql } from "./sql/fragment.ts";
import { type ConnectedStore, openDuckdb } from "./store/duckdb.ts";
import { lockWorkspace } from "./store/lock.ts";
import { prepareSchema } from "./store/schema.ts";
import type { Store } from "./store/store.ts";

/** How a workspace is opened. */
export interface OpenOptions {
  /** Makes the workspace when there is none. */
  readonly create?: boolean;
  readonly now?: () => Date;
}

/** Everything that can be done with a workspace; the command line calls these functions too. */
export interface Workspace {
  readonly folder: string;
  readonly settings: Settings;
  readonly store: Store;
  readonly catalogue: Catalogue;
  /** Reads a file or folder into the ledger. */
  readonly import: (path: string, options?: ImportOptions) => Promise<ImportReport>;
  /** Brings the recurring costs of the settings and the derived tables up to date; whatever answers does so itself. */
  readonly refresh: (options?: RefreshOptions) => Promise<RefreshReport>;
  /** The last full month that the ledger covers; null while it holds no row with a date. */
  readonly defaultPeriod: () => Promise<{ readonly from: string; readonly to: string } | null>;
  /** The first day that the ledger holds a row of; null while it holds none with a date. */
  readonly firstDay: () => Promise<string | null>;
  readonly answer: (question: Question) => Promise<Answer>;
  readonly explain: (question: Question, options?: ExplainOptions) => Promise<Explanation>;
  /** Credit, conversions, cost and their ratios by one dimension, with what nobody earned and a total that is the ledger's. */
  readonly attributionTable: (
    question: AttributionQuestion,
    by: string,
  ) => Promise<AttributionTable>;
  /** What every attribution model credits, side by side, by one dimension. */
  readonly compareModels: (question: AttributionQuestion, by: string) => Promise<ModelComparison>;
  /** Paths, their length and duration, positions and assists of channels. */
  readonly journeyStatistics: (question: JourneyQuestion) => Promise<JourneyStatistics>;
  /** The conversions behind a path, a length, a duration or a position. */
  readonly convertedJourneys: (question: JourneyListQuestion) => Promise<ConvertedJourneys>;
  /** Which touch earned how much of an order, under every model. */
  readonly creditOf: (order: string, attribution?: AttributionChoice) => Promise<OrderCredit>;
  /** What looks suspicious in the data. */
  readonly warnings: () => Promise<readonly Reason[]>;
  /** Metrics that cannot be computed yet, and what would change that. */
  readonly locked: () => Promise<readonly Locked[]>;
  /** Proves the books. */
  readonly reconcile: () => Promise<Reconciliation>;
  /** Reads all open rejects again with the sources as they are now. */
  readonly replay: () => Promise<ReplayReport>;
  /** Records a decision about who is who; the next refresh follows it. */
  readonly decide: (decision: Decision) => Promise<void>;
  /** Writes all open rejects as files that can be corrected and imported again. */
  readonly exportRejects: (folder: string) => Promise<readonly ExportedRejects[]>;
  /** The same workspace over a connection of its own: it only reads, and answers from what the last refresh left. */
  readonly beside: () => Promise<WorkspaceBeside>;
  /** The same open workspace with settings and own metrics as their files say now. */
  readonly reread: () => Workspace;
  readonly close: () => Promise<void>;
}

/** A workspace that is read while another connection may write. */
export interface WorkspaceBeside {
  readonly workspace: Workspace;
  /** Stops the statement that is running. */
  readonly interrupt: () => void;
}

const newSettings = `# Settings of this workspace; docs/settings.md lists them all.
# currency: EUR
# time_zone: Europe/Berlin
`;

/**
 * Opens a workspace: its settings, its ledger and its own metrics.
 *
 * @param folder the workspace's folder
 * @param options whether a missing one is made, and the clock
 * @throws LastpennyError `file_unreadable` when there is none, `settings_invalid`, `metric_invalid`, `formula_invalid`,
 *   `workspace_locked`, `workspace_newer`
 */
export async function openWorkspace(folder: string, options: OpenOptions = {}): Promise<Workspace> {
  const file = join(folder, "workspace.duckdb");
  if (!options.create && !existsSync(file)) {
    throw new LastpennyError(
      "file_unreadable",
      `no workspace in ${folder}: make one with lastpenny measure or lastpenny import`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const settings = loadSettings(folder);
  const catalogue = loadCatalogue(folder);
  const release = lockWorkspace(folder);
  try {
    const store = await openDuckdb(file, {
      memoryLimit: settings.memory,
      threads: settings.threads,
      temporaryDirectory: join(folder, "spill"),
    });
    await prepareSchema(store, derivedShapes({ dialect: store.dialect, settings }));
    return workspaceOver({
      folder,
      settings,
      catalogue,
      store,
      release,
      now: options.now ?? (() => new Date()),
    });
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Returns the settings of a workspace; a new workspace gets a file to write them in.
 *
 * @param folder the workspace's folder
 * @throws LastpennyError `settings_invalid`
 */
export function loadSettings(folder: string): Settings {
  const file = join(folder, "lastpenny.yaml");
  if (!existsSync(file)) writeFileSync(file, newSettings);
  return parseYaml(settingsSchema, readFileSync(file, "utf8"), file, "settings_invalid");
}

/**
 * Returns the metrics that a workspace knows: the built-in ones and those of its `metrics.yaml`.
 *
 * @param folder the workspace's folder, which need not exist
 * @throws LastpennyError `metric_invalid`, `formula_invalid`
 */
export function loadCatalogue(folder: string): Catalogue {
  const file = join(folder, "metrics.yaml");
  return existsSync(file) ? withOwnMetrics(readFileSync(file, "utf8"), file, builtIn) : builtIn;
}

interface Parts {
  readonly folder: string;
  readonly settings: Settings;
  readonly catalogue: Catalogue;
  readonly store: ConnectedStore;
  readonly release: () => void;
  readonly now: () => Date;
  /** True where another connection keeps the derived tables. */
  readonly isBeside?: boolean;
}

function workspaceOver(parts: Parts): Workspace {
  const { folder, settings, catalogue, store, now } = parts;
  const bringUpToDate = async (options?: RefreshOptions): Promise<RefreshReport> => {
    const report = await refresh(store, settings, options);
    const receipt = await recordSettings(parts);
    return receipt ? refresh(store, settings, options) : report;
  };
  // Settings or definitions may have changed since the workspace was closed: what answers looks first, once.
  let current: Promise<RefreshReport> | null = null;
  const upToDate = async () => {
    if (parts.isBeside) return;
    current ??= bringUpToDate();
    await current;
  };
  const context = async () => {
    await upToDate();
    return { store, settings, catalogue, asOf: await latestInstant(store) };
  };
  return {
    folder,
    settings,
    catalogue,
    store,
    import: (path, options) => {
      current = null;
      return importPath({ store, settings, folder, clock: now }, path, options ?? {});
    },
    refresh: (options) => {
      current = bringUpToDate(options);
      return current;
    },
    defaultPeriod: async () => {
      await upToDate();
      const firstDay = await firstDayOf(store);
      return firstDay === null
        ? null
        : lastFullPeriod(await latestInstant(store), settings, firstDay);
    },
    firstDay: async () => {
      await upToDate();
      return firstDayOf(store);
    },
    ...figuresOver(context),
    warnings: async () => warnings(await context()),
    locked: async () => unlockable(catalogue, await recordedMeasures(await context())),
    reconcile: async () => {
      await upToDate();
      return reconcile(store, settings);
    },
    replay: async () => {
      current = null;
      return replay(store, { settings, sources: await knownSources(folder), clock: now });
    },
    decide: (decision) => {
      current = null;
      return decide(store, decision);
    },
    exportRejects: async (path) => exportRejects(store, path, await knownSources(folder)),
    ...connectionsOf(parts),
  };
}

type Answering =
  | "answer"
  | "explain"
  | "attributionTable"
  | "compareModels"
  | "journeyStatistics"
  | "convertedJourneys"
  | "creditOf";

function figuresOver(context: () => Promise<FiguresContext>): Pick<Workspace, Answering> {
  return {
    answer: async (question) => answer(await context(), question),
    explain: async (question, options) => explain(await context(), question, options),
    attributionTable: async (question, by) => attributionTable(await context(), question, by),
    compareModels: async (question, by) => compareModels(await context(), question, by),
    journeyStatistics: async (question) => journeyStatistics(await context(), question),
    convertedJourneys: async (question) => convertedJourneys(await context(), question),
    creditOf: async (order, attribution) => creditOf(await context(), order, attribution),
  };
}

/** Further connections to an open workspace, and its end. */
function connectionsOf(parts: Parts): Pick<Workspace, "beside" | "reread" | "close"> {
  const { folder, store, release } = parts;
  return {
    beside: async () => {
      const own = await store.beside();
      const beside = { ...parts, store: own, release: () => undefined, isBeside: true };
      return { workspace: workspaceOver(beside), interrupt: () => own.interrupt() };
    },
    reread: () =>
      workspaceOver({
        ...parts,
        settings: loadSettings(folder),
        catalogue: loadCatalogue(folder),
      }),
    close: async () => {
      await store.close();
      release();
    },
  };
}

async function firstDayOf(store: Store): Promise<string | null> {
  const [row] = await store.query(
    sql`SELECT CAST(min("first_day") AS VARCHAR) AS "first_day" FROM "derived"."coverage"`,
  );
  return typeof row?.first_day === "string" ? row.first_day : null;
}

async function recordSettings({ store, settings, now }: Parts): Promise<Receipt | null> {
  const until = toLocalDay(settings.time_zone, await latestInstant(store));
  const since = (await firstDayOf(store)) ?? until;
  return recordRecurringCosts(store, { settings, since, until, clock: now });
}
