import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { JourneysRequest, ShownJourneys } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Paths, their length and duration, positions and assists of channels.
 *
 * @param asked days, channel, attribution
 * @param lang language of the words
 */
export const journeysQuery = (asked: JourneysRequest, lang: Locale) =>
  queryOptions({
    queryKey: ["attribution", "journeys", lang, asked],
    queryFn: ({ signal }) =>
      request<ShownJourneys>("/api/attribution/journeys", {
        method: "POST",
        body: asked,
        query: { lang },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
