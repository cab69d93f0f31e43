import { join } from "node:path";
import type { z } from "@hono/zod-openapi";
import { metricText } from "../../catalogue/words.ts";
import { latestInstant } from "../../derive/latest-instant.ts";
import { coverageOf } from "../../figures/coverage.ts";
import { printFigure, printGroup } from "../../figures/print.ts";
import type { Claim } from "../../figures/reconcile-credits.ts";
import { spanOfDays } from "../../figures/spans.ts";
import { attributionModels } from "../../ledger/attribution.ts";
import { addDays, toLocalDay } from "../../ledger/calendar.ts";
import { parseRecurringCost } from "../../ledger/recurring-costs.ts";
import type { Settings } from "../../ledger/settings.ts";
import { metricTexts } from "../../locales/locales.ts";
import type { Locale } from "../../locales/translate.ts";
import { warningText } from "../../locales/warning-texts.ts";
import { sql } from "../../sql/fragment.ts";
import type { Workspace } from "../../workspace.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { isoInstant } from "../instant.ts";
import { languageQuery } from "../schemas/basics.ts";
import {
  locked,
  reconciliation,
  shownSettings,
  warnings,
  workspaceInfo,
} from "../schemas/workspace.ts";

type ShownSettings = z.input<typeof shownSettings>;

/** What a workspace tells of its ledger. */
interface Known {
  readonly firstDay: string | null;
  readonly asOf: string | null;
  readonly defaultPeriod: { readonly from: string; readonly to: string } | null;
  readonly loadedAt: string | null;
  readonly openRejects: number;
  readonly staleSources: readonly string[];
}

