import { queryOptions } from "@tanstack/react-query";
import type { Job, Jobs } from "../../server/api.ts";
import { request } from "./request.ts";

/** A job at work is asked about so often, in case the stream of events is cut; ms. */
const askEvery = 2_000;

const isAtWork = ({ state }: Job) => state === "waiting" || state === "running";

/** Imports and replays since the server began, the latest first. */
export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: ({ signal }) => request<Jobs>("/api/jobs", { signal }),
  refetchInterval: ({ state }) => (state.data?.jobs.some(isAtWork) ? askEvery : false),
});

/** Reads open rejects again, with the mappings as they are now. */
export function startReplay(): Promise<Job> {
  return request<Job>("/api/replay", { method: "POST", body: {} });
}
