import { queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { ShownWarnings } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * What looks suspicious in the data.
 *
 * @param lang language of the sentences
 */
export const warningsQuery = (lang: Locale) =>
  queryOptions({
    queryKey: ["warnings", lang],
    queryFn: ({ signal }) => request<ShownWarnings>("/api/warnings", { query: { lang }, signal }),
  });
