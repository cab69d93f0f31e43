import { useQuery } from "@tanstack/react-query";
import { journeysQuery } from "../../api/attribution-journeys.ts";
import { useTexts } from "../../text/texts.tsx";
import { valuesOf } from "../../view/filters.ts";
import { useView } from "../../view/use-view.ts";
import { type Behind, behindIn, behindText } from "./behind.ts";
import { useAttributed } from "./use-attributed.ts";

/** Paths that are asked for: as many as a request may name again. */
const mostPaths = 1000;

/** Returns the journeys of the view; of its filters, one channel narrows them. */
export function useJourneys() {
  const { locale } = useTexts();
  const { view } = useView();
  const { days } = useAttributed();
  const channels = valuesOf(view.chips, "channel");
  const [channel] = channels;
  const isNarrowed = channels.length === 1 && channel !== undefined;
  const asked = { ...days, ...(isNarrowed ? { channel } : {}) };
  const query = useQuery(journeysQuery({ ...asked, limit: mostPaths }, locale));
  return {
    query,
    asked,
    /** Filters of the view that journeys know nothing of. */
    ignored: view.chips.length - (isNarrowed ? 1 : 0),
  };
}

/** Returns which conversions are listed, and how to list others: it lives in the address. */
export function useBehind() {
  const { view, set } = useView();
  return {
    behind: behindIn(view.search.jl),
    openBehind: (next: Behind) => set({ jl: behindText(next), jo: undefined }),
    closeBehind: () => set({ jl: undefined, jo: undefined }),
  };
}
