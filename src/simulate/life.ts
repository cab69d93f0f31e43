import { type Agenda, makeAgenda } from "./agenda.ts";
import { daySeconds } from "./calendar.ts";
import { type Shopping, settleCarts } from "./carts.ts";
import { salesLife } from "./deals.ts";
import { receiveNewsletters } from "./mail.ts";
import type { Person } from "./person.ts";
import { shoppingLife } from "./purchases.ts";
import { exponential, poisson } from "./random.ts";
import { countForm, returnOrigin, visit } from "./visits.ts";
import type { World } from "./world.ts";

/** A person with what has happened to them so far. */
export interface Life {
  readonly world: World;
  readonly person: Person;
  readonly agenda: Agenda;
  /** The address that they use now. */
  email: string;
  /** When the last visit ended. */
  lastVisitEnd: number;
  visits: number;
  subscribed: boolean;
  /** Mail to them bounces for good. */
  unreachable: boolean;
  orders: number;
  carts: number;
  readonly shopping: Shopping;
  lastOrderAt: number;
  /** 0 to 1: how content they are; drives both answers and repeat purchases. */
  readonly content: number;
  /** Months with a visit and with a purchase, to count each person once a month. */
  readonly seen: Set<string>;
}

/**
 * Lives the life of one person and writes everything that the company's tools record of it.
 *
 * @param world what the run shares
 * @param index number of the person
 */
export function live(world: World, index: number): void {
  const person = world.source.person(index);
  const life = newLife(world, person);
  const { random } = person;
  if (person.sharesBrowser) {
    world.truth.fault("shared_browsers", {
      file: "ga4",
      note: `${person.browserId} ${person.email}`,
    });
  }
  life.agenda.at(person.firstVisit, (at) => {
    const signsUpNow = person.signsUp && random() < 0.6;
    const end = visit(life, {
      at,
      channel: person.channel,
      campaign: person.campaign,
      click: person.click,
      purpose: signsUpNow ? "sign_up" : "browse",
    });
    if (end !== null && signsUpNow) becomeKnown(life, end);
    else planReturns(life, at);
  });
  life.agenda.runUntil(world.calendar.to);
  settleCarts(life);
}

/**
 * Returns a life in which nothing has happened yet.
 *
 * @param world what the run shares
 * @param person whose life it is
 */
export function newLife(world: World, person: Person): Life {
  return {
    world,
    person,
    agenda: makeAgenda(),
    email: person.email,
    lastVisitEnd: 0,
    visits: 0,
    subscribed: false,
    unreachable: false,
    orders: 0,
    carts: 0,
    shopping: { carts: [], orders: [], reminders: [] },
    lastOrderAt: 0,
    content: person.random(),
    seen: new Set(),
  };
}

/** Visits before sign-up, the last of which may be the sign-up. */
function planReturns(life: Life, from: number): void {
  const { person, agenda } = life;
  const { random } = person;
  let at = from;
  for (let left = poisson(random, 0.5); left > 0; left -= 1) {
    at += 3600 + exponential(random, 6 * daySeconds);
    agenda.at(at, (second) => {
      visit(life, { at: second, ...returnOrigin(life), purpose: "browse" });
    });
  }
  if (!person.signsUp) return;
  agenda.at(at + 3600 + exponential(random, 5 * daySeconds), (second) => {
    const end = visit(life, { at: second, ...returnOrigin(life), purpose: "sign_up" });
    if (end !== null) becomeKnown(life, end);
  });
}

function becomeKnown(life: Life, at: number): void {
  const { world, person, agenda } = life;
  life.subscribed = true;
  world.writers.klaviyo.person(person, at);
  world.writers.klaviyo.event(person, "Subscribed to List", null, at);
  world.writers.templates.signUp(life, at);
  countForm(life, at);
  world.truth.count("email.klaviyo.subscribed", world.calendar.monthOf(at));
  world.truth.count(`funnel.sign_ups.${person.channel.name}`, world.calendar.monthOf(at));
  receiveNewsletters(life, at);
  if (person.account) salesLife(life, at);
  else shoppingLife(life, at);
  const gap = 9 + person.random() * 22;
  const again = (second: number): void => {
    if (visit(life, { at: second, ...returnOrigin(life), purpose: "browse" }) === null) return;
    agenda.at(second + exponential(person.random, gap * daySeconds), again);
  };
  agenda.at(at + exponential(person.random, gap * daySeconds), again);
}
