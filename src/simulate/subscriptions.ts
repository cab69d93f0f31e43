import { daySeconds } from "./calendar.ts";
import { countCustomer } from "./customers.ts";
import { noteEffects } from "./effects.ts";
import type { Life } from "./life.ts";
import { digitsOf, toMicros } from "./money.ts";
import { integer } from "./random.ts";

/** A payment of the monthly bean subscription, amounts in minor units. */
export interface Payment {
  readonly id: string;
  readonly life: Life;
  readonly at: number;
  readonly amount: bigint;
  readonly currency: string;
  readonly refunded: bigint;
  readonly refundedAt: number | null;
  readonly isPaid: boolean;
  readonly isTest: boolean;
}

const prices: Readonly<Record<string, bigint>> = { EUR: 2400n, GBP: 2000n, JPY: 3600n };

/**
 * Starts a monthly subscription that runs until it is cancelled or the period ends.
 *
 * @param at first payment, in seconds since 1970
 */
export function subscribe(life: Life, at: number): void {
  const { person, agenda } = life;
  const { random } = person;
  let number = 0;
  const pay = (second: number): void => {
    number += 1;
    const isPaid = random() >= 0.03;
    const isRefunded = isPaid && random() < 0.02;
    const { currency } = person.market;
    const amount = prices[currency] ?? 2400n;
    recordPayment({
      id: `py_${person.index}_${number}`,
      life,
      at: second,
      amount,
      currency,
      refunded: isRefunded ? (random() < 0.5 ? amount : amount / 2n) : 0n,
      refundedAt: isRefunded ? second + integer(random, 1, 12) * daySeconds : null,
      isPaid,
      isTest: false,
    });
    if (random() < 0.055) return;
    agenda.at(second + 30 * daySeconds, pay);
  };
  agenda.at(at, pay);
}

/**
 * Writes a payment and adds it to the truth; a refund counts on the day that it is paid out.
 *
 * @param payment the payment
 */
export function recordPayment(payment: Payment): void {
  const { life, at, currency } = payment;
  const { world } = life;
  const { truth, calendar, rates } = world;
  const refundedAt =
    payment.refundedAt !== null && payment.refundedAt < calendar.to ? payment.refundedAt : null;
  const refunded = refundedAt === null ? 0n : payment.refunded;
  world.writers.stripe.payment({ ...payment, refunded, refundedAt });
  if (!payment.isPaid || payment.isTest) {
    truth.count(
      payment.isTest ? "orders.stripe.test" : "orders.stripe.failed",
      calendar.monthOf(at),
    );
    return;
  }
  truth.count("orders.stripe.payments", calendar.monthOf(at));
  const book = (component: string, minor: bigint, second: number): void => {
    const month = calendar.monthOf(second);
    truth.money(`money.stripe.${currency}.${component}`, month, minor, digitsOf(currency));
    truth.money(`money.stripe.${currency}.net`, month, minor, digitsOf(currency));
    const euro = rates.toEuro(toMicros(minor, currency), currency, calendar.dayOf(second));
    if (typeof euro === "string") {
      truth.count(`revenue_eur.excluded_lines.${euro}.${currency}`, month);
    } else {
      truth.money("revenue_eur.stripe", month, euro, 2);
      truth.money("revenue_eur.total", month, euro, 2);
      noteEffects(world, { person: life.person, month, euro, causedBy: null });
    }
  };
  book("total", payment.amount, at);
  if (refundedAt !== null) book("refunds", -refunded, refundedAt);
  countCustomer(life, at);
}
