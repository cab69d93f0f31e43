import { z } from "@hono/zod-openapi";
import { day, list } from "./basics.ts";

const id = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** A view to be saved: a name and the part of the address that makes the picture. */
export const newView = z.strictObject({
  name: z.string().trim().min(1).max(200),
  path: z
    .string()
    .max(4000)
    .regex(/^\/(?!\/)[^\\]*$/, "a path of the app with its query, such as /channels?r=28d"),
});

/** A saved view. */
export const view = newView.extend({ id, createdAt: z.string() }).openapi("View");

/** All saved views, by name. */
export const views = z.object({ views: list(view) });

/** An annotation to be made: a day or a stretch of days on time series. */
export const newAnnotation = z.strictObject({
  from: day,
  to: day.nullable().default(null),
  text: z.string().trim().min(1).max(2000),
  kind: z
    .enum(["campaign", "release", "price", "outage", "data_fix", "experiment", "go_live", "other"])
    .default("other"),
  tags: z.array(z.string().trim().min(1).max(50)).max(20).readonly().default([]),
});

/** An annotation. */
export const annotation = newAnnotation
  .extend({ id, createdAt: z.string(), changedAt: z.string() })
  .openapi("Annotation");

/** All annotations, by day. */
export const annotations = z.object({ annotations: list(annotation) });