/** Routes about the workspace as a whole. */
export const workspaceEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/api/workspace",
    group: "Workspace",
    summary: "Name, calendar, currency, days known, default period, freshness",
    query: languageQuery,
    answer: workspaceInfo,
    run: async (_asked, { owner, version, signIn }) => {
      const { settings } = owner.workspace();
      const ledgerVersion = owner.version();
      const known = await owner.readOnce("workspace", knownOf);
      const { attribution, server } = settings;
      return {
        ...{ name: settings.name, isDemo: settings.demo, version, locale: settings.locale },
        ...{ currency: settings.currency, timeZone: settings.time_zone },
        ...{ weekStart: settings.week_start, fiscalYearStart: settings.fiscal_year_start },
        ...{ few: settings.few, staleAfterDays: settings.stale_after_days },
        ...{ firstDay: known.firstDay, asOf: known.asOf, defaultPeriod: known.defaultPeriod },
        lastDay: known.asOf === null ? null : toLocalDay(settings.time_zone, known.asOf),
        attribution: {
          models: attributionModels,
          model: attribution.model,
          windowDays: attribution.window_days,
          viewWindowDays: attribution.view_window_days,
          level: attribution.level,
          goal: attribution.goal,
          otherChannels: attribution.other_channels,
        },
        freshness: {
          state: freshnessState(known),
          loadedAt: known.loadedAt,
          staleSources: known.staleSources,
          openRejects: known.openRejects,
        },
        ledgerVersion,
        bodyLimitBytes: server.upload_megabytes * 2 ** 20,
        needsSignIn: signIn.isNeeded,
      };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/warnings",
    group: "Workspace",
    summary: "What looks suspicious in the data",
    query: languageQuery,
    answer: warnings,
    run: async ({ locale }, { owner }) => {
      const found = await owner.readOnce("warnings", (workspace) => workspace.warnings());
      return { warnings: found.map((one) => ({ ...one, text: warningText(one, locale) })) };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/locked",
    group: "Workspace",
    summary: "Metrics that cannot be computed yet, and what would change that",
    query: languageQuery,
    answer: locked,
    run: async ({ locale }, { owner }) => {
      const { catalogue } = owner.workspace();
      const found = await owner.readOnce("locked", (workspace) => workspace.locked());
      const texts = metricTexts(locale);
      return {
        locked: found.map((one) => ({
          ...one,
          name: metricText(catalogue.metric(one.metric), texts).name,
        })),
        computable: catalogue.metrics.length - found.length,
        of: catalogue.metrics.length,
      };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/reconcile",
    group: "Workspace",
    summary: "The proof of the books",
    query: languageQuery,
    answer: reconciliation,
    run: async ({ locale }, { owner }) => {
      const { counts, claims, ...rest } = await owner.readOnce("reconcile", (workspace) =>
        workspace.reconcile(),
      );
      const { currency } = owner.workspace().settings;
      return {
        ...rest,
        counts: Object.fromEntries(Object.entries(counts)),
        claims: claims.map((claim) => shownClaim(claim, currency, locale)),
      };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/settings",
    group: "Workspace",
    summary: "Settings that figures follow, recurring costs, and where both are changed",
    query: languageQuery,
    answer: shownSettings,
    run: async ({ locale }, { owner }) => {
      const { settings, folder } = owner.workspace();
      return settingsOf(settings, folder, locale);
    },
  }),
];

function shownClaim(claim: Claim, currency: string, locale: Locale) {
  const money = (value: string | null) => printFigure({ value, unit: "money", currency }, locale);
  const parts = (value: string) => printFigure({ value, unit: "count" }, locale);
  return {
    ...claim,
    channelText: printGroup(claim.channel, locale),
    claimedConversionsText: parts(claim.claimedConversions),
    creditedConversionsText: parts(claim.creditedConversions),
    claimedValueText: money(claim.claimedValue),
    creditedValueText: money(claim.creditedValue),
  };
}

function settingsOf(settings: Settings, folder: string, locale: Locale): ShownSettings {
  const { attribution, customers, revenue, sessions } = settings;
  return {
    file: join(folder, "lastpenny.yaml"),
    ...{ name: settings.name, locale: settings.locale, currency: settings.currency },
    ...{ defaultCurrency: settings.default_currency, timeZone: settings.time_zone },
    ...{ weekStart: settings.week_start, fiscalYearStart: settings.fiscal_year_start },
    ...{ revenueFrom: revenue.from, revenueTax: revenue.tax, hasShipping: revenue.shipping },
    ...{ activeDays: customers.active_days, customerUnit: customers.unit },
    ...{ sessionMinutes: sessions.timeout_minutes, followUpMinutes: settings.follow_up_minutes },
    ...{ staleAfterDays: settings.stale_after_days, few: settings.few },
    ...{ mqlScore: settings.mql_score, channelRules: settings.channels.length },
    attribution: {
      model: attribution.model,
      windowDays: attribution.window_days,
      viewWindowDays: attribution.view_window_days,
      level: attribution.level,
      goal: attribution.goal,
    },
    uploadMegabytes: settings.server.upload_megabytes,
    costs: settings.costs.map(parseRecurringCost).map((cost) => {
      const { kind, amount, every, fte, from, to, tool, automation, channel, campaign, note } =
        cost;
      const currency = cost.currency ?? settings.currency;
      return {
        ...{ kind, amount, every, fte: fte ?? null, from: from ?? null, to: to ?? null },
        amountText: printFigure({ value: amount, unit: "money", currency }, locale),
        about: [tool, automation, channel, campaign].filter((one) => one !== undefined),
        note: note ?? null,
      };
    }),
  };
}

function freshnessState({ firstDay, staleSources }: Known): "fresh" | "stale" | "empty" {
  if (firstDay === null) return "empty";
  return staleSources.length > 0 ? "stale" : "fresh";
}

async function knownOf(workspace: Workspace): Promise<Known> {
  const { store, settings } = workspace;
  const [loads] = await store.query(
    sql`SELECT CAST(max("finished_at") AS VARCHAR) AS "loaded_at" FROM "ledger"."loads"`,
  );
  const [rejects] = await store.query(
    sql`SELECT count(*) AS "rows" FROM "ledger"."rejects" WHERE "state" = 'open'`,
  );
  const firstDay = await workspace.firstDay();
  const asOf = firstDay === null ? null : isoInstant(await latestInstant(store));
  return {
    firstDay,
    asOf,
    defaultPeriod: await workspace.defaultPeriod(),
    loadedAt: typeof loads?.loaded_at === "string" ? isoInstant(loads.loaded_at) : null,
    openRejects: Number(rejects?.rows ?? 0),
    staleSources: asOf === null ? [] : await staleSources({ store, settings, asOf }),
  };
}

/** Sources without rows at the end of the last four weeks where they usually would have some. */
async function staleSources(
  context: Pick<Workspace, "store" | "settings"> & { readonly asOf: string },
): Promise<readonly string[]> {
  const end = addDays(toLocalDay(context.settings.time_zone, context.asOf), 1);
  const span = spanOfDays(addDays(end, -28), end, context.settings);
  const covers = await coverageOf(context, span);
  return covers.filter(({ staleDays }) => staleDays > 0).map(({ source }) => source);
}
