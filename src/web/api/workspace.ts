import { queryOptions } from "@tanstack/react-query";
import type { WorkspaceInfo } from "../../server/api.ts";
import { request } from "./request.ts";

/** What the app has to know of a workspace before it asks anything. */
export const workspaceQuery = queryOptions({
  queryKey: ["workspace"],
  queryFn: ({ signal }) => request<WorkspaceInfo>("/api/workspace", { signal }),
});
