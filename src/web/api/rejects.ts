import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Rejects } from "../../server/api.ts";
import { request } from "./request.ts";

/** Which rejected rows are wanted. */
export interface RejectsAsked {
  readonly load?: string | undefined;
  readonly source?: string | undefined;
  readonly code?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/**
 * Open rejects: reasons with counts, and a page of rows as they were read.
 *
 * @param asked filter and page
 */
export const rejectsQuery = ({ load, source, code, offset, limit }: RejectsAsked) =>
  queryOptions({
    queryKey: ["rejects", load, source, code, offset, limit],
    queryFn: ({ signal }) =>
      request<Rejects>("/api/rejects", {
        query: { load, source, code, offset: String(offset), limit: String(limit) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
