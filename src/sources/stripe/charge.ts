import {
  absolute,
  allOf,
  always,
  anyOf,
  constant,
  first,
  is,
  lookup,
  matches,
  money,
  negative,
  not,
  present,
  text,
  when,
} from "../expressions.ts";
import type { Condition, Expression, Recording, Who } from "../source.ts";

/**
 * What all files of Stripe share.
 *
 * Every charge is an order of one sale line; the keys of its lines are the same in every file, so that a charge that is in
 * several files counts once. Amounts contain tax, and no file says how much: net revenue equals gross here. Stripe's
 * fees, payouts and transfers are no revenue and are left out.
 *
 * Refunds known one by one (balance, table of refunds) replace the total that a payment states, whichever file is loaded
 * first. A lost or open dispute takes the money back; a won one returns it.
 */
export interface Charge {
  readonly order: Expression;
  readonly bookedAt: Expression;
  readonly currency: Expression;
  readonly who: Who;
  readonly product?: Expression;
  readonly stream: Expression;
  readonly isTest?: Expression;
}

/** Word on the line that stands for "the refunds of this charge are recorded one by one". */
const inDetail = "in detail";

/** The stream of a charge: subscription when it was invoiced or says so. */
export const streamOf = (...invoices: readonly string[]): Expression =>
  when(
    anyOf(...invoices.map((column) => present(column)), matches("Description", "subscription")),
    constant("subscription"),
  );

/** The stream that the charge itself was booked in. */
export const streamOfCharge = (charge: Expression): Expression =>
  lookup("orders", [charge, constant("sale")], "stream");

const line = (
  charge: Charge,
  lineType: "sale" | "refund",
  key: readonly Expression[],
  amount: Expression,
): Recording => ({
  into: "orders",
  key,
  who: charge.who,
  set: {
    order: charge.order,
    line: first(...key.slice(-1)),
    line_type: constant(lineType),
    booked_at: charge.bookedAt,
    amount,
    currency: charge.currency,
    stream: charge.stream,
    ...(charge.product ? { product: charge.product } : {}),
    ...(charge.isTest ? { is_test: charge.isTest } : {}),
  },
});

/**
 * Returns the recordings of money taken: the order as a whole, and its sale line.
 *
 * @param charge what was charged
 * @param amount in currency units
 * @param isCharge rows that are one; all when it is left out
 */
export function taken(charge: Charge, amount: Expression, isCharge = always): readonly Recording[] {
  return [
    {
      into: "order_headers",
      when: isCharge,
      key: [charge.order],
      who: charge.who,
      set: {
        order: charge.order,
        booked_at: charge.bookedAt,
        currency: charge.currency,
        total: amount,
        ...(charge.isTest ? { is_test: charge.isTest } : {}),
      },
    },
    { ...line(charge, "sale", [charge.order, constant("sale")], amount), when: isCharge },
  ];
}

/**
 * Returns the recording of all that was refunded of a charge, unless its refunds are known one by one.
 *
 * @param charge what was charged; booked when it was refunded
 * @param amount total, in currency units
 * @param isRefunded rows with a refund
 */
export function refundedInTotal(
  charge: Charge,
  amount: Expression,
  isRefunded: Condition,
): Recording {
  const known = lookup("orders", [charge.order, constant("refund")], "line");
  const isUnknown = not(is(known, inDetail));
  return moved(
    charge,
    [constant("refund")],
    negative(absolute(amount)),
    allOf(isRefunded, isUnknown),
  );
}

/**
 * Returns the recordings of one refund of a charge: its line, and a deleted one in place of the charge's total.
 *
 * @param charge what was charged; booked when it was refunded
 * @param refund id of the refund
 * @param amount what the buyer got, negative
 * @param isRefund rows that are one
 */
export function refundedInDetail(
  charge: Charge,
  refund: Expression,
  amount: Expression,
  isRefund: Condition,
): readonly Recording[] {
  const total = moved(charge, [constant("refund")], money(constant("0")), isRefund);
  return [
    moved(charge, [constant("refund"), refund], amount, isRefund),
    { ...total, deleted: always, set: { ...total.set, line: constant(inDetail) } },
  ];
}

/**
 * Returns the recording of money that left a charge again, or came back to it.
 *
 * @param charge what was charged; booked when the money moved
 * @param key what tells it from other lines of the charge
 * @param amount negative when it left
 * @param applies rows that are one
 */
export function moved(
  charge: Charge,
  key: readonly [Expression, ...Expression[]],
  amount: Expression,
  applies: Condition,
): Recording {
  return { ...line(charge, "refund", [charge.order, ...key], amount), when: applies };
}

/** The first filled column that names something. */
export const named = (...columns: readonly string[]): Expression =>
  first(...columns.map((column) => text(column)));
