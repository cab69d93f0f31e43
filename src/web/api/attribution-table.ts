import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { AttributionTableRequest, ShownAttributionTable } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Credit, conversions and cost by one dimension, tied to the ledger.
 *
 * @param asked question and dimension
 * @param lang language of the words
 */
export const attributionTableQuery = (asked: AttributionTableRequest, lang: Locale) =>
  queryOptions({
    queryKey: ["attribution", "table", lang, asked],
    queryFn: ({ signal }) =>
      request<ShownAttributionTable>("/api/attribution/table", {
        method: "POST",
        body: asked,
        query: { lang },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
