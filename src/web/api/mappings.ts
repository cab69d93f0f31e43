import { queryOptions } from "@tanstack/react-query";
import type { Job, MappingDecision, Mappings, ShownMapping } from "../../server/api.ts";
import { request, send } from "./request.ts";

const path = (id: string) => `/api/mappings/${encodeURIComponent(id)}`;

/** The workspace's own mappings, and proposals that wait. */
export const mappingsQuery = queryOptions({
  queryKey: ["mappings"],
  queryFn: ({ signal }) => request<Mappings>("/api/mappings", { signal }),
});

/**
 * A mapping with the columns of its file. It is edited, so none is kept for the next time: whoever began to correct what
 * was kept would lose it when the answer comes.
 *
 * @param id of the mapping
 */
export const mappingQuery = (id: string) =>
  queryOptions({
    queryKey: ["mappings", id],
    gcTime: 0,
    queryFn: ({ signal }) => request<ShownMapping>(path(id), { signal }),
  });

/**
 * Accepts or corrects a mapping: its waiting files are imported, its rejects read again.
 *
 * @param id of the mapping
 * @param body what changes
 */
export function decideMapping(id: string, body: MappingDecision): Promise<Job> {
  return request<Job>(path(id), { method: "POST", body });
}

/**
 * Removes a mapping; rows that it brought stay.
 *
 * @param id of the mapping
 */
export async function removeMapping(id: string): Promise<void> {
  await send(path(id), { method: "DELETE" });
}
