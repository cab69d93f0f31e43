import { z } from "zod";
import { didYouMean } from "../catalogue/nearest.ts";
import { ensureLens } from "../derive/lens.ts";
import { LastpennyError } from "../errors.ts";
import {
  type AttributionModel,
  type AttributionSettings,
  attributionModels,
  fittedModels,
} from "../ledger/attribution.ts";
import { addDays, daysBetween, toLocalDay } from "../ledger/calendar.ts";
import type { Settings } from "../ledger/settings.ts";
import { identifier, sql } from "../sql/fragment.ts";
import type { FiguresContext } from "./context.ts";
import type { Reason, UsedAttribution } from "./figure.ts";
import type { Span } from "./spans.ts";

/** How a question wants conversions to be credited; what is left out is that of the settings. */
export interface AttributionChoice {
  readonly model?: AttributionModel;
  /** Days before a conversion during which a touch earns credit. */
  readonly windowDays?: number;
  readonly level?: "person" | "account";
  /** orders, deals, or the name of a goal. */
  readonly goal?: string;
}

/** Facts that follow the settings of attribution; touches do not. */
export const attributionFacts: ReadonlySet<string> = new Set([
  "journeys",
  "channel_weights",
  "credits",
]);

const choiceSchema = z.strictObject({
  model: z.string().optional(),
  windowDays: z.number().positive().max(3660).optional(),
  level: z.enum(["person", "account"]).optional(),
  goal: z.string().min(1).optional(),
});

function refuse(message: string, field: string): LastpennyError {
  return new LastpennyError("question_invalid", message, { field: `attribution.${field}` });
}

/**
 * Returns the settings of attribution that a question means: the workspace's with its own choice put in. Windows of single channels and
 * of views are cut to the window asked for.
 *
 * @param settings the workspace's settings
 * @param choice what the question says
 * @throws LastpennyError `question_invalid`
 */
export function attributionOf(
  settings: Pick<Settings, "attribution">,
  choice: AttributionChoice | undefined,
): AttributionSettings {
  const own = settings.attribution;
  if (choice === undefined) return own;
  const parsed = choiceSchema.safeParse(choice);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join(".") ?? "";
    throw refuse(
      `attribution${field ? `.${field}` : ""}: ${issue?.message ?? "not valid"}; it may say model, windowDays (days above 0), level (person or account) and goal`,
      field,
    );
  }
  const { model, windowDays = own.window_days, level = own.level, goal = own.goal } = parsed.data;
  const atMost = (days: number) => Math.min(days, windowDays);
  return {
    ...own,
    model: model === undefined ? own.model : modelOf(model),
    window_days: windowDays,
    channel_windows: Object.fromEntries(
      Object.entries(own.channel_windows).map(([channel, days]) => [channel, atMost(days)]),
    ),
    view_window_days: atMost(own.view_window_days),
    level,
    goal,
  };
}

function modelOf(text: string): AttributionModel {
  const found = attributionModels.find((model) => model === text);
  if (found) return found;
  throw refuse(
    `unknown attribution model: ${text}${didYouMean(text, attributionModels)} (there are ${attributionModels.join(", ")})`,
    "model",
  );
}

/**
 * Whether conversions of a goal carry amounts; goal events are only counted.
 *
 * @param attribution names the goal
 */
export function creditsMoney({ goal }: Pick<AttributionSettings, "goal">): boolean {
  return goal === "orders" || goal === "deals";
}

/**
 * Returns what a figure says of its attribution.
 *
 * @param attribution the settings that it was credited by
 */
export function usedAttribution({
  model,
  window_days,
  level,
  goal,
}: AttributionSettings): UsedAttribution {
  return { model, windowDays: window_days, level, goal };
}

/**
 * Returns the schema in which the facts of attribution lie under some settings; they are computed when they are not there yet.
 *
 * @param context store and settings
 * @param attribution the settings to credit by
 * @throws LastpennyError `question_invalid` when nobody ever reached the goal
 */
export async function schemaOf(
  { store, settings }: Pick<FiguresContext, "store" | "settings">,
  attribution: AttributionSettings,
): Promise<string> {
  const { goal } = attribution;
  if (goal !== settings.attribution.goal && goal !== "orders" && goal !== "deals") {
    const rows = await store.query(
      sql`SELECT DISTINCT goal FROM derived.conversions WHERE goal IS NOT NULL ORDER BY 1`,
    );
    const goals = ["orders", "deals", ...rows.map((row) => String(row.goal))];
    if (!goals.includes(goal)) {
      throw refuse(
        `unknown goal: ${goal}${didYouMean(goal, goals)} (there are ${goals.join(", ")})`,
        "goal",
      );
    }
  }
  return ensureLens(store, settings, attribution);
}

/**
 * Tells what to mind about credits of a period: what is credited and how, fitted models that the data cannot carry, and touches that were
 * recorded too late to fill the windows.
 *
 * @param context store and settings
 * @param attribution the settings that were credited by
 * @param schema where the facts of attribution lie
 * @param period the stretch
 */
export async function attributionReasons(
  context: Pick<FiguresContext, "store" | "settings">,
  attribution: AttributionSettings,
  schema: string,
  period: Span,
): Promise<readonly Reason[]> {
  const { model, window_days, level, goal } = attribution;
  return [
    { code: "attribution", params: { model, days: String(window_days) } },
    ...(goal === "orders" ? [] : [{ code: "attribution_goal", params: { goal } }]),
    ...(level === "account" ? [{ code: "attribution_account", params: {} }] : []),
    ...(await weakFits(context, model, schema, period)),
    ...(await shortHistory(context, window_days, period)),
  ];
}

async function weakFits(
  { store }: Pick<FiguresContext, "store">,
  model: AttributionModel,
  schema: string,
  { firstDay, nextDay }: Span,
): Promise<readonly Reason[]> {
  if (!fittedModels.some((fitted) => fitted === model)) return [];
  const { dialect } = store;
  const first = dialect.startOf("month", sql`CAST(${firstDay} AS DATE)`);
  const rows = await store.query(
    sql`SELECT note, ${dialect.textOf(sql`month`)} AS month FROM ${identifier(schema, "channel_weights")}
      WHERE model = ${model} AND note IS NOT NULL AND month >= ${first} AND month < CAST(${nextDay} AS DATE)
      GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const months = new Map<string, string[]>();
  for (const { note, month } of rows) {
    const known = months.get(String(note)) ?? [];
    months.set(String(note), [...known, String(month).slice(0, 7)]);
  }
  return [...months].map(([note, found]) => ({
    code: `fit_${note}`,
    params: { model, months: found.join(", ") },
  }));
}

/** Journeys at the start of the ledger are cut off where it begins. */
async function shortHistory(
  { store, settings }: Pick<FiguresContext, "store" | "settings">,
  windowDays: number,
  { firstDay, nextDay }: Span,
): Promise<readonly Reason[]> {
  const [row] = await store.query(
    sql`SELECT min(touched_at) AS begun FROM ${identifier("derived", "touchpoints")}`,
  );
  if (!row?.begun) return [];
  const begun = toLocalDay(
    settings.time_zone,
    `${String(row.begun).replace(" ", "T").slice(0, 19)}Z`,
  );
  const full = addDays(begun, Math.ceil(windowDays));
  if (full <= firstDay) return [];
  const until = full < nextDay ? full : nextDay;
  const days = String(daysBetween(firstDay, until));
  return [{ code: "history_short", params: { day: begun, until, days } }];
}
