import { ga4 } from "./ga4/index.ts";
import { googleAds } from "./google-ads/index.ts";
import { hubspot } from "./hubspot/index.ts";
import { klaviyo } from "./klaviyo/index.ts";
import { linkedinAds } from "./linkedin-ads/index.ts";
import { mailchimp } from "./mailchimp/index.ts";
import { mautic } from "./mautic/index.ts";
import { metaAds } from "./meta-ads/index.ts";
import { salesforce } from "./salesforce/index.ts";
import { sendgrid } from "./sendgrid/index.ts";
import { shopify } from "./shopify/index.ts";
import type { Source } from "./source.ts";
import { stripe } from "./stripe/index.ts";
import { templates } from "./template/index.ts";
import { woocommerce } from "./woocommerce/index.ts";

/** Everything that can be recognised: a new vendor is one folder and one line here. */
export const sources: readonly Source[] = [
  ...templates,
  ...shopify,
  ...hubspot,
  ...salesforce,
  ...mailchimp,
  ...googleAds,
  ...metaAds,
  ...ga4,
  ...klaviyo,
  ...linkedinAds,
  ...mautic,
  ...sendgrid,
  ...stripe,
  ...woocommerce,
];
