import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { JourneyListRequest, ShownJourneyList } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * The conversions behind a path, a length, a duration or a position.
 *
 * @param asked days, attribution, what has to hold, and which page
 * @param lang language of the words
 */
export const conversionsQuery = (asked: JourneyListRequest, lang: Locale) =>
  queryOptions({
    queryKey: ["attribution", "conversions", lang, asked],
    queryFn: ({ signal }) =>
      request<ShownJourneyList>("/api/attribution/conversions", {
        method: "POST",
        body: asked,
        query: { lang },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
