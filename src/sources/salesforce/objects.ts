import {
  accountId,
  allOf,
  boolean,
  constant,
  currency,
  day,
  first,
  isTrue,
  joined,
  lower,
  matches,
  money,
  not,
  number,
  oneOf,
  present,
  product,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Source } from "../source.ts";

/**
 * Salesforce objects, as synced tables (`created_date`) and as Data Loader exports (`CreatedDate`): the names are the
 * same but for their spelling. Times are UTC in both. Without CurrencyIsoCode the organisation has one currency, which
 * is the workspace's default currency.
 *
 * A won or lost opportunity closed at its close date: Salesforce sets it to the day of closing.
 */
const vendor = "salesforce";
const deleted = isTrue("is_deleted");
const version = time(first("system_modstamp", "last_modified_date", "_fivetran_synced"));

const leads: Source = {
  id: "salesforce/leads",
  vendor,
  title: "Leads",
  columns: ["id", "status", "is_converted", "company", "created_date", "last_name"],
  also: ["email", "converted_date", "lead_source", "converted_contact_id"],
  record: [
    {
      into: "people",
      key: [text("id")],
      version,
      deleted,
      who: {
        id: text("id"),
        email: text("email"),
        phone: text("phone"),
        sameAs: [text("converted_contact_id")],
      },
      set: {
        email: text("email"),
        name: first("name", joined(" ", "first_name", "last_name")),
        created_at: time("created_date"),
        account: accountId("converted_account_id"),
        company: text("company"),
        job_title: text("title"),
        country: first("country_code", "country"),
        city: text("city"),
        owner: text("owner_id"),
        stage: when(isTrue("is_converted"), constant("opportunity"), constant("lead")),
        converted: boolean("is_converted"),
        utm_source: text("lead_source"),
      },
    },
    {
      into: "stages",
      key: [text("id"), constant("lead")],
      who: { id: text("id"), email: text("email") },
      set: {
        entered_at: time("created_date"),
        stage: constant("lead"),
        owner: text("owner_id"),
        utm_source: text("lead_source"),
      },
    },
    {
      into: "stages",
      when: allOf(isTrue("is_converted"), present("converted_date")),
      key: [text("id"), constant("converted")],
      who: { id: text("id"), email: text("email") },
      set: {
        entered_at: time("converted_date"),
        stage: constant("opportunity"),
        from_stage: constant("lead"),
        owner: text("owner_id"),
        reason: constant("converted in Salesforce"),
        utm_source: text("lead_source"),
      },
    },
  ],
};

const contacts: Source = {
  id: "salesforce/contacts",
  vendor,
  title: "Contacts",
  columns: ["id", "account_id", "email", "last_name", "mailing_country", "created_date"],
  also: ["mailing_city", "lead_source", "title", "owner_id"],
  without: ["_fivetran_start"],
  record: [
    {
      into: "people",
      key: [text("id")],
      version,
      deleted,
      who: { id: text("id"), email: text("email"), phone: text("phone") },
      set: {
        email: text("email"),
        name: first("name", joined(" ", "first_name", "last_name")),
        created_at: time("created_date"),
        account: accountId("account_id"),
        job_title: text("title"),
        country: first("mailing_country_code", "mailing_country"),
        city: text("mailing_city"),
        owner: text("owner_id"),
        utm_source: text("lead_source"),
      },
    },
  ],
};

const accounts: Source = {
  id: "salesforce/accounts",
  vendor,
  title: "Accounts",
  columns: ["id", "name", "billing_country", "website", "industry", "owner_id"],
  also: ["number_of_employees", "account_source", "parent_id"],
  without: ["_fivetran_start"],
  record: [
    {
      into: "accounts",
      key: [text("id")],
      version,
      deleted,
      set: {
        account: accountId("id"),
        name: text("name"),
        domain: text("website"),
        created_at: time("created_date"),
        industry: text("industry"),
        country: first("billing_country_code", "billing_country"),
        size: number("number_of_employees"),
        owner: text("owner_id"),
        parent: text("parent_id"),
      },
    },
  ],
};

