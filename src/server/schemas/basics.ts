import { z } from "@hono/zod-openapi";

/** A calendar day of the workspace. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "a day, such as 2025-01-31")
  .openapi({ example: "2025-01-31" });

/** A stretch of days; `to` is not included. */
export const period = z.object({ from: day, to: day }).openapi("Period");

/** A language of the interface. */
export const locale = z.enum(["en", "zh-Hans", "zh-Hant", "id"]);

/** What every answer in words needs to know. */
export const languageQuery = z.object({
  lang: locale.optional().openapi({ description: "Language; that of the workspace by default." }),
});

/** Which page of a list is meant. */
export const pageQuery = languageQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});

/** A reason as code and parameters, and in words of the language asked for. */
export const reason = z
  .object({ code: z.string(), params: z.record(z.string(), z.string()), text: z.string() })
  .openapi("Reason");

/** An error: code of docs/errors.md, what is wrong and what to do. */
export const problem = z
  .object({
    type: z.string().openapi({ example: "urn:lastpenny:error:metric_unknown" }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: "A code of docs/errors.md, or internal." }),
    detail: z.string(),
    details: z.record(z.string(), z.string()),
    requestId: z.string(),
  })
  .openapi("Problem");

/**
 * A list that the type does not allow to be changed.
 *
 * @param item schema of its items
 */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
