import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { ShownSettings } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Settings that figures follow, and recurring costs.
 *
 * @param lang language of the amounts
 */
export const settingsQuery = (lang: Locale) =>
  queryOptions({
    queryKey: ["settings", lang],
    queryFn: ({ signal }) => request<ShownSettings>("/api/settings", { query: { lang }, signal }),
    placeholderData: keepPreviousData,
  });
