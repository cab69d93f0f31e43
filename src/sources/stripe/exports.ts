import {
  absolute,
  allOf,
  constant,
  currency,
  first,
  is,
  isPositive,
  money,
  negative,
  not,
  present,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Source } from "../source.ts";
import {
  type Charge,
  moved,
  named,
  refundedInDetail,
  refundedInTotal,
  streamOf,
  taken,
} from "./charge.ts";

/**
 * Stripe's exports from the dashboard, where amounts are in currency units (not the minor units of its API).
 *
 * Payments (payments.csv, unified_payments.csv): a payment is one sale line, what was given back one refund line, dated
 * by the refund. Payments that failed or were not captured are no revenue. Amounts are those that the buyer paid, not
 * the converted ones.
 *
 * Balance (itemised changes): one line per charge, refund, and lost or won dispute, in the buyer's currency where the
 * report has it, otherwise in that of the balance.
 */
const vendor = "stripe";
const paidAt = time(first("Created date (UTC)", "Created (UTC)"));

const payment: Charge = {
  order: text("id"),
  bookedAt: paidAt,
  currency: currency("Currency"),
  who: { id: text("Customer ID"), email: named("Customer Email") },
  product: text("Description"),
  stream: streamOf("Invoice ID"),
  isTest: when(is("Mode", "test"), constant(true)),
};

const entryAmount = money(first("customer_facing_amount", "gross"));
const entry: Charge = {
  order: first("charge_id", "source_id", "balance_transaction_id"),
  bookedAt: time(first("created_utc", "created")),
  currency: currency(
    when(
      present("customer_facing_amount"),
      first("customer_facing_currency", "currency"),
      text("currency"),
    ),
  ),
  who: { id: text("customer_id"), email: text("customer_email") },
  product: text("description"),
  stream: streamOf("invoice_id"),
};
const entryId = first("source_id", "balance_transaction_id");
const isCategory = (...categories: readonly string[]) => is("reporting_category", ...categories);
const refundCategories = ["refund", "partial_capture_reversal", "charge_failure"] as const;

/** Files downloaded from Stripe's dashboard. */
export const stripeExports: readonly Source[] = [
  {
    id: "stripe/payments",
    vendor,
    title: "Payments export (CSV)",
    columns: ["id", "Amount", "Amount Refunded", "Currency", "Status"],
    also: [
      "Created date (UTC)",
      "Created (UTC)",
      "Customer ID",
      "Customer Email",
      "Captured",
      "Fee",
      "Mode",
      "PaymentIntent ID",
    ],
    without: ["balance_transaction_id", "livemode", "_fivetran_synced"],
    after: ["stripe/balance", "stripe/refunds"],
    skip: {
      when: not(
        is(
          "Status",
          "Paid",
          "Refunded",
          "Partially refunded",
          "Partial refund",
          "Disputed",
          "Succeeded",
        ),
      ),
      reason: "a payment that failed, was cancelled, or is not captured",
    },
    record: [
      ...taken(payment, money("Amount")),
      refundedInTotal(
        { ...payment, bookedAt: first(time("Refunded date (UTC)"), paidAt) },
        money("Amount Refunded"),
        isPositive(money("Amount Refunded")),
      ),
      moved(
        { ...payment, bookedAt: first(time("Dispute Date (UTC)"), paidAt) },
        [constant("dispute")],
        negative(absolute(money("Disputed Amount"))),
        allOf(
          isPositive(money("Disputed Amount")),
          is(
            "Dispute Status",
            "lost",
            "needs_response",
            "under_review",
            "needs response",
            "under review",
          ),
        ),
      ),
      {
        into: "people",
        when: present("Customer ID"),
        key: [text("Customer ID")],
        version: paidAt,
        who: payment.who,
        set: {
          email: text("Customer Email"),
          name: first("Customer Name", "Customer Description"),
        },
      },
    ],
  },
  {
    id: "stripe/balance",
    vendor,
    title: "Itemised balance change (CSV)",
    columns: ["balance_transaction_id", "reporting_category", "currency", "gross"],
    also: ["created_utc", "created", "charge_id", "customer_id", "customer_email", "net", "fee"],
    skip: {
      when: not(
        isCategory("charge", ...refundCategories, "refund_failure", "dispute", "dispute_reversal"),
      ),
      reason: "a fee, payout or transfer: no revenue",
    },
    record: [
      ...taken(entry, entryAmount, isCategory("charge")),
      ...refundedInDetail(
        entry,
        entryId,
        negative(absolute(entryAmount)),
        isCategory(...refundCategories),
      ),
      moved(
        entry,
        [constant("refund_failure"), entryId],
        absolute(entryAmount),
        isCategory("refund_failure"),
      ),
      moved(entry, [constant("dispute")], negative(absolute(entryAmount)), isCategory("dispute")),
      moved(
        entry,
        [constant("dispute_reversal")],
        absolute(entryAmount),
        isCategory("dispute_reversal"),
      ),
    ],
  },
];
