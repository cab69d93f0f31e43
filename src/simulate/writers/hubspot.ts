import { unitsToText } from "../../ledger/exact.ts";
import type { Calendar } from "../calendar.ts";
import type { Contact, Deal } from "../deals.ts";
import { digitsOf } from "../money.ts";
import { csvRow } from "../sink.ts";
import type { OpenFile } from "../world.ts";

const contactColumns =
  "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Lead Status,HubSpot Score,Create Date,Became a Lead Date,Became a Marketing Qualified Lead Date,Became a Sales Qualified Lead Date,Became an Opportunity Date,Became a Customer Date,Original Source,Original Source Drill-Down 1,Country/Region,City,Company Name,Associated Company IDs,Last Modified Date";

const companyColumns =
  "Record ID,Company name,Company Domain Name,Company owner,Create Date,City,Country/Region,Industry,Number of Employees,Last Modified Date";

const dealColumns =
  "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Currency,Pipeline,Create Date,Is Closed Won,Deal Type,Associated Contact IDs,Associated Company IDs,Associated Company,Last Modified Date";

const originalSources: Readonly<Record<string, string>> = {
  "organic search": "Organic Search",
  direct: "Direct Traffic",
  "paid search": "Paid Search",
  "paid social": "Paid Social",
  "organic social": "Organic Social",
  referral: "Referrals",
  email: "Email Marketing",
};

/** Writes the CRM's exports: contacts, companies, deals. */
export interface HubspotWriter {
  readonly contact: (contact: Contact) => void;
  readonly deal: (deal: Deal) => void;
  readonly rawDeal: (values: Readonly<Record<string, string>>) => { file: string; row: number };
}

/**
 * Returns the writer of the CRM's exports. Contacts are exported twice, in the middle and at the end; times are local
 * and to the minute, as the export writes them.
 *
 * @param open opens a file of the run
 */
export function makeHubspotWriter(calendar: Calendar, open: OpenFile): HubspotWriter {
  const middle = calendar.from + Math.floor((calendar.to - calendar.from) * 0.6);
  const file = (kind: string, at: number, header: string) =>
    open(
      `hubspot/hubspot-crm-exports-all-${kind}-${calendar.local(at).slice(0, 10)}.csv`,
      `${header}\n`,
    );
  const early = file("contacts", middle, contactColumns);
  const late = file("contacts", calendar.to - 1, contactColumns);
  const companies = file("companies", calendar.to - 1, companyColumns);
  const deals = file("deals", calendar.to - 1, dealColumns);
  const [contactRow, companyRow, dealRow] = [
    csvRow(contactColumns),
    csvRow(companyColumns),
    csvRow(dealColumns),
  ];
  const minute = (at: number | null): string =>
    at === null ? "" : calendar.local(at).slice(0, 16);
  const known = new Set<string>();
  return {
    contact: (contact) => {
      const final = contactRow(contactValues(contact, calendar.to, minute));
      if (contact.leadAt < middle) {
        const before = contactRow(contactValues(contact, middle, minute));
        early.add(before);
        late.add(final, before === final ? "repeated" : "taken");
      } else {
        late.add(final);
      }
      const { account, owner, leadAt } = contact;
      if (known.has(account.id)) return;
      known.add(account.id);
      companies.add(
        companyRow({
          "Record ID": account.id,
          "Company name": account.name,
          "Company Domain Name": account.domain,
          "Company owner": owner,
          "Create Date": minute(leadAt),
          City: account.city,
          "Country/Region": account.market.countryName,
          Industry: account.industry,
          "Number of Employees": String(account.employees),
          "Last Modified Date": minute(leadAt),
        }),
      );
    },
    deal: (deal) => {
      deals.add(dealRow(dealValues(deal, minute)));
    },
    rawDeal: (values) => ({ file: deals.name, row: deals.add(dealRow(values), "rejected") }),
  };
}

/** What the CRM knew of a contact at an instant. */
function contactValues(
  contact: Contact,
  asOf: number,
  minute: (at: number | null) => string,
): Readonly<Record<string, string>> {
  const { life, account } = contact;
  const { person } = life;
  const reached = (at: number | null): number | null => (at !== null && at < asOf ? at : null);
  const stages = [
    ["Lead", reached(contact.leadAt)],
    ["Marketing Qualified Lead", reached(contact.mqlAt)],
    ["Sales Qualified Lead", reached(contact.sqlAt)],
    ["Opportunity", reached(contact.opportunityAt)],
    ["Customer", reached(contact.customerAt)],
  ] as const;
  const current = stages.findLast(([, at]) => at !== null) ?? stages[0];
  return {
    "Record ID": String(51_000 + person.index),
    "First Name": person.first,
    "Last Name": person.family,
    Email: contact.email,
    "Phone Number": person.phone,
    "Contact owner": contact.owner,
    "Lifecycle Stage": current[0],
    "Lead Status": current[0] === "Lead" ? "New" : "In Progress",
    "HubSpot Score": String(contact.score),
    "Create Date": minute(contact.leadAt),
    "Became a Lead Date": minute(stages[0][1]),
    "Became a Marketing Qualified Lead Date": minute(stages[1][1]),
    "Became a Sales Qualified Lead Date": minute(stages[2][1]),
    "Became an Opportunity Date": minute(stages[3][1]),
    "Became a Customer Date": minute(stages[4][1]),
    "Original Source": originalSources[person.channel.name] ?? "Other Campaigns",
    "Original Source Drill-Down 1": person.campaign,
    "Country/Region": person.market.countryName,
    City: person.city,
    "Company Name": account.name,
    "Associated Company IDs": account.id,
    "Last Modified Date": minute(current[1]),
  };
}

function dealValues(
  deal: Deal,
  minute: (at: number | null) => string,
): Readonly<Record<string, string>> {
  const { contact } = deal;
  return {
    "Record ID": deal.id,
    "Deal Name": `${contact.account.name} – wholesale`,
    "Deal Stage": deal.stage,
    "Close Date": minute(deal.closedAt),
    "Deal owner": contact.owner,
    Amount: unitsToText(deal.amount, digitsOf(deal.currency)),
    Currency: deal.currency,
    Pipeline: "Wholesale",
    "Create Date": minute(deal.createdAt),
    "Is Closed Won": String(deal.stage === "Closed won"),
    "Deal Type": "New Business",
    "Associated Contact IDs": String(51_000 + contact.life.person.index),
    "Associated Company IDs": contact.account.id,
    "Associated Company": contact.account.name,
    "Last Modified Date": minute(deal.closedAt ?? deal.createdAt),
  };
}
