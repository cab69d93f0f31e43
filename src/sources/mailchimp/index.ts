import type { Source } from "../source.ts";
import { mailchimpExports } from "./exports.ts";
import { mailchimpTables } from "./synced.ts";

/** Everything of this vendor that can be recognised. */
export const mailchimp: readonly Source[] = [...mailchimpTables, ...mailchimpExports];
