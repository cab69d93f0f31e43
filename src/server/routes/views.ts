import { z } from "@hono/zod-openapi";
import { type Endpoint, endpoint } from "../endpoint.ts";
import * as schemas from "../schemas/views.ts";

const byId = z.object({ id: z.string().max(64) });
const removed = z.object({ removed: z.boolean() });

/** Routes of saved views and annotations. */
export const viewEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/api/views",
    group: "Kept",
    summary: "Saved views",
    answer: schemas.views,
    run: async (_asked, { kept }) => ({ views: kept.views.all() }),
  }),
  endpoint({
    method: "post",
    path: "/api/views",
    group: "Kept",
    summary: "Saves a view",
    body: schemas.newView,
    answer: schemas.view,
    run: async ({ body }, { kept }) => kept.views.add(body),
  }),
  endpoint({
    method: "put",
    path: "/api/views/{id}",
    group: "Kept",
    summary: "Changes a saved view",
    params: byId,
    body: schemas.newView,
    answer: schemas.view,
    run: async ({ params, body }, { kept }) => kept.views.change(params.id, body),
  }),
  endpoint({
    method: "delete",
    path: "/api/views/{id}",
    group: "Kept",
    summary: "Removes a saved view",
    params: byId,
    answer: removed,
    run: async ({ params }, { kept }) => {
      kept.views.remove(params.id);
      return { removed: true };
    },
  }),
  endpoint({
    method: "get",
    path: "/api/annotations",
    group: "Kept",
    summary: "Annotations on time series",
    answer: schemas.annotations,
    run: async (_asked, { kept }) => ({ annotations: kept.annotations.all() }),
  }),
  endpoint({
    method: "post",
    path: "/api/annotations",
    group: "Kept",
    summary: "Adds an annotation",
    body: schemas.newAnnotation,
    answer: schemas.annotation,
    run: async ({ body }, { kept }) => kept.annotations.add(body),
  }),
  endpoint({
    method: "put",
    path: "/api/annotations/{id}",
    group: "Kept",
    summary: "Changes an annotation",
    params: byId,
    body: schemas.newAnnotation,
    answer: schemas.annotation,
    run: async ({ params, body }, { kept }) => kept.annotations.change(params.id, body),
  }),
  endpoint({
    method: "delete",
    path: "/api/annotations/{id}",
    group: "Kept",
    summary: "Removes an annotation",
    params: byId,
    answer: removed,
    run: async ({ params }, { kept }) => {
      kept.annotations.remove(params.id);
      return { removed: true };
    },
  }),
];
