import { queryOptions } from "@tanstack/react-query";
import type { Locale } from "../../locales/translate.ts";
import type { CreditRequest, ShownOrderCredit } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Which touch earned how much of an order, under every model.
 *
 * @param asked the order, and another attribution
 * @param lang language of the words
 */
export const orderCreditQuery = (asked: CreditRequest, lang: Locale) =>
  queryOptions({
    queryKey: ["attribution", "credit", lang, asked],
    queryFn: ({ signal }) =>
      request<ShownOrderCredit>("/api/attribution/credit", {
        method: "POST",
        body: asked,
        query: { lang },
        signal,
      }),
  });
