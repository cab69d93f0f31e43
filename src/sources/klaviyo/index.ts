import { klaviyoCampaignReport } from "./campaign-report.ts";
import { klaviyoTables } from "./synced.ts";

/** Everything of this vendor that can be recognised. */
export const klaviyo = [...klaviyoTables, klaviyoCampaignReport] as const;
