import type { TableShape } from "../store/schema.ts";
import { audienceDays } from "./audience-days.ts";
import { automationDays } from "./automation-days.ts";
import { cartOutcomes } from "./cart-outcomes.ts";
import { channelWeights } from "./channel-weights.ts";
import { conversions } from "./conversions.ts";
import { costDays } from "./cost-days.ts";
import { coverage } from "./coverage.ts";
import { credits } from "./credits.ts";
import { customerOrders } from "./customer-orders.ts";
import { customerSpans } from "./customer-spans.ts";
import { customers } from "./customers.ts";
import type { DeriveContext, DerivedTable } from "./derived.ts";
import { dictionaryTables } from "./dictionaries.ts";
import { eventDays } from "./event-days.ts";
import { funnel } from "./funnel.ts";
import { identityMap } from "./identity-map.ts";
import { interactions } from "./interactions.ts";
import { journeys } from "./journeys.ts";
import { messages } from "./messages.ts";
import { opportunities } from "./opportunities.ts";
import { peopleTable } from "./people.ts";
import { placementTests } from "./placement-tests.ts";
import { purchases } from "./purchases.ts";
import { revenueLines } from "./revenue-lines.ts";
import { sessions } from "./sessions.ts";
import { sightings } from "./sightings.ts";
import { sourcedLines } from "./sourced-lines.ts";
import { stageEntries } from "./stage-entries.ts";
import { shapeOf } from "./storage.ts";
import { subscriberSpans } from "./subscriber-spans.ts";
import { surveyAnswers } from "./survey-answers.ts";
import { taskDays } from "./task-days.ts";
import { touchpoints } from "./touchpoints.ts";

/** Every derived table, each after the tables that it reads. */
export const derivedTables = [
  identityMap,
  sightings,
  peopleTable,
  interactions,
  sessions,
  messages,
  revenueLines,
  purchases,
  customers,
  customerSpans,
  customerOrders,
  stageEntries,
  funnel,
  opportunities,
  costDays,
  cartOutcomes,
  conversions,
  touchpoints,
  journeys,
  channelWeights,
  credits,
  sourcedLines,
  subscriberSpans,
  surveyAnswers,
  taskDays,
  automationDays,
  placementTests,
  audienceDays,
  eventDays,
  coverage,
] as const satisfies readonly DerivedTable[];

/**
 * Returns the tables of the schema `derived`: dictionaries, and what the derived tables are stored in.
 *
 * @param context engine and settings
 */
export function derivedShapes(
  context: Pick<DeriveContext, "dialect" | "settings">,
): readonly TableShape[] {
  return [...dictionaryTables, ...derivedTables.map((table) => shapeOf(table, "derived", context))];
}

/** The name of a derived table. */
export type DerivedTableName = (typeof derivedTables)[number]["name"];

/**
 * Returns the declaration of a derived table.
 *
 * @param name the table's name
 */
export function derivedTable(name: DerivedTableName): DerivedTable {
  const found = derivedTables.find((table) => table.name === name);
  if (!found) throw new Error(`no such derived table: ${name}`);
  return found;
}
