import {
  accountId,
  allOf,
  constant,
  currency,
  first,
  isTrue,
  joined,
  matches,
  money,
  not,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Source } from "../source.ts";

/**
 * Reports exported from Salesforce, in English, details only. Reports name things instead of giving ids unless an id
 * column was added; without one, a lead is its e-mail address and an opportunity its name, account and creation date.
 */
const vendor = "salesforce";
const copyright = {
  when: allOf(not(present("Created Date")), not(present("Create Date")), not(present("Stage"))),
  reason: "a line below the report's rows (name of the report, copyright), not a record",
};
const created = time(first("Created Date", "Create Date"));
const stage = text("Stage");
const isWon = allOf(matches(stage, "\\bwon\\b"));
const isLost = allOf(matches(stage, "\\blost\\b"));
const dealKey = first(
  "Opportunity ID",
  joined("|", "Opportunity Name", "Account Name", "Created Date"),
);
const leadKey = first("Lead ID", "Email");

/** Reports exported from Salesforce. */
export const salesforceReports: readonly Source[] = [
  {
    id: "salesforce/opportunities-report",
    vendor,
    title: "Opportunities report (CSV)",
    columns: ["Opportunity Name", "Stage", "Close Date", "Amount", "Created Date"],
    also: [
      "Opportunity Owner",
      "Account Name",
      "Opportunity ID",
      "Type",
      "Lead Source",
      "Probability (%)",
    ],
    zone: "workspace",
    skip: copyright,
    record: [
      {
        into: "deals",
        key: [dealKey],
        version: time("Last Modified Date"),
        set: {
          deal: dealKey,
          name: text("Opportunity Name"),
          created_at: created,
          closed_at: when(matches(stage, "\\b(won|lost)\\b"), time("Close Date")),
          state: when(isWon, constant("won"), when(isLost, constant("lost"), constant("open"))),
          stage,
          amount: money("Amount"),
          currency: currency(first("Amount Currency", "Opportunity Currency")),
          account: accountId(first("Account ID", "Account Name")),
          owner: text("Opportunity Owner"),
          campaign: text("Primary Campaign Source"),
          utm_source: text("Lead Source"),
        },
      },
    ],
  },
  {
    id: "salesforce/leads-report",
    vendor,
    title: "Leads report (CSV)",
    columns: ["First Name", "Last Name", "Email", "Lead Source", "Lead Status"],
    also: ["Lead Owner", "Company / Account", "Create Date", "Converted", "Lead ID"],
    without: ["Record ID"],
    zone: "workspace",
    skip: copyright,
    record: [
      {
        into: "people",
        key: [leadKey],
        version: time("Last Modified Date"),
        who: { id: text("Lead ID"), email: text("Email") },
        set: {
          email: text("Email"),
          name: joined(" ", "First Name", "Last Name"),
          created_at: created,
          company: first("Company / Account", "Company"),
          job_title: text("Title"),
          country: text("Country"),
          owner: text("Lead Owner"),
          converted: { op: "boolean", of: text("Converted") },
          utm_source: text("Lead Source"),
        },
      },
      {
        into: "stages",
        key: [leadKey, constant("lead")],
        who: { id: text("Lead ID"), email: text("Email") },
        set: {
          entered_at: created,
          stage: constant("lead"),
          owner: text("Lead Owner"),
          utm_source: text("Lead Source"),
        },
      },
      {
        into: "stages",
        when: allOf(isTrue("Converted"), present("Converted Date")),
        key: [leadKey, constant("converted")],
        who: { id: text("Lead ID"), email: text("Email") },
        set: {
          entered_at: time("Converted Date"),
          stage: constant("opportunity"),
          from_stage: constant("lead"),
          utm_source: text("Lead Source"),
        },
      },
    ],
  },
];
