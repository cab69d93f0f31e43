import { queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { ExplainRequest, ShownExplanation } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Everything about one figure.
 *
 * @param asked the question with its one metric, and the page of rows
 * @param lang language of the words
 */
export const explainQuery = (asked: ExplainRequest, lang: Locale) =>
  queryOptions({
    queryKey: ["explain", lang, asked],
    queryFn: ({ signal }) =>
      request<ShownExplanation>("/api/explain", {
        method: "POST",
        body: asked,
        query: { lang },
        signal,
      }),
    placeholderData: (previous, query) =>
      isSameFigure(query?.queryKey, asked) ? previous : undefined,
  });

/** Another page of rows or another split of the same figure may show the old one meanwhile; another figure must not. */
function isSameFigure(key: readonly unknown[] | undefined, asked: ExplainRequest): boolean {
  const before = key?.[2] as ExplainRequest | undefined;
  return JSON.stringify(before?.question) === JSON.stringify(asked.question);
}
