import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv, type Folder, folderOf, lines } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

const order = (number: number, more: object) => ({
  id: number + 5000,
  number: String(number),
  status: "completed",
  currency: "EUR",
  date_created_gmt: "2025-05-01T09:00:00",
  date_modified_gmt: "2025-05-02T09:00:00",
  date_paid_gmt: "2025-05-01T09:05:00",
  discount_total: "0.00",
  shipping_total: "4.90",
  shipping_tax: "0.93",
  total: "125.73",
  total_tax: "20.07",
  customer_id: 12,
  billing: { first_name: "Anna", last_name: "Berg", email: "Anna@example.com", country: "DE" },
  line_items: [{ id: 1, name: 'Mug "XL"', quantity: 2, total: "100.76" }],
  refunds: [],
  ...more,
});

const guest = { first_name: "Bo", last_name: "", email: "bo@example.com", country: "NL" };

const orders = [
  order(101, {}),
  order(102, {
    customer_id: 0,
    billing: guest,
    total: "59.50",
    total_tax: "9.50",
    shipping_total: "0.00",
    refunds: [
      { id: 1, reason: 'broken, "total": 99', total: "-5.00" },
      { id: 2, reason: "", total: "-6.90" },
    ],
  }),
  order(103, { status: "refunded", refunds: [{ id: 3, reason: "", total: "-125.73" }] }),
  order(104, { status: "refunded" }),
  order(105, { status: "pending", date_paid_gmt: null }),
  order(106, { status: "cancelled", date_paid_gmt: null }),
  order(107, { status: "cancelled" }),
  order(108, { status: "failed", date_paid_gmt: null }),
];

const linesOf = (imported: Imported, number: number) =>
  imported.rows(
    `SELECT line_type, amount, tax, currency FROM ledger.orders WHERE "order" = '${number}' AND NOT deleted ORDER BY 1`,
  );

const net = (imported: Imported) =>
  imported.rows(
    `SELECT "order", CAST(sum(original_amount) AS DECIMAL(18,2)) AS net FROM derived.revenue_lines
    GROUP BY 1 ORDER BY 1`,
  );

const chain = ["identity_map", "people", "sessions", "interactions", "revenue_lines"];

describe("woocommerce orders of the interface", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({
      "orders.json": JSON.stringify(orders),
      "later.ndjson": lines([
        order(101, { status: "failed", date_modified_gmt: "2025-06-01T00:00:00" }),
        order(102, { total: "1.00", date_modified_gmt: "2025-01-01T00:00:00" }),
      ]),
    });
    imported = await importFiles(folder.file("orders.json"));
    await imported.derive(chain);
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("take every row and tie lines to totals", async () => {
    expect(imported.receipt("woocommerce/orders")).toMatchObject({ read: 8, taken: 8 });
    imported.expectBalanced();
    expect(await linesOf(imported, 101)).toEqual([
      // 125.73 - 4.90 - 20.07
      { line_type: "sale", amount: "100.760000", tax: null, currency: "EUR" },
      { line_type: "shipping", amount: "4.900000", tax: null, currency: "EUR" },
      { line_type: "tax", amount: "20.070000", tax: "20.070000", currency: "EUR" },
    ]);
  });

  it("sum partial refunds, each with its share of tax, whatever their reasons say", async () => {
    expect(await linesOf(imported, 102)).toContainEqual({
      line_type: "refund",
      amount: "-11.900000",
      // 9.50 × 11.90 / 59.50
      tax: "-1.900000",
      currency: "EUR",
    });
  });

  it("leave out what nobody paid; refunded and cancelled orders come to nothing", async () => {
    expect(await net(imported)).toEqual([
      { order: "101", net: "105.66" },
      { order: "102", net: "40.00" },
      { order: "103", net: "0.00" },
      { order: "104", net: "0.00" },
      { order: "107", net: "0.00" },
    ]);
  });

  it("know guests by e-mail and customers by id as well", async () => {
    expect(
      await imported.rows(
        `SELECT kind, value FROM ledger.identities WHERE kind IN ('id', 'email') ORDER BY 1, 2`,
      ),
    ).toEqual([
      { kind: "email", value: "anna@example.com" },
      { kind: "email", value: "bo@example.com" },
      { kind: "id", value: "12" },
    ]);
    expect(await imported.rows("SELECT name FROM ledger.people ORDER BY 1")).toEqual([
      { name: "Anna Berg" },
      { name: "Bo" },
    ]);
  });

  it("take a newer state over an older one, and not the other way round", async () => {
    await imported.load(folder.file("later.ndjson"));
    await imported.derive(chain);
    expect(await net(imported)).toEqual([
      { order: "102", net: "40.00" },
      { order: "103", net: "0.00" },
      { order: "104", net: "0.00" },
      { order: "107", net: "0.00" },
    ]);
  });
});

const exportColumns =
  "order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,fee_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,order_subtotal,order_currency,payment_method,customer_id,customer_email,billing_first_name,billing_last_name,billing_email,billing_country,coupon_items,refund_items,line_item_1".split(
    ",",
  );
