import { useMemo } from "react";
import type { ShownAnswer, ShownFigure } from "../../server/api.ts";
import { bothOf, filterOfGroup } from "../view/filters.ts";
import { customPeriod, type Period, periodText } from "../view/period.ts";
import type { Search } from "../view/search.ts";
import { useView } from "../view/use-view.ts";

/** The figure that an explanation is about. */
export interface ExplainTarget {
  /** Metric with its variant: revenue@net. */
  readonly metric: string;
  /** Its group, in the filter language; empty for the total. */
  readonly filter?: string;
  /** Its own days, where it is one bucket of the period. */
  readonly period?: Period;
  /** Its own attribution model, where it is not that of the view. */
  readonly model?: string;
  /** Follows the people of the period, where the figure does. */
  readonly basis?: "cohort";
}

/** Pages of the drawer. */
export const explainTabs = ["formula", "inputs", "change", "rows", "sql", "trust"] as const;

/** One of the pages. */
export type ExplainTab = (typeof explainTabs)[number];

/**
 * Returns what has to be explained to explain a figure.
 *
 * @param figure with its group
 * @param period the days of its bucket, when it has one
 */
export function targetOf(
  figure: Pick<ShownFigure, "metric" | "variant" | "group"> &
    Pick<ExplainTarget, "basis" | "filter">,
  period?: Period,
): ExplainTarget {
  const filter = bothOf(filterOfGroup(figure.group), figure.filter ?? "");
  return {
    metric: `${figure.metric}@${figure.variant}`,
    ...(filter === "" ? {} : { filter }),
    ...(period ? { period } : {}),
    ...(figure.basis ? { basis: figure.basis } : {}),
  };
}

/**
 * Marks the figures of an answer with the filter that it was asked with beside that of the view, so that their
 * explanation has the same.
 *
 * @param answer to a narrower question
 * @param filter in the filter language
 */
export function narrowed(answer: ShownAnswer, filter: string): ShownAnswer {
  return { ...answer, figures: answer.figures.map((one) => ({ ...one, filter })) };
}

/**
 * Writes what is explained as keys of the address.
 *
 * @param target what to explain
 * @param tab the page to open
 */
export function searchOfTarget(
  target: ExplainTarget,
  tab?: ExplainTab,
): Pick<Search, "explain" | "xf" | "xp" | "xm" | "xb" | "xt"> {
  return {
    explain: target.metric,
    xf: target.filter,
    xp: target.period ? periodText(target.period) : undefined,
    xm: target.model,
    xb: target.basis,
    xt: tab,
  };
}

function targetIn(keys: Pick<Search, "explain" | "xf" | "xp" | "xm" | "xb">): ExplainTarget | null {
  const { explain, xf, xp, xm, xb } = keys;
  if (!explain) return null;
  const period = customPeriod(xp ?? "");
  return {
    metric: explain,
    ...(xf ? { filter: xf } : {}),
    ...(period ? { period } : {}),
    ...(xm ? { model: xm } : {}),
    ...(xb === "cohort" ? { basis: xb } : {}),
  };
}

/** Returns the explanation that is open, and how to open, change and close it: it lives in the address. */
export function useExplain() {
  const { view, set } = useView();
  const { explain, xf, xp, xm, xb, xt } = view.search;
  return useMemo(() => {
    const target = targetIn({ explain, xf, xp, xm, xb });
    const tab: ExplainTab = explainTabs.find((one) => one === xt) ?? "formula";
    return {
      target,
      tab,
      open: (next: ExplainTarget, at?: ExplainTab) => set(searchOfTarget(next, at)),
      setTab: (next: ExplainTab) =>
        set({ xt: next === "formula" ? undefined : next }, { replace: true }),
      close: () =>
        set({
          explain: undefined,
          ...{ xf: undefined, xp: undefined, xm: undefined, xb: undefined, xt: undefined },
        }),
    };
  }, [explain, xf, xp, xm, xb, xt, set]);
}
