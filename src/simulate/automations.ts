import type { AutomationId } from "./company.ts";
import type { Life } from "./life.ts";
import { sendAutomated } from "./mail.ts";
import { randomStream } from "./random.ts";

/**
 * Puts a person into an automation: draws the arm, notes it, and sends the mails to those who are treated.
 *
 * @param id the automation
 * @param at when its trigger happened, in seconds since 1970
 * @returns true when the person is treated
 */
export function enroll(life: Life, id: AutomationId, at: number): boolean {
  const { world, person, agenda } = life;
  const automation = world.automations[id];
  const { calendar, truth } = world;
  if (calendar.dayOf(at) < automation.liveOnDay || at >= calendar.to) return false;
  const isTreated = randomStream(world.seed, "arm", id, person.index)() >= automation.holdout;
  const key = `arm ${id}`;
  if (!life.seen.has(key)) {
    life.seen.add(key);
    world.writers.templates.assignment(life, id, isTreated ? "treatment" : "holdout", at);
    const month = calendar.monthOf(at);
    truth.count(`effects.automations.${id}.${isTreated ? "treated" : "held_out"}`, month);
  }
  if (!isTreated || !life.subscribed) return false;
  const first = life.orders * 100 + life.visits;
  automation.mails.forEach((delay, number) => {
    agenda.at(at + 60 + delay, (second) => {
      if (!life.subscribed) return;
      sendAutomated(life, { automation: id, category: id, number: first * 10 + number }, second);
    });
  });
  return true;
}