const exported = (number: number, more: object) => ({
  order_id: number + 5000,
  order_number: number,
  order_date: "2025-05-01 11:00:00",
  paid_date: "2025-05-01 11:05:00",
  status: "completed",
  shipping_total: "4.90",
  tax_total: "20.07",
  order_total: "125.73",
  order_currency: "EUR",
  customer_id: 12,
  billing_first_name: "Anna",
  billing_last_name: "Berg",
  billing_email: "anna@example.com",
  billing_country: "DE",
  ...more,
});

const analyticsColumns = [
  "Date",
  "Order #",
  "N. Revenue (formatted)",
  "Status",
  "Customer",
  "Customer type",
  "Product(s)",
  "Items sold",
  "Coupon(s)",
  "Net Sales",
  "Attribution",
];
const analysed = (number: number, more: object) => ({
  Date: "2025-05-01 11:00:00",
  "Order #": number,
  "N. Revenue (formatted)": "€125.73",
  Status: "completed",
  Customer: "Anna Berg",
  "Customer type": "new",
  "Product(s)": "2× Mug, XL",
  "Items sold": 2,
  "Net Sales": "100.76",
  Attribution: "Organic: Google",
  ...more,
});

describe("woocommerce exports", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({
      "order_export.csv": csv(exportColumns, [
        exported(201, {}),
        exported(202, {
          customer_id: 0,
          billing_email: "bo@example.com",
          refund_items:
            "amount:5.00|reason:late|date:2025-05-09;amount:6.90|reason:|date:2025-05-10",
        }),
        exported(203, { status: "on-hold", paid_date: "" }),
        exported(204, { order_total: "abc" }),
      ]),
      "advanced.csv": csv(
        [
          "Order Number",
          "Order Status",
          "Order Date",
          "First Name (Billing)",
          "Last Name (Billing)",
          "Country Code (Billing)",
          "Email (Billing)",
          "Order Subtotal Amount",
          "Order Shipping Amount",
          "Order Refund Amount",
          "Order Total Amount",
          "Order Total Tax Amount",
          "SKU",
          "Item #",
          "Item Name",
          "Quantity (- Refund)",
          "Item Cost",
        ],
        [1, 2].map((item) => ({
          "Order Number": 301,
          "Order Status": "Completed",
          "Order Date": "2025-05-01 11:00",
          "Email (Billing)": "cy@example.com",
          "Order Shipping Amount": "4.90",
          "Order Refund Amount": "10.00",
          "Order Total Amount": "125.73",
          "Order Total Tax Amount": "20.07",
          "Item #": item,
        })),
      ),
      "analytics.csv": csv(analyticsColumns, [
        analysed(401, {}),
        analysed(402, { Status: "cancelled" }),
        analysed(403, { "Net Sales": "-7.00", Status: "refunded" }),
      ]),
      "wc-product-export.csv": csv(
        ["ID", "Type", "SKU", "Name", "Published", "Regular price", "Categories"],
        [{ ID: 1, Type: "simple", SKU: "MUG", Name: "Mug", Published: 1, "Regular price": "9.50" }],
      ),
    });
    imported = await importFiles(folder.path, {
      time_zone: "Europe/Berlin",
      default_currency: "EUR",
    });
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("are each recognised, and no row is lost", () => {
    expect(imported.receipt("woocommerce/orders-export")).toMatchObject({
      read: 4,
      taken: 3,
      rejected: 1,
    });
    expect(imported.receipt("woocommerce/orders-export").reasons[0]?.reason).toBe(
      "not an amount: abc",
    );
    expect(imported.receipt("woocommerce/advanced-orders-export")).toMatchObject({ read: 2 });
    expect(imported.receipt("woocommerce/analytics-orders").reasons[0]?.reason).toMatch(/not paid/);
    expect(imported.receipt("woocommerce/products")).toMatchObject({ taken: 1 });
    imported.expectBalanced();
  });

  it("sum the refunds that the plug-in writes as text, and read times in the shop's zone", async () => {
    expect(await linesOf(imported, 202)).toContainEqual({
      line_type: "refund",
      amount: "-11.900000",
      // 20.07 × 11.90 / 125.73 = 1.8996
      tax: "-1.900000",
      currency: "EUR",
    });
    expect(
      await imported.value(`SELECT booked_at FROM ledger.order_headers WHERE "order" = '201'`),
    ).toBe("2025-05-01 09:05:00");
  });

  it("come to net sales after refunds", async () => {
    await imported.derive(chain);
    expect(await net(imported)).toEqual([
      { order: "201", net: "105.66" },
      // 105.66 - (11.90 - 1.90)
      { order: "202", net: "95.66" },
      // 105.66 - (10.00 - 1.60)
      { order: "301", net: "97.26" },
      { order: "401", net: "100.76" },
      { order: "403", net: "-7.00" },
    ]);
  });
});
