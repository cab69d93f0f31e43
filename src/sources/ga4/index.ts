import { ga4Exports } from "./events.ts";
import { ga4Report } from "./report.ts";

/** Everything of this vendor that can be recognised. */
export const ga4 = [...ga4Exports, ga4Report] as const;
