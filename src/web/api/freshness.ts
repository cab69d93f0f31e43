import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FreshnessStrip } from "../../server/api.ts";
import { request } from "./request.ts";

/**
 * Rows by source and day, and the days on which rows are missing.
 *
 * @param from first day
 * @param to the day after the last
 */
export const freshnessQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["freshness", from, to],
    queryFn: ({ signal }) =>
      request<FreshnessStrip>("/api/freshness", { query: { from, to }, signal }),
    placeholderData: keepPreviousData,
  });
