import { enroll } from "./automations.ts";
import { daySeconds } from "./calendar.ts";
import { owners } from "./company.ts";
import { countCustomer } from "./customers.ts";
import { noteEffects } from "./effects.ts";
import type { Life } from "./life.ts";
import { digitsOf, toMicros } from "./money.ts";
import type { Account } from "./person.ts";
import { exponential, integer, pick } from "./random.ts";

/** The stages that a wholesale contact reaches, with their instants in seconds since 1970. */
export interface Contact {
  readonly life: Life;
  readonly account: Account;
  readonly owner: string;
  readonly score: number;
  readonly leadAt: number;
  mqlAt: number | null;
  sqlAt: number | null;
  opportunityAt: number | null;
  customerAt: number | null;
  /** Address in the CRM: several contacts of a firm may share info@. */
  readonly email: string;
}

/** A wholesale deal, amount in minor units. */
export interface Deal {
  readonly id: string;
  readonly contact: Contact;
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly stage: "Tasting" | "Closed won" | "Closed lost";
  readonly amount: bigint;
  readonly currency: string;
}

/**
 * Lets a business contact move through the funnel: lead, MQL, SQL, opportunity, won or lost.
 *
 * @param at when the wholesale form was sent, in seconds since 1970
 */
export function salesLife(life: Life, at: number): void {
  const { person, world, agenda } = life;
  const { random, account } = person;
  if (!account) return;
  const isRole = person.index % 9 === 4;
  const contact: Contact = {
    life,
    account,
    owner: pick(random, owners),
    score: integer(random, 5, 95),
    leadAt: at,
    mqlAt: null,
    sqlAt: null,
    opportunityAt: null,
    customerAt: null,
    email: isRole ? `info@${account.domain}` : person.email,
  };
  reach(contact, "leads", at);
  if (isRole) world.truth.fault("role_addresses", { file: "hubspot", note: contact.email });
  followUp(contact);
  const isQualified = random() < 0.35 + contact.score / 180;
  if (isQualified) {
    agenda.at(at + exponential(random, 4 * daySeconds), (second) => becomeMql(contact, second));
  }
  agenda.at(world.calendar.to - 1, () => world.writers.hubspot.contact(contact));
}

function reach(contact: Contact, stage: string, at: number): void {
  const { life } = contact;
  const { truth, calendar } = life.world;
  truth.count(`funnel.${stage}`, calendar.monthOf(at));
  truth.count(`funnel_by_channel.${life.person.channel.name}.${stage}`, calendar.monthOf(at));
}

/** The first call; a third of the leads are called within the hour. */
function followUp({ life, leadAt, email }: Contact): void {
  const { random } = life.person;
  if (random() < 0.12) return;
  const wait = random() < 0.36 ? integer(random, 120, 3000) : integer(random, 4200, 3 * daySeconds);
  life.agenda.at(leadAt + wait, (second) => {
    const { world } = life;
    world.writers.templates.call(email, second);
    const month = world.calendar.monthOf(leadAt);
    if (email !== life.person.email) {
      world.truth.count("funnel.followed_up_at_role_address", month);
      return;
    }
    world.truth.count("funnel.followed_up", month);
    if (wait <= 3600) world.truth.count("funnel.followed_up_within_1h", month);
  });
}

function becomeMql(contact: Contact, at: number): void {
  const { life } = contact;
  const { random } = life.person;
  contact.mqlAt = at;
  reach(contact, "mqls", at);
  const isTreated = enroll(life, "lead_nurturing", at);
  const byItself = random() < 0.5;
  const byNurturing = random() < life.world.automations.lead_nurturing.uplift;
  if (!byItself && !(isTreated && byNurturing)) return;
  life.agenda.at(at + exponential(random, 7 * daySeconds), (second) => {
    contact.sqlAt = second;
    reach(contact, "sqls", second);
    if (!byItself) {
      const month = life.world.calendar.monthOf(second);
      life.world.truth.count("effects.automations.lead_nurturing.incremental_sqls", month);
    }
    if (random() < 0.7) {
      life.agenda.at(second + exponential(random, 5 * daySeconds), (third) =>
        openDeal(contact, third, !byItself),
      );
    }
  });
}

function openDeal(contact: Contact, at: number, isIncremental: boolean): void {
  const { life } = contact;
  const { world, person } = life;
  const { random, market } = person;
  contact.opportunityAt = at;
  reach(contact, "opportunities", at);
  const scale = market.currency === "JPY" ? 150 : 1;
  const units = BigInt(Math.round((900 + exponential(random, 5200)) * scale));
  const amount = units * 10n ** BigInt(digitsOf(market.currency));
  const isWon = random() < 0.44;
  const closesAt = at + daySeconds + Math.floor(exponential(random, 26 * daySeconds));
  const isClosed = closesAt < world.calendar.to;
  const stage = isClosed ? (isWon ? "Closed won" : "Closed lost") : "Tasting";
  const deal: Deal = {
    id: String(8_300_000_000 + person.index),
    contact,
    createdAt: at,
    closedAt: isClosed ? closesAt : null,
    stage,
    amount,
    currency: market.currency,
  };
  world.writers.hubspot.deal(deal);
  const month = world.calendar.monthOf(at);
  world.truth.money(
    `deals.created_amount.${deal.currency}`,
    month,
    amount,
    digitsOf(deal.currency),
  );
  if (isClosed) life.agenda.at(closesAt, (second) => closeDeal(deal, isWon, second, isIncremental));
}

function closeDeal(deal: Deal, isWon: boolean, at: number, isIncremental: boolean): void {
  const { contact, amount, currency } = deal;
  const { life } = contact;
  const { truth, calendar, rates } = life.world;
  const month = calendar.monthOf(at);
  truth.count(isWon ? "deals.won" : "deals.lost", month);
  if (!isWon) return;
  contact.customerAt = at;
  countCustomer(life, at);
  truth.money(`deals.won_amount.${currency}`, month, amount, digitsOf(currency));
  const euro = rates.toEuro(toMicros(amount, currency), currency, calendar.dayOf(at));
  if (typeof euro === "string") {
    truth.count(`revenue_eur.excluded_lines.${euro}.${currency}`, month);
    return;
  }
  truth.money("revenue_eur.deals", month, euro, 2);
  truth.money("revenue_eur.total", month, euro, 2);
  const causedBy = isIncremental ? "lead_nurturing" : null;
  noteEffects(life.world, { person: life.person, month, euro, causedBy });
}
