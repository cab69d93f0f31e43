import { googleAds } from "./google-ads/index.ts";
import { hubspot } from "./hubspot/index.ts";
import { mailchimp } from "./mailchimp/index.ts";
import { metaAds } from "./meta-ads/index.ts";
import { salesforce } from "./salesforce/index.ts";
import { shopify } from "./shopify/index.ts";
import type { Source } from "./source.ts";
import { templates } from "./template/index.ts";

/** Everything that can be recognised: a new vendor is one folder and one line here. */
export const sources: readonly Source[] = [
  ...templates,
  ...shopify,
  ...hubspot,
  ...salesforce,
  ...mailchimp,
  ...googleAds,
  ...metaAds,
];
