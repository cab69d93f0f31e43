import { z } from "@hono/zod-openapi";
import { day, list } from "./basics.ts";

/** Automations that a source names, the first to go live first. */
export const automations = z
  .object({
    automations: list(
      z.object({
        automation: z.string().openapi({ description: "As the dimension automation names it." }),
        name: z.string().nullable(),
        tool: z.string().nullable(),
        wentLive: day.nullable(),
        stopped: day.nullable(),
      }),
    ),
  })
  .openapi("Automations");
