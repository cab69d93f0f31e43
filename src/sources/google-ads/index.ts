import type { Source } from "../source.ts";
import { googleAdsReport } from "./report.ts";
import { googleAdsTables } from "./synced.ts";

/** Everything of this vendor that can be recognised. */
export const googleAds: readonly Source[] = [...googleAdsTables, googleAdsReport];
