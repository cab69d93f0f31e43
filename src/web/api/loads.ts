import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Loads } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Loads with their receipts, the latest first.
 *
 * @param offset of the page
 * @param limit loads of a page
 * @param source only those of one source
 */
export const loadsQuery = (offset: number, limit: number, source?: string) =>
  queryOptions({
    queryKey: ["loads", offset, limit, source],
    queryFn: ({ signal }) =>
      request<Loads>("/api/loads", {
        query: { offset: String(offset), limit: String(limit), source },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