const opportunities: Source = {
  id: "salesforce/opportunities",
  vendor,
  title: "Opportunities",
  columns: ["id", "stage_name", "is_won", "is_closed", "close_date", "amount", "created_date"],
  also: ["account_id", "currency_iso_code", "lead_source", "owner_id"],
  without: ["_fivetran_start", "opportunity_id"],
  record: [
    {
      into: "deals",
      key: [text("id")],
      version,
      deleted,
      set: {
        deal: text("id"),
        name: text("name"),
        created_at: time("created_date"),
        closed_at: when(isTrue("is_closed"), time("close_date")),
        state: when(
          isTrue("is_won"),
          constant("won"),
          when(isTrue("is_closed"), constant("lost"), constant("open")),
        ),
        stage: text("stage_name"),
        amount: money("amount"),
        currency: currency("currency_iso_code"),
        account: accountId("account_id"),
        owner: text("owner_id"),
        kind: when(
          matches("type", "renew"),
          constant("renewal"),
          when(
            matches("type", "upsell|upgrade|expansion"),
            constant("upsell"),
            when(matches("type", "new"), constant("new")),
          ),
        ),
        campaign: text("campaign_id"),
        utm_source: text("lead_source"),
        lost_reason: first("loss_reason_c", "lost_reason_c", "reason_lost_c"),
      },
    },
  ],
};

const opportunityHistory: Source = {
  id: "salesforce/opportunity-history",
  vendor,
  title: "Opportunities over time (synced history table)",
  columns: ["_fivetran_start", "_fivetran_end", "id", "stage_name", "amount", "close_date"],
  record: [
    {
      into: "deal_history",
      key: [text("id"), text("_fivetran_start")],
      set: {
        changed_at: time("_fivetran_start"),
        deal: text("id"),
        stage: text("stage_name"),
        amount: money("amount"),
        currency: currency("currency_iso_code"),
        close_day: day("close_date"),
      },
    },
  ],
};

const opportunityChanges: Source = {
  id: "salesforce/opportunity-changes",
  vendor,
  title: "Opportunity History (object)",
  columns: ["id", "opportunity_id", "stage_name", "amount", "close_date", "created_date"],
  also: ["probability", "expected_revenue"],
  without: ["product_2_id"],
  record: [
    {
      into: "deal_history",
      key: [text("id")],
      set: {
        changed_at: time("created_date"),
        deal: text("opportunity_id"),
        stage: text("stage_name"),
        amount: money("amount"),
        currency: currency("currency_iso_code"),
        close_day: day("close_date"),
      },
    },
  ],
};

const tasks: Source = {
  id: "salesforce/tasks",
  vendor,
  title: "Tasks",
  columns: ["id", "who_id", "what_id", "subject", "status", "activity_date", "is_closed"],
  also: ["task_subtype", "call_type", "completed_date_time"],
  skip: {
    when: not(isTrue("is_closed")),
    reason: "a task that is not done yet",
  },
  record: [
    {
      into: "events",
      key: [text("id")],
      who: { id: text("who_id") },
      set: {
        occurred_at: time(first("completed_date_time", "activity_date", "created_date")),
        kind: oneOf(
          first("task_subtype", "type"),
          { call: "call", email: "sales_email", listemail: "sales_email", meeting: "meeting" },
          "task_done",
        ),
        detail: text("subject"),
        seconds: number("call_duration_in_seconds"),
      },
    },
  ],
};

const meetings: Source = {
  id: "salesforce/events",
  vendor,
  title: "Events (calendar)",
  columns: ["id", "who_id", "subject", "start_date_time", "end_date_time", "duration_in_minutes"],
  record: [
    {
      into: "events",
      when: not(isTrue("is_deleted")),
      key: [text("id")],
      who: { id: text("who_id") },
      set: {
        occurred_at: time("start_date_time"),
        kind: when(matches(lower(text("type")), "^call"), constant("call"), constant("meeting")),
        detail: text("subject"),
        seconds: product(number("duration_in_minutes"), number(constant("60"))),
      },
    },
  ],
};

const campaigns: Source = {
  id: "salesforce/campaigns",
  vendor,
  title: "Campaigns",
  columns: ["id", "name", "status", "is_active", "start_date", "number_of_leads"],
  also: ["budgeted_cost", "actual_cost"],
  record: [
    {
      into: "campaigns",
      key: [text("id")],
      version,
      deleted,
      set: { campaign: text("id"), name: text("name"), started_at: time("start_date") },
    },
  ],
};

/** Salesforce objects, synced or exported with Data Loader. */
export const salesforceObjects: readonly Source[] = [
  leads,
  contacts,
  accounts,
  opportunities,
  opportunityHistory,
  opportunityChanges,
  tasks,
  meetings,
  campaigns,
];
