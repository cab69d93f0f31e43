import {
  accountId,
  anyOf,
  constant,
  currency,
  day,
  first,
  is,
  isTrue,
  joined,
  matches,
  money,
  not,
  number,
  personId,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Source } from "../source.ts";
import { datedStages, hubspotStage, isHubspotStage } from "./stages.ts";

/**
 * HubSpot's CRM tables as a warehouse sync lands them (properties carry the prefix `property_`).
 *
 * A deal is won or lost by `hs_is_closed_won` and `hs_is_closed` where they are synced, otherwise by the stage ids of
 * the default pipeline; own pipelines need the two properties. Its close date counts only once it is closed: until
 * then it is a forecast.
 */
const vendor = "hubspot";
const version = time("_fivetran_synced");
const deleted = anyOf(isTrue("is_deleted"), isTrue("_fivetran_deleted"));

const contactId = text("id");
const contact = {
  id: contactId,
  email: text("property_email"),
  phone: first("property_phone", "property_mobilephone"),
};

const isWon = anyOf(isTrue("property_hs_is_closed_won"), is("deal_pipeline_stage_id", "closedwon"));
const isClosed = anyOf(isTrue("property_hs_is_closed"), is("deal_pipeline_stage_id", "closedlost"));
const dealState = when(isWon, constant("won"), when(isClosed, constant("lost"), constant("open")));

/** HubSpot's tables of contacts, companies and deals. */
export const hubspotCrmTables: readonly Source[] = [
  {
    id: "hubspot/contacts",
    vendor,
    title: "Contacts (synced table)",
    columns: [
      "id",
      "property_email",
      "property_firstname",
      "property_lastname",
      "property_createdate",
    ],
    record: [
      {
        into: "people",
        key: [contactId],
        version,
        deleted,
        who: contact,
        set: {
          email: text("property_email"),
          name: joined(" ", "property_firstname", "property_lastname"),
          created_at: time(first("property_createdate", "property_created_at")),
          account: accountId("property_associatedcompanyid"),
          company: text("property_company"),
          job_title: text("property_jobtitle"),
          country: text("property_country"),
          city: text("property_city"),
          language: text("property_hs_language"),
          owner: text("property_hubspot_owner_id"),
          score: number("property_hubspotscore"),
          stage: hubspotStage("property_lifecyclestage"),
          channel: text("property_hs_analytics_source"),
          utm_source: text("property_utm_source"),
          utm_medium: text("property_utm_medium"),
          campaign: text("property_utm_campaign"),
          referrer: text("property_hs_analytics_first_referrer"),
        },
      },
      ...datedStages(contactId, contact, "synced"),
    ],
  },
  {
    id: "hubspot/contact-property-history",
    vendor,
    title: "Contact property history (synced table)",
    columns: ["contact_id", "timestamp", "name", "value", "source"],
    skip: {
      when: not(is("name", "lifecyclestage")),
      reason: "a property that is not the lifecycle stage",
    },
    record: [
      {
        into: "stages",
        when: isHubspotStage("value"),
        key: [text("contact_id"), constant("history"), text("timestamp")],
        who: { id: text("contact_id") },
        set: {
          entered_at: time("timestamp"),
          stage: hubspotStage("value"),
          reason: text("source"),
        },
      },
    ],
  },
  {
    id: "hubspot/contact-merges",
    vendor,
    title: "Contact merges (synced table)",
    columns: ["canonical_vid", "vid_to_merge", "contact_id"],
    record: [
      {
        into: "people",
        key: [constant("merge"), text("vid_to_merge")],
        who: { id: text("canonical_vid"), sameAs: [text("vid_to_merge")] },
        set: {},
      },
    ],
  },
  {
    id: "hubspot/companies",
    vendor,
    title: "Companies (synced table)",
    columns: ["id", "property_name", "property_createdate", "property_industry"],
    without: ["property_email"],
    record: [
      {
        into: "accounts",
        key: [text("id")],
        version,
        deleted,
        set: {
          account: accountId("id"),
          name: text("property_name"),
          domain: text("property_domain"),
          created_at: time("property_createdate"),
          industry: text("property_industry"),
          country: text("property_country"),
          size: number("property_numberofemployees"),
          owner: text("property_hubspot_owner_id"),
        },
      },
    ],
  },
  {
    id: "hubspot/deals",
    vendor,
    title: "Deals (synced table)",
    columns: ["deal_id", "deal_pipeline_stage_id", "property_dealname", "property_amount"],
    also: ["property_closedate", "property_createdate", "deal_pipeline_id"],
    record: [
      {
        into: "deals",
        key: [text("deal_id")],
        version,
        deleted,
        set: {
          deal: text("deal_id"),
          name: text("property_dealname"),
          created_at: time("property_createdate"),
          closed_at: when(anyOf(isWon, isClosed), time("property_closedate")),
          state: dealState,
          stage: text("deal_pipeline_stage_id"),
          pipeline: text("deal_pipeline_id"),
          amount: money("property_amount"),
          currency: currency("property_deal_currency_code"),
          owner: first("owner_id", "property_hubspot_owner_id"),
          kind: when(
            matches("property_dealtype", "new"),
            constant("new"),
            when(matches("property_dealtype", "renew"), constant("renewal")),
          ),
          channel: text("property_hs_analytics_source"),
          campaign: text("property_utm_campaign"),
          lost_reason: text("property_closed_lost_reason"),
        },
      },
    ],
  },
  {
    id: "hubspot/deal-stages",
    vendor,
    title: "Deal stages over time (synced table)",
    columns: ["deal_id", "date_entered", "value", "source"],
    record: [
      {
        into: "deal_history",
        key: [text("deal_id"), constant("stage"), text("date_entered")],
        set: { changed_at: time("date_entered"), deal: text("deal_id"), stage: text("value") },
      },
    ],
  },
  {
    id: "hubspot/deal-property-history",
    vendor,
    title: "Deal property history (synced table)",
    columns: ["deal_id", "timestamp", "name", "value", "source"],
    skip: {
      when: not(is("name", "amount", "closedate")),
      reason: "a property that is neither the amount nor the close date",
    },
    record: [
      {
        into: "deal_history",
        when: present("value"),
        key: [text("deal_id"), text("name"), text("timestamp")],
        set: {
          changed_at: time("timestamp"),
          deal: text("deal_id"),
          amount: when(is("name", "amount"), money("value")),
          close_day: when(is("name", "closedate"), day("value")),
        },
      },
    ],
  },
  {
    id: "hubspot/deal-contacts",
    vendor,
    title: "Deals and their contacts (synced table)",
    columns: ["contact_id", "deal_id", "type_id"],
    record: [
      {
        into: "associations",
        key: [constant("deal"), text("deal_id"), constant("person"), text("contact_id")],
        version,
        deleted,
        set: {
          from_kind: constant("deal"),
          from_id: text("deal_id"),
          to_kind: constant("person"),
          to_identity: personId("contact_id"),
          to_id: text("contact_id"),
        },
      },
    ],
  },
  {
    id: "hubspot/deal-companies",
    vendor,
    title: "Deals and their companies (synced table)",
    columns: ["company_id", "deal_id", "type_id"],
    record: [
      {
        into: "associations",
        key: [constant("deal"), text("deal_id"), constant("account"), text("company_id")],
        version,
        deleted,
        set: {
          from_kind: constant("deal"),
          from_id: text("deal_id"),
          to_kind: constant("account"),
          to_identity: accountId("company_id"),
          to_id: text("company_id"),
        },
      },
    ],
  },
];
