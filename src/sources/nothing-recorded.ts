/** Tables of vendors that a folder of exports often holds and that carry nothing for the ledger. */
export interface NothingRecorded {
  readonly vendor: string;
  readonly reason: string;
  /** File names without ending, the vendor's prefix and the words data, gql. */
  readonly tables: readonly string[];
}

const detail = "details of rows that are recorded from another table";
const catalogue = "a catalogue of the vendor's own settings";
const stock = "stock, delivery or media, which no figure needs";

/** The list: by name, because most of these tables have no column that tells them apart. */
export const nothingRecorded: readonly NothingRecorded[] = [
  {
    vendor: "shopify",
    reason: "the order's own totals and its refunds hold the same money",
    tables: [
      "abandoned_checkout_discount_code",
      "abandoned_checkout_shipping_line",
      "discount_allocation",
      "discount_application",
      "order_adjustment",
      "order_discount_code",
      "order_line_refund",
      "order_line_tax_line",
      "order_shipping_line",
      "order_shipping_tax_line",
      "refund",
      "refund_line_item",
      "return_shipping_fee",
      "tax_line",
      "tender_transaction",
    ],
  },
  {
    vendor: "shopify",
    reason: "refunds of this shape are recorded from the table of refunds",
    tables: ["transaction"],
  },
  {
    vendor: "shopify",
    reason: stock,
    tables: [
      "collection",
      "collection_product",
      "collection_rule",
      "fulfillment",
      "fulfillment_event",
      "fulfillment_order_line_item",
      "fulfillment_tracking_info",
      "inventory_item",
      "inventory_level",
      "inventory_quantity",
      "location",
      "media",
      "media_image",
      "product_media",
      "product_variant",
      "product_variant_media",
      "return",
      "return_line_item",
    ],
  },
  {
    vendor: "shopify",
    reason: catalogue,
    tables: [
      "discount_code_app",
      "discount_code_basic",
      "discount_code_bxgy",
      "discount_code_free_shipping",
      "discount_redeem_code",
      "shop",
    ],
  },
  {
    vendor: "shopify",
    reason: "notes, tags and addresses, which no figure needs",
    tables: [
      "customer_address",
      "customer_tag",
      "metafield",
      "order_custom_attribute",
      "order_note_attribute",
      "order_tag",
      "order_url_tag",
      "product_tag",
    ],
  },
  {
    vendor: "hubspot",
    reason: "details of e-mail events: the person and the time are in email_event",
    tables: [
      "email_event_bounce",
      "email_event_click",
      "email_event_deferred",
      "email_event_delivered",
      "email_event_dropped",
      "email_event_forward",
      "email_event_open",
      "email_event_print",
      "email_event_sent",
      "email_event_spam_report",
      "email_event_status_change",
    ],
  },
  {
    vendor: "hubspot",
    reason: detail,
    tables: [
      "company_property_history",
      "engagement",
      "engagement_communication",
      "engagement_company",
      "engagement_deal",
      "engagement_note",
      "merged_deal",
    ],
  },
  {
    vendor: "hubspot",
    reason: catalogue,
    tables: [
      "contact_list",
      "contact_list_member",
      "deal_pipeline",
      "deal_pipeline_stage",
      "form",
      "owner",
      "owner_team",
      "property",
      "property_option",
      "role",
      "team",
      "team_user",
      "users",
    ],
  },
  {
    vendor: "hubspot",
    reason: "support tickets, which no figure needs yet",
    tables: [
      "ticket",
      "ticket_company",
      "ticket_contact",
      "ticket_deal",
      "ticket_engagement",
      "ticket_pipeline",
      "ticket_pipeline_stage",
      "ticket_property_history",
    ],
  },
  {
    vendor: "salesforce",
    reason: "the history of fields that no figure follows",
    tables: ["account_history", "contact_history"],
  },
  {
    vendor: "salesforce",
    reason: "the opportunity states the money; orders and products repeat it",
    tables: ["opportunity_line_item", "order", "product_2"],
  },
  { vendor: "salesforce", reason: catalogue, tables: ["user", "user_role"] },
  { vendor: "mailchimp", reason: catalogue, tables: ["list", "segment", "segment_member"] },
  {
    vendor: "google-ads",
    reason: "ads, ad groups and keywords: their costs are in the campaign statistics",
    tables: ["ad_group_criterion_history", "ad_group_history", "ad_history"],
  },
  {
    vendor: "meta-ads",
    reason: "ad sets, creatives and break-downs: their costs are in the ads per day",
    tables: [
      "ad_set_history",
      "creative_history",
      "creative_history_json",
      "demographics_country_actions",
      "demographics_region_actions",
    ],
  },
];

const prefixes = /^(shopify|sf|salesforce|hubspot|mailchimp|google_ads|facebook_ads|meta_ads)_/;

/**
 * Returns why a file that no source recognises carries nothing to record; null when that is not known.
 *
 * @param fileName name of the file, with or without folder and ending
 */
export function whyNothingRecorded(fileName: string): string | null {
  const base = fileName
    .replace(/^.*[\\/]/, "")
    .replace(/\.(csv|tsv|json|jsonl|parquet|xlsx)?(\.gz)?$/i, "");
  const plain = base
    .toLowerCase()
    .replace(prefixes, "")
    .replace(/^gql_/, "")
    .replace(/_data$/, "");
  const names = [plain, base.toLowerCase()];
  const found = nothingRecorded.find(({ tables }) => names.some((name) => tables.includes(name)));
  return found?.reason ?? null;
}
