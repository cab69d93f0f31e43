import { queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { ShownReconciliation } from "../../server/api.ts";
import { request } from "./request.ts";

/** The proof of the books: what was compared, and what does not tie. */
export const reconcileQuery = queryOptions({
  queryKey: ["reconcile"],
  queryFn: ({ signal }) => request<ShownReconciliation>("/api/reconcile", { signal }),
});

/**
 * The proof of the books with amounts printed in a language.
 *
 * @param lang the language
 */
export const printedReconcileQuery = (lang: Locale) =>
  queryOptions({
    queryKey: ["reconcile", lang],
    queryFn: ({ signal }) =>
      request<ShownReconciliation>("/api/reconcile", { query: { lang }, signal }),
  });
