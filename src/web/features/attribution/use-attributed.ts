import { useMemo } from "react";
import { useKnown } from "../../view/known.tsx";
import { useView } from "../../view/use-view.ts";

/** What credit is told by, the usual first. */
export const dimensions = [
  "channel",
  "source",
  "medium",
  "campaign",
  "automation",
  "asset",
  "tool",
  "landing_page",
] as const;

/** Rows that are asked for; further ones are in the total. */
export const mostRows = 200;

/** Returns what the screen asks about attribution: the dimension of the address, and the view as the routes take it. */
export function useAttributed() {
  const { view, set } = useView();
  const { workspace } = useKnown();
  const by = dimensions.find((one) => one === view.search.by) ?? "channel";
  const { period, filter, attribution } = view;
  return useMemo(
    () => ({
      by,
      setBy: (next: string) => set({ by: next === "channel" ? undefined : next }),
      model: attribution?.model ?? workspace.attribution.model,
      question: {
        ...period,
        ...(filter === "" ? {} : { filter }),
        ...(attribution ? { attribution } : {}),
        limit: mostRows,
      },
      /** What a saved table says that it was asked by; journeys are asked without the filter. */
      asked: { period, ...(filter === "" ? {} : { filter }), attribution: attribution ?? {} },
      askedDays: { period, attribution: attribution ?? {} },
      days: { ...period, ...(attribution ? { attribution } : {}) },
    }),
    [by, period, filter, attribution, workspace, set],
  );
}
