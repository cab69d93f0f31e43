import { type AutomationId, emailChannel } from "./company.ts";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** Revenue with the person who brought it. */
interface EarnedRevenue {
  readonly person: Person;
  readonly month: number;
  /** Cents of EUR. */
  readonly euro: bigint;
  /** The automation without which it would not exist; null for most. */
  readonly causedBy: AutomationId | null;
}

/**
 * Adds revenue to the truth about effects: what each channel brought, and what would not exist without it. Revenue that a
 * channel and an automation caused together would not exist without either and counts for both.
 *
 * @param world what the run shares
 * @param earned the revenue
 */
export function noteEffects({ truth }: World, { person, month, euro, causedBy }: EarnedRevenue) {
  const { channel, comesAnyway } = person;
  const add = (path: string): void => truth.money(`effects.${path}`, month, euro, 2);
  add(`channels.${channel.name}.revenue_eur`);
  if (!comesAnyway) add(`channels.${channel.name}.incremental_revenue_eur`);
  if (causedBy !== null) {
    add(`automations.${causedBy}.incremental_revenue_eur`);
    add(`channels.${emailChannel.name}.incremental_revenue_eur`);
  }
  if (comesAnyway && causedBy === null) add("uncaused_revenue_eur");
}
