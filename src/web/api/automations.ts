import { queryOptions } from "@tanstack/react-query";
import type { Automations } from "../../server/api.ts";
import { request } from "./request.ts";

/** The automations that sources name, and when they went live. */
export const automationsQuery = queryOptions({
  queryKey: ["automations"],
  queryFn: ({ signal }) => request<Automations>("/api/automations", { signal }),
});
