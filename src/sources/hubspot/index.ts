import type { Source } from "../source.ts";
import { hubspotExports } from "./exports.ts";
import { hubspotActivityTables } from "./synced-activity.ts";
import { hubspotCrmTables } from "./synced-crm.ts";

/** Everything of this vendor that can be recognised. */
export const hubspot: readonly Source[] = [
  ...hubspotCrmTables,
  ...hubspotActivityTables,
  ...hubspotExports,
];
