import {
  absolute,
  allOf,
  anyOf,
  constant,
  first,
  is,
  isNotZero,
  isPositive,
  minus,
  negative,
  not,
  present,
  share,
  when,
} from "../expressions.ts";
import type { Condition, Expression, Recording } from "../source.ts";

/**
 * What an order of WooCommerce says, in any of its files.
 *
 * An order's total contains tax and shipping. Its lines: sale = total - shipping - tax (after coupons, with fees) ·
 * shipping and tax as they are · what was refunded, with its share of tax. The sale is not cut by product.
 *
 * Orders that wait for payment, failed, or were cancelled before they were paid are no orders: a header marked as
 * deleted, so that an order that was paid in an earlier export leaves the figures. One that was cancelled after payment
 * is a cancellation. No file dates refunds: they are booked with the order. A customer id of 0 is a guest, known by
 * e-mail only. A line of 0 is marked as deleted: it takes the place of one that an earlier export had.
 */
export interface OrderShape {
  readonly order: Expression;
  readonly placed: Expression;
  /** When it was paid; null when it was not. */
  readonly paid: Expression;
  readonly changed?: Expression;
  readonly status: string;
  readonly total: Expression;
  readonly tax: Expression;
  readonly shipping: Expression;
  readonly refunded: Expression;
  readonly currency?: Expression;
  readonly customer: Expression;
  readonly email: Expression;
  readonly name: Expression;
  readonly country: Expression;
}

const spelled = (...statuses: readonly string[]): readonly string[] =>
  statuses.flatMap((status) => [status, `wc-${status}`, status.replaceAll("-", " ")]);

const unpaid = spelled(
  "pending",
  "pending-payment",
  "failed",
  "checkout-draft",
  "draft",
  "on-hold",
);
const gone = spelled("trash", "auto-draft");

/**
 * Says whether a status is that of an order nobody paid for.
 *
 * @param status column with the order's status
 * @param paid when it was paid; left out where the file does not tell
 */
export function isUnpaid(status: string, paid?: Expression): Condition {
  const isCancelled = is(status, ...spelled("cancelled"));
  return anyOf(
    is(status, ...unpaid, ...gone),
    paid ? allOf(isCancelled, not(present(paid))) : isCancelled,
  );
}

/**
 * Returns how an order becomes its header, its lines and its buyer.
 *
 * @param shape where the file says what
 */
export function orderRecordings(shape: OrderShape): readonly Recording[] {
  const guestless = when(not(is(shape.customer, "0")), shape.customer);
  const who = { id: guestless, email: shape.email };
  const isNoOrder = isUnpaid(shape.status, shape.paid);
  const version = shape.changed ? { version: shape.changed } : {};
  const inCurrency = shape.currency ? { currency: shape.currency } : {};
  const place = { order: shape.order, booked_at: shape.placed, country: shape.country };
  const line = (lineType: string, amount: Expression, tax?: Expression): Recording => ({
    into: "orders",
    when: allOf(not(isNoOrder), present(amount)),
    key: [shape.order, constant(lineType)],
    ...version,
    deleted: not(isNotZero(amount)),
    who,
    set: {
      ...place,
      ...inCurrency,
      line: constant(lineType),
      line_type: constant(lineType),
      amount,
      ...(tax ? { tax } : {}),
    },
  });
  const sale = line("sale", minus(shape.total, shape.shipping, shape.tax));
  const isRefundedWhole = allOf(
    is(shape.status, ...spelled("refunded")),
    not(isPositive(shape.refunded)),
  );
  const refund = absolute(when(isRefundedWhole, shape.total, shape.refunded));
  return [
    {
      into: "order_headers",
      key: [shape.order],
      ...version,
      deleted: isNoOrder,
      who,
      set: {
        ...place,
        ...inCurrency,
        total: shape.total,
        cancelled_at: when(
          is(shape.status, ...spelled("cancelled")),
          first(...(shape.changed ? [shape.changed] : []), shape.placed),
        ),
      },
    },
    { ...sale, set: { ...sale.set, stream: constant("product") } },
    line("shipping", shape.shipping),
    line("tax", shape.tax, shape.tax),
    line("refund", negative(refund), negative(share(shape.tax, refund, shape.total, 2))),
    {
      into: "people",
      when: present(first(guestless, shape.email)),
      key: [guestless, when(not(present(guestless)), shape.email)],
      ...version,
      who,
      set: { email: shape.email, name: shape.name, country: shape.country },
    },
  ];
}
