import { queryOptions } from "@tanstack/react-query";
import type { NewView, View, Views } from "../../server/api.ts";
import { request, send } from "./request.ts";

/** Saved views, by name. */
export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => request<Views>("/api/views", { signal }),
});

/**
 * Saves a view.
 *
 * @param body name and the part of the address that makes the picture
 */
export function saveView(body: NewView): Promise<View> {
  return request<View>("/api/views", { method: "POST", body });
}

/**
 * Forgets a view.
 *
 * @param id of the view
 */
export async function forgetView(id: string): Promise<void> {
  await send(`/api/views/${encodeURIComponent(id)}`, { method: "DELETE" });
}
