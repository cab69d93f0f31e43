import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { recognise } from "../../src/intake/recognise.ts";
import { sources } from "../../src/sources/index.ts";
import { whyNothingRecorded } from "../../src/sources/nothing-recorded.ts";
import { sharedData } from "../shared-data.ts";

/** Every synced table that is recorded, by folder and file; all others have to be listed as carrying nothing. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  facebook_ads: {
    facebook_ads_account_history_data: "meta-ads/accounts",
    facebook_ads_ad_history_data: "meta-ads/ads",
    facebook_ads_basic_ad_action_values_data: "meta-ads/ad-action-values",
    facebook_ads_basic_ad_actions_data: "meta-ads/ad-actions",
    facebook_ads_basic_ad_data: "meta-ads/ads-daily",
    facebook_ads_campaign_history_data: "meta-ads/campaigns",
    facebook_ads_demographics_country_data: "meta-ads/demographics-country",
    facebook_ads_demographics_region_data: "meta-ads/demographics-region",
  },
  google_ads: {
    account_history_data: "google-ads/accounts",
    account_stats_data: "google-ads/account-stats",
    ad_group_stats_data: "google-ads/ad-group-stats",
    ad_stats_data: "google-ads/ad-stats",
    campaign_history_data: "google-ads/campaigns",
    campaign_stats_data: "google-ads/campaign-stats",
    keyword_stats_data: "google-ads/keyword-stats",
    search_term_keyword_stats_data: "google-ads/search-term-stats",
  },
  hubspot: {
    company_data: "hubspot/companies",
    contact_data: "hubspot/contacts",
    contact_form_submission_data: "hubspot/form-submissions",
    contact_merge_audit_data: "hubspot/contact-merges",
    contact_property_history_data: "hubspot/contact-property-history",
    deal_company_data: "hubspot/deal-companies",
    deal_contact_data: "hubspot/deal-contacts",
    deal_data: "hubspot/deals",
    deal_property_history_data: "hubspot/deal-property-history",
    deal_stage_data: "hubspot/deal-stages",
    email_campaign_data: "hubspot/email-campaigns",
    email_event_data: "hubspot/email-events",
    engagement_call_data: "hubspot/calls",
    engagement_contact_data: "hubspot/engagement-contacts",
    engagement_email_data: "hubspot/emails",
    engagement_meeting_data: "hubspot/meetings",
    engagement_task_data: "hubspot/tasks",
  },
  mailchimp: {
    automation: "mailchimp/automations",
    automation_email: "mailchimp/automation-emails",
    automation_recipient: "mailchimp/automation-recipients",
    automation_recipient_activity: "mailchimp/automation-activity",
    campaign: "mailchimp/campaigns",
    campaign_recipient: "mailchimp/campaign-recipients",
    campaign_recipient_activity: "mailchimp/campaign-activity",
    member: "mailchimp/members",
    unsubscribe: "mailchimp/unsubscribes",
  },
  salesforce: {
    sf_account_data: "salesforce/accounts",
    sf_contact_data: "salesforce/contacts",
    sf_event_data: "salesforce/events",
    sf_lead_data: "salesforce/leads",
    sf_opportunity_data: "salesforce/opportunities",
    sf_opportunity_history_data: "salesforce/opportunity-history",
    sf_task_data: "salesforce/tasks",
  },
  shopify: {
    shopify_abandoned_checkout_data: "shopify/abandoned-checkouts",
    shopify_customer_data: "shopify/customers",
    shopify_gql_abandoned_checkout_data: "shopify/gql-abandoned-checkouts",
    shopify_gql_customer_data: "shopify/gql-customers",
    shopify_gql_customer_visit_data: "shopify/gql-customer-visits",
    shopify_gql_order_data: "shopify/gql-orders",
    shopify_gql_order_line_data: "shopify/gql-order-lines",
    shopify_gql_product_data: "shopify/products",
    shopify_gql_refund_data: "shopify/gql-refunds",
    shopify_order_data: "shopify/orders",
    shopify_order_line_data: "shopify/order-lines",
    shopify_product_data: "shopify/products",
    shopify_transaction_data: "shopify/transactions",
  },
};

const exportsOfPeople: Readonly<Record<string, string>> = {
  "google-ads-report.csv": "google-ads/campaign-report",
  "hubspot-companies.csv": "hubspot/companies-export",
  "hubspot-contacts.csv": "hubspot/contacts-export",
  "hubspot-deals.csv": "hubspot/deals-export",
  "mailchimp-audience.csv": "mailchimp/audience-export",
  "mailchimp-campaigns.csv": "mailchimp/campaign-report",
  "meta-ads-report.csv": "meta-ads/report",
  "salesforce-lead-objects.csv": "salesforce/leads",
  "salesforce-opportunities.csv": "salesforce/opportunities-report",
  "salesforce-opportunity-objects.csv": "salesforce/opportunities",
  "shopify-orders.csv": "shopify/orders-export",
};

const headerLines: Readonly<Record<string, number>> = { "google-ads-report.csv": 2 };

const columnsOf = (path: string, line = 0): readonly string[] => {
  const bytes = readFileSync(path);
  const content = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const header = content.replace(/^\uFEFF/, "").split(/\r?\n/)[line] ?? "";
  return header.split(",").map((name) => name.replace(/^"|"$/g, ""));
};

const recognisedAs = (path: string, line = 0): string => {
  const fileName = path.replace(/^.*\//, "");
  const found = recognise(columnsOf(path, line), fileName, sources);
  if (found.kind === "tie") return `tie: ${found.candidates.map(({ source }) => source.id)}`;
  return found.kind === "recognised" ? found.source.id : "unknown";
};

describe("recognition among all sources", () => {
  for (const [folder, known] of Object.entries(expected)) {
    const path = sharedData("vendor-fivetran", folder);
    it.skipIf(path === null)(
      `knows every synced table of ${folder}, or why it carries nothing`,
      () => {
        for (const file of readdirSync(path ?? "")) {
          const name = file.replace(/\.csv(\.gz)?$/, "");
          const found = recognisedAs(`${path}/${file}`);
          expect(`${file}: ${found}`).toBe(`${file}: ${known[name] ?? "unknown"}`);
          if (found === "unknown") expect(whyNothingRecorded(file), file).not.toBeNull();
        }
      },
    );
  }

  it.each(Object.entries(exportsOfPeople))("knows the export %s as %s", (file, id) => {
    const path = fileURLToPath(new URL(`exports/${file}`, import.meta.url));
    expect(recognisedAs(path, headerLines[file])).toBe(id);
  });

  it("knows each own template, under its name", () => {
    const folder = fileURLToPath(new URL("../../examples/templates", import.meta.url));
    for (const file of readdirSync(folder)) {
      const table = file.replace(".csv", "").replaceAll("_", "-");
      expect(recognisedAs(`${folder}/${file}`)).toBe(`template/${table}`);
    }
  });

  it("does not take a stranger's list of customers for a template", () => {
    const stranger = ["email", "created_at", "loyalty_tier", "favourite_store"];
    expect(recognise(stranger, "people.csv", sources).kind).toBe("unknown");
  });
});
