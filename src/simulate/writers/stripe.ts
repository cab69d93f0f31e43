import { unitsToText } from "../../ledger/exact.ts";
import type { Calendar } from "../calendar.ts";
import { digitsOf } from "../money.ts";
import { csvRow } from "../sink.ts";
import type { Payment } from "../subscriptions.ts";
import type { OpenFile } from "../world.ts";

const columns =
  "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Mode,PaymentIntent ID,Payment Source Type,Refunded date (UTC),Statement Descriptor,Status,Seller Message,Taxes On Fee,Card Brand,Card Funding,Customer ID,Customer Description,Customer Email,Invoice ID,Invoice Number";

/** Writes the payments export of the dashboard. */
export interface StripeWriter {
  readonly payment: (payment: Payment) => void;
  readonly raw: (values: Readonly<Record<string, string>>) => { file: string; row: number };
}

/**
 * Returns the writer of the payments export.
 *
 * @param open opens a file of the run
 */
export function makeStripeWriter(calendar: Calendar, open: OpenFile): StripeWriter {
  const file = open("stripe/unified_payments.csv", `${columns}\n`);
  const row = csvRow(columns);
  return {
    payment: (payment) => {
      const { life, currency, isPaid } = payment;
      const { person } = life;
      const money = (minor: bigint): string => unitsToText(minor, digitsOf(currency));
      const isRefunded = payment.refunded === payment.amount;
      file.add(
        row({
          id: payment.id,
          "Created date (UTC)": calendar.utc(payment.at),
          Amount: money(payment.amount),
          "Amount Refunded": money(payment.refunded),
          Currency: currency.toLowerCase(),
          Captured: String(isPaid),
          "Decline Reason": isPaid ? "" : "insufficient_funds",
          Description: "Subscription update",
          Fee: "0.00",
          Mode: payment.isTest ? "Test" : "Live",
          "PaymentIntent ID": payment.id.replace("py_", "pi_"),
          "Payment Source Type": "card",
          "Refunded date (UTC)":
            payment.refundedAt === null ? "" : calendar.utc(payment.refundedAt),
          "Statement Descriptor": "KOPI KILN",
          Status: isPaid ? (isRefunded ? "Refunded" : "Paid") : "Failed",
          "Seller Message": isPaid ? "Payment complete." : "The bank declined the payment.",
          "Taxes On Fee": "0.00",
          "Card Brand": "Visa",
          "Card Funding": "credit",
          "Customer ID": `cus_${person.index}`,
          "Customer Email": life.email,
          "Invoice ID": payment.id.replace("py_", "in_"),
        }),
        isPaid ? "taken" : "rejected",
      );
    },
    raw: (values) => ({ file: file.name, row: file.add(row(values), "rejected") }),
  };
}
