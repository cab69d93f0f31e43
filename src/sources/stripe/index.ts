import { stripeExports } from "./exports.ts";
import { stripeTables } from "./synced.ts";

/** Everything of this vendor that can be recognised. */
export const stripe = [...stripeExports, ...stripeTables] as const;
