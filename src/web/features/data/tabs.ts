import { useView } from "../../view/use-view.ts";

/** Pages of the screen. */
export const dataTabs = [
  "files",
  "sources",
  "rejects",
  "mappings",
  "metrics",
  "proof",
  "settings",
] as const;

/** One of the pages. */
export type DataTab = (typeof dataTabs)[number];

/** Keys of the address that belong to single pages; they go when another page opens. */
const ofPages = ["mapping", "load", "source", "code", "at", "q", "family", "only", "days"] as const;

/** What the address says about a page. */
export type PageKeys = Readonly<Partial<Record<(typeof ofPages)[number], string | undefined>>>;

/** Returns the page that is open with its part of the address, and the ways to change both. */
export function useDataTab() {
  const { view, set } = useView();
  const { search } = view;
  const tab = dataTabs.find((one) => one === search.tab) ?? "files";
  const keyOf = (key: keyof PageKeys): string | undefined =>
    typeof search[key] === "string" ? search[key] : undefined;
  return {
    tab,
    keyOf,
    /** Opens a page. */
    open: (next: DataTab, keys: PageKeys = {}) => {
      const none = Object.fromEntries(ofPages.map((key) => [key, undefined]));
      set({ ...none, ...keys, tab: next === "files" ? undefined : next });
    },
    /** Changes what the open page shows. */
    setKeys: (keys: PageKeys, isTyping = false) => set(keys, { replace: isTyping }),
  };
}
