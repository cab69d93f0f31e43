import {
  absolute,
  allOf,
  anyOf,
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

/**
 * Stripe's exports from the dashboard, where amounts are in currency units (not the minor units of its API).
 *
 * Payments: a payment is one sale line, what was given back one refund line, dated by the last refund. Payments that
 * failed or were never captured are not revenue, nor are those of the test mode. Balance: one line per charge, refund and lost or won dispute; fees
 * and payouts are no revenue. Load one of the two for a period: both share the key of a charge, so a charge that is in
 * both is taken once.
 */
const vendor = "stripe";
const payer = { id: text("Customer ID"), email: first("Customer Email", "customer_email") };
const paidAt = time(first("Created date (UTC)", "Created (UTC)"));
const isPaid = anyOf(
  is("Status", "Paid", "Refunded", "Partially refunded", "succeeded", "Partial refund"),
);

const isTest = when(is("Mode", "Test"), constant(true));

/** Everything of this vendor that can be recognised. */
export const stripe: readonly Source[] = [
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
    ],
    skip: { when: not(isPaid), reason: "a payment that failed or was not captured" },
    record: [
      {
        into: "orders",
        key: [text("id"), constant("sale")],
        who: payer,
        set: {
          order: text("id"),
          is_test: isTest,
          line: constant("sale"),
          line_type: constant("sale"),
          booked_at: paidAt,
          amount: money("Amount"),
          currency: currency("Currency"),
          product: text("Description"),
          stream: constant("subscription"),
        },
      },
      {
        into: "orders",
        when: isPositive(money("Amount Refunded")),
        key: [text("id"), constant("refund")],
        who: payer,
        set: {
          order: text("id"),
          is_test: isTest,
          line: constant("refund"),
          line_type: constant("refund"),
          booked_at: first(time("Refunded date (UTC)"), paidAt),
          amount: negative(money("Amount Refunded")),
          currency: currency("Currency"),
          product: text("Description"),
          stream: constant("subscription"),
        },
      },
      {
        into: "people",
        when: present("Customer ID"),
        key: [text("Customer ID")],
        version: paidAt,
        who: payer,
        set: { email: text("Customer Email"), name: text("Customer Description") },
      },
    ],
  },
  {
    id: "stripe/balance",
    vendor,
    title: "Itemised balance change (CSV)",
    columns: ["balance_transaction_id", "created_utc", "reporting_category", "currency", "gross"],
    also: ["charge_id", "customer_id", "customer_email", "net", "fee"],
    skip: {
      when: not(is("reporting_category", "charge", "refund", "dispute", "dispute_reversal")),
      reason: "a fee, payout or transfer: no revenue",
    },
    record: [
      {
        into: "orders",
        when: is("reporting_category", "charge"),
        key: [first("charge_id", "balance_transaction_id"), constant("sale")],
        who: { id: text("customer_id"), email: text("customer_email") },
        set: {
          order: first("charge_id", "balance_transaction_id"),
          line: constant("sale"),
          line_type: constant("sale"),
          booked_at: time("created_utc"),
          amount: money("gross"),
          currency: currency("currency"),
          product: text("description"),
          stream: constant("subscription"),
        },
      },
      {
        into: "orders",
        when: allOf(is("reporting_category", "refund", "dispute")),
        key: [text("balance_transaction_id")],
        who: { id: text("customer_id"), email: text("customer_email") },
        set: {
          order: first("charge_id", "balance_transaction_id"),
          line: text("balance_transaction_id"),
          line_type: constant("refund"),
          booked_at: time("created_utc"),
          amount: negative(absolute(money("gross"))),
          currency: currency("currency"),
          stream: constant("subscription"),
        },
      },
      {
        into: "orders",
        when: is("reporting_category", "dispute_reversal"),
        key: [text("balance_transaction_id")],
        who: { id: text("customer_id"), email: text("customer_email") },
        set: {
          order: first("charge_id", "balance_transaction_id"),
          line: text("balance_transaction_id"),
          line_type: constant("sale"),
          booked_at: time("created_utc"),
          amount: money("gross"),
          currency: currency("currency"),
          stream: constant("subscription"),
        },
      },
    ],
  },
];
