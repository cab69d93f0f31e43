import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv, type Folder, folderOf } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

const paymentColumns =
  "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Mode,PaymentIntent ID,Payment Source Type,Refunded date (UTC),Statement Descriptor,Status,Seller Message,Taxes On Fee,Card Brand,Customer ID,Customer Description,Customer Email,Invoice ID,Disputed Amount,Dispute Date (UTC),Dispute Status".split(
    ",",
  );

const payments = csv(paymentColumns, [
  {
    id: "ch_1",
    "Created date (UTC)": "2025-03-01 10:00:00",
    Amount: "1,000.00",
    "Amount Refunded": "0.00",
    Currency: "eur",
    Captured: "true",
    Mode: "Live",
    Status: "Paid",
    "Customer ID": "cus_1",
    "Customer Email": "Anna@example.com",
    "Invoice ID": "in_1",
  },
  {
    id: "ch_2",
    "Created date (UTC)": "2025-03-02 11:00:00",
    Amount: "99.99",
    "Amount Refunded": "10.00",
    Currency: "usd",
    "Converted Amount": "92.00",
    "Converted Amount Refunded": "9.20",
    "Converted Currency": "eur",
    Captured: "true",
    Mode: "Live",
    "Refunded date (UTC)": "2025-03-09 08:00:00",
    Status: "Paid",
    "Customer ID": "cus_2",
    "Customer Email": "bo@example.com",
  },
  {
    id: "py_3",
    "Created date (UTC)": "2025-03-03 12:00:00",
    Amount: "5000",
    "Amount Refunded": "5000",
    Currency: "jpy",
    Captured: "true",
    Mode: "Live",
    Status: "Refunded",
    "Customer Email": "cy@example.com",
  },
  {
    id: "ch_4",
    "Created date (UTC)": "2025-03-04 12:00:00",
    Amount: "40.00",
    "Amount Refunded": "0.00",
    Currency: "eur",
    Captured: "true",
    Mode: "Live",
    Status: "Paid",
    "Customer ID": "cus_4",
    "Disputed Amount": "40.00",
    "Dispute Date (UTC)": "2025-03-20 00:00:00",
    "Dispute Status": "lost",
  },
  { id: "ch_5", Amount: "70.00", "Amount Refunded": "0", Currency: "eur", Status: "Failed" },
  { id: "ch_6", Amount: "71.00", "Amount Refunded": "0", Currency: "eur", Status: "Uncaptured" },
  {
    id: "ch_7",
    "Created date (UTC)": "2025-03-05 12:00:00",
    Amount: "9.00",
    "Amount Refunded": "0",
    Currency: "eur",
    Mode: "Test",
    Status: "Paid",
  },
]);

const balanceColumns =
  "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,charge_id,customer_id,customer_email,customer_facing_amount,customer_facing_currency,description".split(
    ",",
  );

const entry = (id: string, category: string, gross: string, more: object) => ({
  balance_transaction_id: id,
  created_utc: "2025-03-09 08:00:00",
  currency: "eur",
  gross,
  fee: "0.30",
  net: gross,
  reporting_category: category,
  ...more,
});

/** The same charges 1, 2 and 4, and one that only the balance knows; charge 2 was refunded twice. */
const balance = csv(balanceColumns, [
  entry("txn_1", "charge", "1000.00", { source_id: "ch_1", charge_id: "ch_1" }),
  entry("txn_2", "charge", "92.00", {
    source_id: "ch_2",
    charge_id: "ch_2",
    customer_facing_amount: "99.99",
    customer_facing_currency: "usd",
  }),
  entry("txn_3", "refund", "-5.52", {
    source_id: "re_1",
    charge_id: "ch_2",
    customer_facing_amount: "-6.00",
    customer_facing_currency: "usd",
  }),
  entry("txn_4", "refund", "-3.68", {
    source_id: "re_2",
    charge_id: "ch_2",
    customer_facing_amount: "-4.00",
    customer_facing_currency: "usd",
  }),
  entry("txn_5", "charge", "40.00", { source_id: "ch_4", charge_id: "ch_4" }),
  entry("txn_6", "dispute", "-40.00", { source_id: "dp_1", charge_id: "ch_4" }),
  entry("txn_7", "charge", "30.00", { source_id: "ch_8", charge_id: "ch_8" }),
  entry("txn_8", "dispute", "-30.00", { source_id: "dp_2", charge_id: "ch_8" }),
  entry("txn_9", "dispute_reversal", "30.00", { source_id: "dp_2", charge_id: "ch_8" }),
  entry("txn_10", "payout", "-1000.00", { source_id: "po_1" }),
  entry("txn_11", "fee", "-2.00", {}),
]);

const sums = (imported: Imported) =>
  imported.rows(
    `SELECT currency, line_type, sum(amount) AS amount, CAST(count(*) AS INTEGER) AS n FROM ledger.orders
    WHERE deleted IS NOT TRUE AND is_test IS NOT TRUE GROUP BY ALL ORDER BY ALL`,
  );

