import {
  accountId,
  allOf,
  anyOf,
  capture,
  constant,
  currency,
  first,
  isTrue,
  joined,
  matches,
  money,
  not,
  number,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";
import { datedStages, hubspotStage } from "./stages.ts";

/**
 * Files that people export from HubSpot, with English labels. Times are of the portal's zone, which is taken to be the
 * workspace's. The ids are those of the synced tables. Of several associated records, the first counts.
 */
const vendor = "hubspot";
const record = first("Record ID", "Record ID - Contact", "Contact ID");
const contact = {
  id: record,
  email: text("Email"),
  phone: first("Phone Number", "Mobile Phone Number"),
};

const firstId = (column: string): Expression => capture(column, "^\\s*([^;\\s]+)");
const company = accountId(
  first(
    "Primary Associated Company ID",
    "Associated Company IDs (Primary)",
    firstId("Associated Company IDs"),
  ),
);

const isWon = anyOf(
  isTrue("Is Closed Won"),
  allOf(not(present("Is Closed Won")), matches("Deal Stage", "\\bwon\\b")),
);
const isLost = anyOf(
  isTrue("Is closed lost"),
  allOf(not(present("Is closed lost")), matches("Deal Stage", "\\blost\\b")),
);

/** Files that people export from HubSpot. */
export const hubspotExports: readonly Source[] = [
  {
    id: "hubspot/contacts-export",
    vendor,
    title: "Contacts export (CSV)",
    columns: ["Record ID", "First Name", "Last Name", "Email"],
    also: ["Lifecycle Stage", "Create Date", "Contact owner", "Lead Status", "Associated Company"],
    zone: "workspace",
    record: [
      {
        into: "people",
        key: [record],
        version: time("Last Modified Date"),
        who: contact,
        set: {
          email: text("Email"),
          name: joined(" ", "First Name", "Last Name"),
          created_at: time("Create Date"),
          account: company,
          company: first("Company Name", "Associated Company"),
          job_title: text("Job Title"),
          country: first("Country/Region", "Country"),
          city: text("City"),
          language: text("Preferred language"),
          owner: text("Contact owner"),
          score: number("HubSpot Score"),
          stage: hubspotStage("Lifecycle Stage"),
          channel: text("Original Source"),
          referrer: text("First Referring Site"),
        },
      },
      ...datedStages(record, contact, "export"),
    ],
  },
  {
    id: "hubspot/companies-export",
    vendor,
    title: "Companies export (CSV)",
    columns: ["Record ID", "Company name", "Company Domain Name"],
    also: ["Company owner", "Create Date", "Industry", "Country/Region"],
    without: ["First Name", "Deal Name"],
    zone: "workspace",
    record: [
      {
        into: "accounts",
        key: [text("Record ID")],
        version: time("Last Modified Date"),
        set: {
          account: accountId("Record ID"),
          name: text("Company name"),
          domain: text("Company Domain Name"),
          created_at: time("Create Date"),
          industry: text("Industry"),
          country: first("Country/Region", "Country"),
          size: number("Number of Employees"),
          owner: text("Company owner"),
        },
      },
    ],
  },
  {
    id: "hubspot/deals-export",
    vendor,
    title: "Deals export (CSV)",
    columns: ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date"],
    also: ["Pipeline", "Deal owner", "Create Date", "Currency", "Deal Type"],
    zone: "workspace",
    record: [
      {
        into: "deals",
        key: [text("Record ID")],
        version: time("Last Modified Date"),
        who: { id: firstId("Associated Contact IDs") },
        set: {
          deal: text("Record ID"),
          name: text("Deal Name"),
          created_at: time("Create Date"),
          closed_at: when(anyOf(isWon, isLost), time("Close Date")),
          state: when(isWon, constant("won"), when(isLost, constant("lost"), constant("open"))),
          stage: text("Deal Stage"),
          pipeline: text("Pipeline"),
          amount: money("Amount"),
          currency: currency("Currency"),
          account: company,
          owner: text("Deal owner"),
          kind: when(
            matches("Deal Type", "new"),
            constant("new"),
            when(matches("Deal Type", "renew"), constant("renewal")),
          ),
          channel: text("Original Source Type"),
          lost_reason: text("Closed Lost Reason"),
        },
      },
    ],
  },
];
