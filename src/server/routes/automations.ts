import type { z } from "@hono/zod-openapi";
import { vendorOf } from "../../derive/origin.ts";
import { toLocalDay } from "../../ledger/calendar.ts";
import { sql } from "../../sql/fragment.ts";
import type { Row } from "../../store/store.ts";
import type { Workspace } from "../../workspace.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import * as schemas from "../schemas/automations.ts";
import { languageQuery } from "../schemas/basics.ts";

type Automations = z.input<typeof schemas.automations>;

/** Routes about the automations that sources name. */
export const automationEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/api/automations",
    group: "Data",
    summary: "Automations that sources name, and when they went live",
    query: languageQuery,
    answer: schemas.automations,
    run: (_asked, { owner }) => owner.readOnce("automations", automationsOf),
  }),
];

/** Named as touches name them: what people declare has the id that they chose, vendors' ids give way to the name. */
async function automationsOf({ store, settings }: Workspace): Promise<Automations> {
  const { textOf } = store.dialect;
  const vendor = vendorOf(store.dialect, sql`source`);
  const rows = await store.query(
    sql`SELECT CASE WHEN ${vendor} = 'template' THEN trim(automation) ELSE coalesce(nullif(trim(name), ''), trim(automation)) END AS "automation",
        max(nullif(trim(name), '')) AS "name", max(nullif(trim(tool), '')) AS "tool",
        ${textOf(sql`min(went_live_at)`)} AS "live", ${textOf(sql`max(stopped_at)`)} AS "stopped"
      FROM ledger.automations WHERE deleted IS NOT TRUE GROUP BY 1 ORDER BY min(went_live_at) NULLS LAST, 1`,
  );
  const text = (value: Row[string] | undefined) => (typeof value === "string" ? value : null);
  const dayOf = (value: Row[string] | undefined) => {
    const instant = text(value);
    return instant === null ? null : toLocalDay(settings.time_zone, instant);
  };
  return {
    automations: rows.map(({ automation, name, tool, live, stopped }) => ({
      automation: String(automation),
      name: text(name),
      tool: text(tool),
      wentLive: dayOf(live),
      stopped: dayOf(stopped),
    })),
  };
}
