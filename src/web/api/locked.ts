import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { ShownLocked } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Metrics that cannot be computed yet, and which rows would change that.
 *
 * @param lang language of the names
 */
export const lockedQuery = (lang: Locale) =>
  queryOptions({
    queryKey: ["locked", lang],
    queryFn: ({ signal }) => request<ShownLocked>("/api/locked", { query: { lang }, signal }),
    placeholderData: keepPreviousData,
  });
