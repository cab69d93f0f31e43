import {
  IconAlertTriangle,
  IconCircleHalf2,
  IconCircleMinus,
  IconClock,
  IconDatabaseOff,
  IconSlash,
  IconTilde,
  IconUsersMinus,
} from "@tabler/icons-react";
import type { FigureState } from "../../figures/figure.ts";
import type { AppText } from "../../locales/app-texts.ts";
import type { ShownFigure } from "../../server/api.ts";

/** How a state is marked, on every surface of the app alike. */
export interface StateMark {
  readonly icon: typeof IconClock;
  readonly text: AppText;
  readonly tone: "quiet" | "warn" | "bad";
}

const marks: Readonly<Record<Exclude<FigureState, "ok" | "zero">, StateMark>> = {
  no_data: { icon: IconDatabaseOff, text: "state.no_data", tone: "quiet" },
  partial: { icon: IconCircleHalf2, text: "state.partial", tone: "warn" },
  stale: { icon: IconClock, text: "state.stale", tone: "warn" },
  estimated: { icon: IconTilde, text: "state.estimated", tone: "quiet" },
  too_few: { icon: IconUsersMinus, text: "state.too_few", tone: "quiet" },
  excluded: { icon: IconCircleMinus, text: "state.excluded", tone: "warn" },
  not_applicable: { icon: IconSlash, text: "state.not_applicable", tone: "quiet" },
  error: { icon: IconAlertTriangle, text: "state.error", tone: "bad" },
};

/** Reasons that change no state but cast doubt on the value. */
const suspicious: ReadonlySet<string> = new Set(["order_broken", "above_hundred"]);

/**
 * Returns the mark of a figure.
 *
 * @param figure its state and reasons
 * @returns null where there is nothing to mark
 */
export function markOf(figure: Pick<ShownFigure, "state" | "reasons">): StateMark | null {
  const { state, reasons } = figure;
  if (state !== "ok" && state !== "zero") return marks[state];
  return reasons.some(({ code }) => suspicious.has(code))
    ? { icon: IconAlertTriangle, text: "state.suspicious", tone: "warn" }
    : null;
}

/** What a change is for the reader. */
export type Turn = "better" | "worse" | "same" | "changed" | "new";

/**
 * Tells what a change against the comparison is for the reader. Nothing is called better or worse where too few rows are
 * behind the figure.
 *
 * @param figure with its comparison
 * @returns null when nothing is compared
 */
export function turnOf(figure: Pick<ShownFigure, "comparison" | "state" | "value">): Turn | null {
  const { comparison, state, value } = figure;
  if (!comparison || value === null || state === "too_few") return null;
  if (comparison.delta === null) {
    if (comparison.value === null || !isNothing(comparison.value)) return null;
    return isNothing(value) ? "same" : "new";
  }
  if (isNothing(comparison.delta)) return "same";
  if (comparison.betterWhen === "neutral") return "changed";
  const isUp = !comparison.delta.startsWith("-");
  return isUp === (comparison.betterWhen === "up") ? "better" : "worse";
}

function isNothing(decimal: string | null): boolean {
  return decimal === null || /^-?0*(\.0*)?$/.test(decimal);
}
