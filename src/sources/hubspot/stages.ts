import { anyOf, constant, is, oneOf, present, time } from "../expressions.ts";
import type { Condition, Expression, Recording, Who } from "../source.ts";

/** HubSpot's lifecycle stages, by internal name and by English label. */
const stageNames: Readonly<Record<string, string>> = {
  subscriber: "subscriber",
  lead: "lead",
  marketingqualifiedlead: "mql",
  "marketing qualified lead": "mql",
  salesqualifiedlead: "sql",
  "sales qualified lead": "sql",
  opportunity: "opportunity",
  customer: "customer",
  evangelist: "customer",
};

/**
 * Returns the lifecycle stage that a HubSpot value names; null for stages of the company's own.
 *
 * @param of the value
 */
export const hubspotStage = (of: Expression | string): Expression => oneOf(of, stageNames, null);

/**
 * Returns the condition that a HubSpot value names a lifecycle stage.
 *
 * @param of the value
 */
export const isHubspotStage = (of: Expression | string): Condition =>
  anyOf(is(of, ...Object.keys(stageNames)));

const dated = [
  ["subscriber", "hs_lifecyclestage_subscriber_date", "Became a Subscriber Date"],
  ["lead", "hs_lifecyclestage_lead_date", "Became a Lead Date"],
  [
    "mql",
    "hs_lifecyclestage_marketingqualifiedlead_date",
    "Became a Marketing Qualified Lead Date",
  ],
  ["sql", "hs_lifecyclestage_salesqualifiedlead_date", "Became a Sales Qualified Lead Date"],
  ["opportunity", "hs_lifecyclestage_opportunity_date", "Became an Opportunity Date"],
  ["customer", "hs_lifecyclestage_customer_date", "Became a Customer Date"],
] as const;

/**
 * Returns the recordings of the stages that a contact's own columns date.
 *
 * @param id the contact's id
 * @param who the contact
 * @param naming which names the columns have: of the synced table or of the export
 */
export const datedStages = (
  id: Expression,
  who: Who,
  naming: "synced" | "export",
): readonly Recording[] =>
  dated.map(([stage, property, label]) => {
    const column = naming === "synced" ? `property_${property}` : label;
    return {
      into: "stages",
      when: present(column),
      key: [id, constant(stage)],
      who,
      set: { entered_at: time(column), stage: constant(stage) },
    };
  });
