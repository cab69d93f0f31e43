import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { DimensionValues } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Values of a dimension, the most frequent first.
 *
 * @param dimension its id
 * @param search part of the value
 * @param lang language of the name for "none"
 */
export const dimensionValuesQuery = (dimension: string, search: string, lang: Locale) =>
  queryOptions({
    queryKey: ["values", lang, dimension, search],
    queryFn: ({ signal }) =>
      request<DimensionValues>(`/api/dimensions/${encodeURIComponent(dimension)}/values`, {
        query: { lang, search, limit: "100" },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
