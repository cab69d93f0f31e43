import { queryOptions } from "@tanstack/react-query";
import type { Annotation, Annotations, NewAnnotation } from "../../server/api.ts";
import { request, send } from "./request.ts";

/** Annotations on time series, by day. */
export const annotationsQuery = queryOptions({
  queryKey: ["annotations"],
  queryFn: ({ signal }) => request<Annotations>("/api/annotations", { signal }),
});

/**
 * Makes an annotation.
 *
 * @param body its days, text and kind
 */
export function addAnnotation(body: NewAnnotation): Promise<Annotation> {
  return request<Annotation>("/api/annotations", { method: "POST", body });
}

/**
 * Removes an annotation.
 *
 * @param id of the annotation
 */
export async function removeAnnotation(id: string): Promise<void> {
  await send(`/api/annotations/${encodeURIComponent(id)}`, { method: "DELETE" });
}
