import { z } from "@hono/zod-openapi";
import { list, locale, period, reason } from "./basics.ts";

/** What the app has to know of a workspace before it asks anything. */
export const workspaceInfo = z
  .object({
    name: z.string(),
    isDemo: z.boolean(),
    version: z.string(),
    locale,
    currency: z.string(),
    timeZone: z.string(),
    weekStart: z.enum(["monday", "sunday", "saturday"]),
    fiscalYearStart: z.int(),
    few: z.int(),
    staleAfterDays: z.int(),
    firstDay: z.string().nullable().openapi({ description: "First day with rows." }),
    lastDay: z.string().nullable().openapi({ description: "Last day that the ledger knows." }),
    asOf: z.string().nullable(),
    defaultPeriod: period.nullable(),
    attribution: z.object({
      models: list(z.string()),
      model: z.string(),
      windowDays: z.number(),
      viewWindowDays: z.number(),
      level: z.enum(["person", "account"]),
      goal: z.string(),
      otherChannels: list(z.string()),
    }),
    freshness: z.object({
      state: z.enum(["fresh", "stale", "empty"]),
      loadedAt: z.string().nullable().openapi({ description: "End of the last load, UTC." }),
      staleSources: list(z.string()),
      openRejects: z.int(),
    }),
    ledgerVersion: z.string().openapi({ description: "Changes whenever a figure may change." }),
    bodyLimitBytes: z.int(),
    needsSignIn: z.boolean(),
  })
  .openapi("Workspace");

/** Suspicious data, each with a sentence. */
export const warnings = z.object({ warnings: list(reason) });

/** Metrics that cannot be computed yet. */
export const locked = z.object({
  locked: list(
    z.object({
      metric: z.string(),
      variant: z.string(),
      name: z.string(),
      measures: list(z.string()),
      inputs: list(
        z.object({ fact: z.string(), tables: list(z.string()), kinds: list(z.string()) }),
      ),
    }),
  ),
  computable: z.int().openapi({ description: "How many metrics can be computed now." }),
  of: z.int(),
});

/** The proof of the books. */
export const reconciliation = z
  .object({
    ties: z.boolean(),
    checks: list(
      z.object({
        code: z.string(),
        about: z.record(z.string(), z.string()),
        expected: z.string(),
        found: z.string(),
        ties: z.boolean(),
      }),
    ),
    counts: z.record(z.string(), z.object({ made: z.int(), failed: z.int() })),
    claims: list(
      z.object({
        channel: z.string().nullable(),
        channelText: z.string(),
        month: z.string(),
        claimedConversions: z.string(),
        creditedConversions: z.string(),
        claimedValue: z.string().nullable(),
        creditedValue: z.string(),
        claimedConversionsText: z.string(),
        creditedConversionsText: z.string(),
        claimedValueText: z.string(),
        creditedValueText: z.string(),
      }),
    ).openapi({
      description: "What platforms claim beside what was credited: to read, not to tie.",
    }),
  })
  .openapi("Reconciliation");

/** The settings of the workspace, as `lastpenny.yaml` and its defaults say; figures follow them. */
export const shownSettings = z
  .object({
    file: z.string().openapi({ description: "Where they are changed." }),
    name: z.string(),
    locale,
    currency: z.string(),
    defaultCurrency: z.string().nullable(),
    timeZone: z.string(),
    weekStart: z.enum(["monday", "sunday", "saturday"]),
    fiscalYearStart: z.int(),
    revenueFrom: z.enum(["auto", "orders", "deals", "both"]),
    revenueTax: z.enum(["net", "gross"]),
    hasShipping: z.boolean(),
    activeDays: z.int(),
    customerUnit: z.enum(["person", "account"]),
    sessionMinutes: z.int(),
    followUpMinutes: z.int(),
    staleAfterDays: z.int(),
    few: z.int(),
    mqlScore: z.number().nullable(),
    channelRules: z.int(),
    attribution: z.object({
      model: z.string(),
      windowDays: z.number(),
      viewWindowDays: z.number(),
      level: z.enum(["person", "account"]),
      goal: z.string(),
    }),
    uploadMegabytes: z.int(),
    costs: list(
      z.object({
        kind: z.string(),
        amount: z.string().openapi({ description: "Of one period, exact." }),
        amountText: z.string(),
        fte: z.string().nullable(),
        every: z.enum(["month", "quarter", "year", "once"]),
        from: z.string().nullable(),
        to: z.string().nullable(),
        about: list(z.string()).openapi({ description: "Tool, automation, channel, campaign." }),
        note: z.string().nullable(),
      }),
    ),
  })
  .openapi("Settings");

/** Whether the process is well. */
export const health = z.object({
  ok: z.boolean(),
  version: z.string(),
  uptimeSeconds: z.number(),
});

/** Whether somebody is signed in. */
export const signedIn = z.object({ isSignedIn: z.boolean(), needsSignIn: z.boolean() });

/** What somebody signs in with. */
export const credentials = z.strictObject({ password: z.string().min(1).max(1024) });