const fromPayments = [
  { currency: "EUR", line_type: "refund", amount: "-40.000000", n: 1 },
  { currency: "EUR", line_type: "sale", amount: "1040.000000", n: 2 },
  { currency: "JPY", line_type: "refund", amount: "-5000.000000", n: 1 },
  { currency: "JPY", line_type: "sale", amount: "5000.000000", n: 1 },
  { currency: "USD", line_type: "refund", amount: "-10.000000", n: 1 },
  { currency: "USD", line_type: "sale", amount: "99.990000", n: 1 },
];

/** Both files: the charge of the balance and its won dispute come on top; charge 2 has two refunds of 10 together. */
const fromBoth = [
  { currency: "EUR", line_type: "refund", amount: "-40.000000", n: 3 },
  { currency: "EUR", line_type: "sale", amount: "1070.000000", n: 3 },
  { currency: "JPY", line_type: "refund", amount: "-5000.000000", n: 1 },
  { currency: "JPY", line_type: "sale", amount: "5000.000000", n: 1 },
  { currency: "USD", line_type: "refund", amount: "-10.000000", n: 2 },
  { currency: "USD", line_type: "sale", amount: "99.990000", n: 1 },
];

describe("stripe exports", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({ "unified_payments.csv": payments, "itemised_balance.csv": balance });
    imported = await importFiles(folder.file("unified_payments.csv"));
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("take paid payments and what was given back, in the buyer's currency", async () => {
    expect(imported.receipt("stripe/payments")).toMatchObject({ read: 7, taken: 5, rejected: 2 });
    expect(imported.receipt("stripe/payments").reasons[0]?.reason).toBe(
      "a payment that failed, was cancelled, or is not captured",
    );
    expect(await sums(imported)).toEqual(fromPayments);
    imported.expectBalanced();
  });

  it("date a refund by itself and mark tests", async () => {
    expect(
      await imported.rows(
        `SELECT "order", booked_at, stream FROM ledger.orders WHERE line = 'refund' ORDER BY 1`,
      ),
    ).toEqual([
      { order: "ch_2", booked_at: "2025-03-09 08:00:00", stream: null },
      { order: "py_3", booked_at: "2025-03-03 12:00:00", stream: null },
    ]);
    expect(await imported.rows(`SELECT "order" FROM ledger.order_headers WHERE is_test`)).toEqual([
      { order: "ch_7" },
    ]);
    expect(await imported.value(`SELECT stream FROM ledger.orders WHERE "order" = 'ch_1'`)).toBe(
      "subscription",
    );
  });

  it("count a charge once that is in payments and balance, whichever comes first", async () => {
    const receipt = await imported.load(folder.file("itemised_balance.csv"));
    expect(receipt).toMatchObject({ source: "stripe/balance", read: 11, rejected: 2 });
    expect(await sums(imported)).toEqual(fromBoth);
    await imported.load(folder.file("unified_payments.csv"));
    expect(await sums(imported)).toEqual(fromBoth);
    const together = await importFiles(folder.path);
    expect(await sums(together)).toEqual(fromBoth);
    await together.close();
  });

  it("come to the same net in the figures", async () => {
    await imported.derive(["identity_map", "people", "sessions", "interactions", "revenue_lines"]);
    expect(
      await imported.rows(
        `SELECT currency, sum(original_amount) AS net FROM derived.revenue_lines GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      // 1000 + 40 - 40 + 30 - 30 + 30
      { currency: "EUR", net: "1030.000000" },
      { currency: "JPY", net: "0.000000" },
      { currency: "USD", net: "89.990000" },
    ]);
  });
});

const chargeColumns =
  "id,_fivetran_synced,amount,amount_refunded,balance_transaction_id,captured,created,currency,customer_id,description,failure_code,invoice_id,livemode,paid,payment_intent_id,receipt_email,refunded,status".split(
    ",",
  );
const charge = (id: string, amount: number, currency: string, more: object = {}) => ({
  id,
  amount,
  amount_refunded: 0,
  captured: "TRUE",
  created: "2021-02-18 14:07:57",
  currency,
  customer_id: "cus_1",
  livemode: "TRUE",
  paid: "TRUE",
  status: "succeeded",
  ...more,
});

describe("stripe tables as synced", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({
      "charge.csv": csv(chargeColumns, [
        charge("ch_a", 12345, "eur", { amount_refunded: 1500, invoice_id: "in_1" }),
        charge("ch_b", 5000, "jpy", { amount_refunded: 2000 }),
        charge("ch_c", 1234560, "kwd"),
        charge("ch_d", 7000, "eur", { amount_refunded: 700 }),
        charge("ch_e", 100, "ugx"),
        charge("ch_f", 9999, "usd", { status: "failed", captured: "FALSE", paid: "FALSE" }),
        charge("ch_g", 9999, "usd", { captured: "FALSE" }),
        charge("ch_h", 9999, "usd", { livemode: "FALSE" }),
      ]),
      "refund.csv": csv(
        "id,_fivetran_synced,amount,balance_transaction_id,charge_id,created,currency,description,failure_reason,reason,receipt_number,status".split(
          ",",
        ),
        [
          {
            id: "re_1",
            amount: 1000,
            charge_id: "ch_a",
            created: "2021-03-01 00:00:00",
            currency: "eur",
            status: "succeeded",
          },
          {
            id: "re_2",
            amount: 500,
            charge_id: "ch_a",
            created: "2021-03-02 00:00:00",
            currency: "eur",
            status: "succeeded",
          },
          {
            id: "re_3",
            amount: 2000,
            charge_id: "ch_b",
            created: "2021-03-03 00:00:00",
            currency: "jpy",
            status: "succeeded",
          },
          {
            id: "re_4",
            amount: 9000,
            charge_id: "ch_a",
            created: "2021-03-04 00:00:00",
            currency: "eur",
            status: "failed",
          },
        ],
      ),
      "dispute.csv": csv(
        "id,_fivetran_synced,amount,balance_transaction,charge_id,created,currency,is_charge_refundable,livemode,reason,status".split(
          ",",
        ),
        [
          {
            id: "du_1",
            amount: 12345,
            charge_id: "ch_a",
            created: "2021-04-01 00:00:00",
            currency: "eur",
            status: "won",
          },
          {
            id: "du_2",
            amount: 7000,
            charge_id: "ch_d",
            created: "2021-04-02 00:00:00",
            currency: "eur",
            status: "lost",
          },
          {
            id: "du_3",
            amount: 1,
            charge_id: "ch_e",
            created: "2021-04-02 00:00:00",
            currency: "ugx",
            status: "warning_needs_response",
          },
        ],
      ),
      "balance_transaction.csv": csv(
        "id,_fivetran_synced,amount,available_on,connected_account_id,created,currency,description,exchange_rate,fee,net,source,status,type,payout_id".split(
          ",",
        ),
        [{ id: "txn_1", amount: 12345, currency: "eur", type: "charge", source: "ch_a" }],
      ),
      "customer.csv": csv(
        "id,_fivetran_synced,created,currency,delinquent,description,email,name,phone".split(","),
        [
          {
            id: "cus_1",
            created: "2021-01-01 00:00:00",
            delinquent: "false",
            email: "anna@example.com",
            name: "Anna",
          },
        ],
      ),
    });
    imported = await importFiles(folder.path);
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("divide minor units by what each currency has", async () => {
    expect(
      await imported.rows(
        `SELECT "order", amount, currency FROM ledger.orders
        WHERE line_type = 'sale' AND is_test IS NOT TRUE ORDER BY 1`,
      ),
    ).toEqual([
      { order: "ch_a", amount: "123.450000", currency: "EUR" },
      { order: "ch_b", amount: "5000.000000", currency: "JPY" },
      { order: "ch_c", amount: "1234.560000", currency: "KWD" },
      { order: "ch_d", amount: "70.000000", currency: "EUR" },
      { order: "ch_e", amount: "1.000000", currency: "UGX" },
    ]);
  });

  it("count refunds one by one where they are known, otherwise the charge's total, once", async () => {
    const given = `SELECT "order", sum(amount) AS amount, max(stream) AS stream FROM ledger.orders
      WHERE line_type = 'refund' AND deleted IS NOT TRUE AND line NOT LIKE 'dispute%' GROUP BY 1 ORDER BY 1`;
    const expected = [
      { order: "ch_a", amount: "-15.000000", stream: "subscription" },
      { order: "ch_b", amount: "-2000.000000", stream: null },
      { order: "ch_d", amount: "-7.000000", stream: null },
    ];
    expect(await imported.rows(given)).toEqual(expected);
    await imported.load(folder.file("charge.csv"));
    expect(await imported.rows(given)).toEqual(expected);
  });

  it("take a lost dispute back and return a won one", async () => {
    expect(
      await imported.rows(
        `SELECT "order", sum(amount) AS amount FROM ledger.orders WHERE line LIKE 'dispute%' GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { order: "ch_a", amount: "0.000000" },
      { order: "ch_d", amount: "-70.000000" },
    ]);
  });

  it("say of every row that is left out why", () => {
    const reasons = (source: string) =>
      imported.receipt(source).reasons.map(({ reason, count }) => [count, reason]);
    expect(reasons("stripe/charges")).toEqual([
      [2, "a charge that failed, is pending, or was not captured"],
    ]);
    expect(reasons("stripe/refunds")).toEqual([[1, "a refund that did not happen"]]);
    expect(reasons("stripe/disputes")).toEqual([[1, "an enquiry: no money was taken back"]]);
    expect(reasons("stripe/balance-transactions")).toEqual([
      [1, "charges, refunds and disputes are booked from their own tables"],
    ]);
    expect(imported.receipt("stripe/customers")).toMatchObject({ taken: 1 });
    imported.expectBalanced();
  });
});
