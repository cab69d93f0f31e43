import { minorDigits } from "../../ledger/money.ts";
import {
  always,
  anyOf,
  constant,
  currency,
  first,
  is,
  isPositive,
  isTrue,
  money,
  negative,
  not,
  product,
  text,
  time,
  when,
} from "../expressions.ts";
import type { Expression, Source } from "../source.ts";
import {
  type Charge,
  moved,
  named,
  refundedInDetail,
  refundedInTotal,
  streamOf,
  streamOfCharge,
  taken,
} from "./charge.ts";

/**
 * Stripe's objects as a warehouse sync lands them. Amounts are in minor units: hundredths, but whole units of yen and the
 * like, and thousandths of dinars. Charges, refunds and disputes are booked from their own tables, in the currency that
 * the buyer paid in; the table of balance transactions says the same again in the currency of the balance.
 */
const vendor = "stripe";

const codesWith = (digits: number): readonly string[] =>
  Object.keys(minorDigits).filter((code) => minorDigits[code] === digits);

/** Stripe counts ISK and UGX in hundredths for old integrations, and MGA in whole units: docs.stripe.com/currencies. */
const wholeUnits = [...codesWith(0).filter((code) => code !== "ISK" && code !== "UGX"), "MGA"];

const minor = (column: string): Expression =>
  when(
    is("currency", ...wholeUnits),
    money(column),
    when(
      is("currency", ...codesWith(3)),
      product(money(column, "cents"), money(constant("0.1"))),
      money(column, "cents"),
    ),
  );

const isTest = when(is("livemode", "false", "f", "0"), constant(true));
const createdAt = time("created");

const charge: Charge = {
  order: text("id"),
  bookedAt: createdAt,
  currency: currency("currency"),
  who: {
    id: named("customer_id", "customer"),
    email: named("receipt_email", "billing_details_email"),
  },
  product: text("description"),
  stream: streamOf("invoice_id", "invoice"),
  isTest,
};

const ofCharge: Charge = {
  order: named("charge_id", "charge"),
  bookedAt: createdAt,
  currency: currency("currency"),
  who: {},
  stream: streamOfCharge(named("charge_id", "charge")),
};

/** Tables of Stripe. */
export const stripeTables: readonly Source[] = [
  {
    id: "stripe/charges",
    vendor,
    title: "Charges (synced table)",
    columns: [
      "id",
      "amount",
      "amount_refunded",
      "captured",
      "currency",
      "created",
      "paid",
      "status",
    ],
    also: ["balance_transaction_id", "customer_id", "invoice_id", "payment_intent_id", "livemode"],
    after: ["stripe/balance"],
    skip: {
      when: anyOf(not(is("status", "succeeded")), not(isTrue("captured"))),
      reason: "a charge that failed, is pending, or was not captured",
    },
    record: [
      ...taken(charge, minor("amount")),
      refundedInTotal(charge, minor("amount_refunded"), isPositive(money("amount_refunded"))),
    ],
  },
  {
    id: "stripe/refunds",
    vendor,
    title: "Refunds (synced table)",
    columns: ["id", "amount", "currency", "created", "reason", "status", "receipt_number"],
    also: ["charge_id", "charge", "failure_reason", "balance_transaction_id"],
    without: ["captured", "is_charge_refundable"],
    after: ["stripe/charges"],
    skip: {
      when: is("status", "failed", "canceled", "cancelled", "requires_action"),
      reason: "a refund that did not happen",
    },
    record: refundedInDetail(ofCharge, text("id"), negative(minor("amount")), always),
  },
  {
    id: "stripe/disputes",
    vendor,
    title: "Disputes (synced table)",
    columns: ["id", "amount", "currency", "created", "reason", "status", "is_charge_refundable"],
    also: ["charge_id", "charge", "balance_transaction"],
    after: ["stripe/charges"],
    skip: {
      when: not(is("status", "lost", "won", "needs_response", "under_review", "charge_refunded")),
      reason: "an enquiry: no money was taken back",
    },
    record: [
      moved(
        ofCharge,
        [constant("dispute")],
        negative(minor("amount")),
        not(is("status", "charge_refunded")),
      ),
      moved(ofCharge, [constant("dispute_reversal")], minor("amount"), is("status", "won")),
    ],
  },
  {
    id: "stripe/customers",
    vendor,
    title: "Customers (synced table)",
    columns: ["id", "email", "created", "delinquent", "currency"],
    also: ["name", "phone", "description", "invoice_prefix"],
    record: [
      {
        into: "people",
        key: [text("id")],
        deleted: isTrue("is_deleted"),
        who: { id: text("id"), email: text("email"), phone: text("phone") },
        set: {
          email: text("email"),
          name: first("name", "shipping_name"),
          created_at: createdAt,
          country: first("address_country", "shipping_address_country"),
        },
      },
    ],
  },
  {
    id: "stripe/balance-transactions",
    vendor,
    title: "Balance transactions (synced table)",
    columns: ["id", "amount", "available_on", "created", "currency", "fee", "net", "type"],
    also: ["exchange_rate", "source", "source_id", "payout_id"],
    skip: {
      when: always,
      reason: "charges, refunds and disputes are booked from their own tables",
    },
    record: [],
  },
];
