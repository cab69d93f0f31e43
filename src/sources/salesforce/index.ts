import type { Source } from "../source.ts";
import { salesforceObjects } from "./objects.ts";
import { salesforceReports } from "./reports.ts";

/** Everything of this vendor that can be recognised. */
export const salesforce: readonly Source[] = [...salesforceObjects, ...salesforceReports];
