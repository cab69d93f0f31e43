import {
  accountId,
  anyOf,
  capture,
  constant,
  first,
  isTrue,
  joined,
  lower,
  not,
  number,
  oneOf,
  present,
  text,
  time,
} from "../expressions.ts";
import type { Source } from "../source.ts";

/**
 * Contacts, companies and stages of Mautic's database, exported as they are: columns tell a table, not its prefix.
 * Fields that a workspace adds (email, firstname, company …) are columns of their own. Times are UTC.
 *
 * Left out: rows of visitors whom Mautic does not know yet, and the history of points (the contact has the sum).
 */
const vendor = "mautic";

/** Tables of Mautic about people. */
export const mauticContacts: readonly Source[] = [
  {
    id: "mautic/contacts",
    vendor,
    title: "Contacts (table leads)",
    columns: ["id", "points", "date_identified", "date_added", "stage_id"],
    also: ["email", "last_active", "owner_id", "firstname", "lastname"],
    skip: {
      when: not(
        anyOf(present("email"), present("date_identified"), present("mobile"), present("phone")),
      ),
      reason: "a visitor whom nobody identified yet",
    },
    record: [
      {
        into: "people",
        key: [text("id")],
        version: first(time("date_modified"), time("date_added")),
        who: { id: text("id"), email: text("email"), phone: first("mobile", "phone") },
        set: {
          email: text("email"),
          name: joined(" ", "firstname", "lastname"),
          created_at: first(time("date_identified"), time("date_added")),
          company: text("company"),
          job_title: text("position"),
          country: text("country"),
          city: text("city"),
          owner: text("owner_id"),
          score: number("points"),
        },
      },
    ],
  },
  {
    id: "mautic/companies",
    vendor,
    title: "Companies (table companies)",
    columns: ["id", "score", "companyname", "date_added"],
    also: ["companycountry", "companyindustry", "owner_id", "social_cache"],
    record: [
      {
        into: "accounts",
        key: [text("id")],
        version: first(time("date_modified"), time("date_added")),
        set: {
          account: accountId("id"),
          name: text("companyname"),
          domain: first("companywebsite", "companyemail"),
          created_at: time("date_added"),
          industry: text("companyindustry"),
          country: text("companycountry"),
          size: number("companynumber_of_employees"),
          owner: text("owner_id"),
        },
      },
    ],
  },
  {
    id: "mautic/company-contacts",
    vendor,
    title: "Contacts of companies (table companies_leads)",
    columns: ["company_id", "lead_id", "date_added", "is_primary"],
    skip: { when: not(isTrue("is_primary")), reason: "not the contact's main company" },
    record: [
      {
        into: "people",
        key: [constant("company"), text("lead_id")],
        version: time("date_added"),
        who: { id: text("lead_id") },
        set: { account: accountId("company_id") },
      },
    ],
  },
  {
    id: "mautic/stage-changes",
    vendor,
    title: "Stage changes (table lead_stages_change_log)",
    columns: ["id", "lead_id", "stage_id", "event_name", "action_name", "date_added"],
    without: ["delta"],
    record: [
      {
        into: "stages",
        key: [constant("stage"), text("id")],
        who: { id: text("lead_id") },
        set: {
          entered_at: time("date_added"),
          // Mautic writes the stage's number in front of its name: "3: Lead".
          stage: oneOf(lower(capture("event_name", "^(?:\\d+\\s*:\\s*)?(.+)$")), {
            subscriber: "subscriber",
            lead: "lead",
            mql: "mql",
            "marketing qualified lead": "mql",
            sql: "sql",
            "sales qualified lead": "sql",
            opportunity: "opportunity",
            customer: "customer",
          }),
          reason: text("action_name"),
        },
      },
    ],
  },
];
