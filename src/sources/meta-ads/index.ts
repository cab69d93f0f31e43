import type { Source } from "../source.ts";
import { metaAdsReport } from "./report.ts";
import { metaAdsTables } from "./synced.ts";

/** Everything of this vendor that can be recognised. */
export const metaAds: readonly Source[] = [...metaAdsTables, metaAdsReport];
