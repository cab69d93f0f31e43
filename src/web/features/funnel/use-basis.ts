import { useView } from "../../view/use-view.ts";

/** Events of the period, or the people who came in the period followed until now. */
export type Basis = "period" | "cohort";

/** Returns how people are counted, which the address keeps, and how to change it. */
export function useBasis(): { readonly basis: Basis; readonly setBasis: (basis: string) => void } {
  const { view, set } = useView();
  return {
    basis: view.search.basis === "cohort" ? "cohort" : "period",
    setBasis: (basis) => set({ basis: basis === "cohort" ? basis : undefined }),
  };
}
