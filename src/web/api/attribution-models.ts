import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { AttributionTableRequest, ShownModelComparison } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * What every model credits, side by side.
 *
 * @param asked question and dimension
 * @param lang language of the words
 */
export const attributionModelsQuery = (asked: AttributionTableRequest, lang: Locale) =>
  queryOptions({
    queryKey: ["attribution", "models", lang, asked],
    queryFn: ({ signal }) =>
      request<ShownModelComparison>("/api/attribution/models", {
        method: "POST",
        body: asked,
        query: { lang },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
