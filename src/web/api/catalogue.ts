import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { ShownCatalogue } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Every metric with its words.
 *
 * @param lang language of the words
 */
export const catalogueQuery = (lang: Locale) =>
  queryOptions({
    queryKey: ["catalogue", lang],
    queryFn: ({ signal }) => request<ShownCatalogue>("/api/catalogue", { query: { lang }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
