import { queryOptions } from "@tanstack/react-query";
import type { Sources } from "../../server/api.ts";
import { request } from "./request.ts";

/** Sources in use, and everything that is recognised. */
export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: ({ signal }) => request<Sources>("/api/sources", { signal }),
});
