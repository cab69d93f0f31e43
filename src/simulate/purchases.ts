import { enroll } from "./automations.ts";
import { daySeconds } from "./calendar.ts";
import { writeCart } from "./carts.ts";
import { type AutomationId, emailChannel } from "./company.ts";
import { countCustomer, once } from "./customers.ts";
import type { Life } from "./life.ts";
import { sendAutomated } from "./mail.ts";
import { drawOrder, type Order, recordOrder } from "./orders.ts";
import { exponential, integer } from "./random.ts";
import { subscribe } from "./subscriptions.ts";
import { answerSurveys } from "./surveys.ts";
import { returnOrigin, visit } from "./visits.ts";

/** Days without an order after which the win-back flow starts. */
const lapsedDays = 90;

/** Odds that a visit of a known person ends in an abandoned cart. */
const abandonsCart = 0.07;

/**
 * Lets a consumer shop: perhaps a first order, then orders until they lose interest (buy till you die), abandoned carts,
 * perhaps a subscription.
 *
 * @param at when the person became known, in seconds since 1970
 */
export function shoppingLife(life: Life, at: number): void {
  const { person, agenda } = life;
  const { random } = person;
  if (enroll(life, "welcome", at) && random() < life.world.automations.welcome.uplift) {
    agenda.at(at + integer(random, 2, 9) * daySeconds, (second) => {
      buy(life, second, "welcome");
    });
  }
  if (random() < person.channel.buys) {
    agenda.at(at + exponential(random, 9 * daySeconds), (second) => {
      buyAgainAndAgain(life, second);
    });
  }
  const cartGap = 9 + random() * 40;
  const shop = (second: number): void => {
    if (random() < abandonsCart * 4) abandon(life, second);
    agenda.at(second + exponential(random, cartGap * daySeconds), shop);
  };
  agenda.at(at + exponential(random, cartGap * daySeconds), shop);
}

function buyAgainAndAgain(life: Life, at: number): void {
  const { person, agenda } = life;
  const { random } = person;
  if (!buy(life, at, null)) return;
  if (life.orders === 1 && random() < 0.1) subscribe(life, at + 3600);
  const losesInterest = random() < 0.34 - 0.2 * life.content;
  if (losesInterest) return;
  agenda.at(at + exponential(random, (24 + 50 * (1 - life.content)) * daySeconds), (second) => {
    buyAgainAndAgain(life, second);
  });
}

/**
 * Lets a person visit the shop and order.
 *
 * @param at when they come, in seconds since 1970
 * @param causedBy the automation without which they would not; null for most
 * @returns whether the order came about within the period
 */
function buy(life: Life, at: number, causedBy: AutomationId | null): boolean {
  const origin =
    causedBy === null
      ? returnOrigin(life)
      : { channel: emailChannel, campaign: causedBy, click: "" };
  const end = visit(life, {
    at,
    ...origin,
    purpose: "order",
    order: (second) => placeOrder(life, second, causedBy),
  });
  return end !== null;
}

function placeOrder(life: Life, at: number, causedBy: AutomationId | null): Order {
  const { world, person, agenda } = life;
  const usesSecond = person.secondEmail !== null && life.orders > 0;
  life.email = usesSecond ? (person.secondEmail ?? life.email) : life.email;
  const order = drawOrder(person, { at, nth: life.orders, email: life.email, causedBy });
  life.shopping.orders.push({ at, euros: recordOrder(world, order) });
  life.orders += 1;
  countCustomer(life, at);
  if (usesSecond) noteMerge(life, at);
  life.lastOrderAt = at;
  const number = life.orders;
  agenda.at(at + 20, (second) => {
    sendAutomated(life, { automation: "", category: "order_confirmation", number }, second);
  });
  agenda.at(at + lapsedDays * daySeconds, (second) => {
    if (life.lastOrderAt === at) winBack(life, second);
  });
  answerSurveys(life, at);
  return order;
}

/** The same shop account orders under a second address. */
function noteMerge(life: Life, at: number): void {
  const { world, person } = life;
  once(life, "merge", () => {
    const emails = [person.email, person.secondEmail ?? ""];
    world.truth.list("merges", { emails, customer_id: person.customerId });
    for (const email of emails) {
      writeCart(life, email, at - 400, at);
    }
  });
}

function winBack(life: Life, at: number): void {
  const { random } = life.person;
  if (!enroll(life, "win_back", at)) return;
  if (random() >= life.world.automations.win_back.uplift) return;
  life.agenda.at(at + integer(random, 1, 6) * daySeconds, (second) => {
    buy(life, second, "win_back");
  });
}

/** A cart is left behind; some come back on their own, some because they are reminded. */
function abandon(life: Life, at: number): void {
  const { world, person, agenda } = life;
  const { random } = person;
  const left = visit(life, { at, ...returnOrigin(life), purpose: "cart" });
  if (left === null) return;
  const returns = random() < 0.13;
  const isTreated = enroll(life, "cart_recovery", left);
  const isRecovered = !returns && isTreated && random() < world.automations.cart_recovery.uplift;
  const cause = isRecovered ? "cart_recovery" : null;
  if (!returns && !isRecovered) {
    finishCart(life, left, null, cause);
    return;
  }
  const delay = isRecovered ? integer(random, 4200, 80_000) : integer(random, 2900, 150_000);
  agenda.at(left + delay, (second) => {
    const before = life.orders;
    const came = buy(life, second, cause);
    finishCart(life, left, came && life.orders > before ? life.lastOrderAt : null, cause);
  });
  if (left + delay >= world.calendar.to) finishCart(life, left, null, cause);
}

function finishCart(
  life: Life,
  leftAt: number,
  orderedAt: number | null,
  cause: AutomationId | null,
): void {
  const { truth, calendar } = life.world;
  const month = calendar.monthOf(leftAt);
  writeCart(life, life.email, leftAt, orderedAt);
  truth.count("carts.left", month);
  if (orderedAt === null) return;
  truth.count("carts.ordered_later", month);
  if (cause !== null) truth.count("carts.recovered_by_automation", month);
}
