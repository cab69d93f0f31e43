import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { exported, type Imported, importFiles } from "./importing.ts";

describe("shopify orders export", () => {
  let imported: Imported;
  const linesOf = (order: string) =>
    imported.rows(
      `SELECT line_type, line, amount, tax, currency FROM ledger.orders WHERE "order" = '${order}'
      ORDER BY line_type, line`,
    );
  beforeAll(async () => {
    imported = await importFiles(exported("shopify-orders.csv"), { time_zone: "Europe/Berlin" });
  });
  afterAll(() => imported.close());

  it("takes every row", () => {
    expect(imported.receipt("shopify/orders-export")).toMatchObject({
      read: 5,
      taken: 5,
      repeated: 0,
      rejected: 0,
    });
  });

  it("makes each order's lines add up to its total", async () => {
    const rows = await imported.rows(
      `SELECT h."order", h.total,
        sum(CASE WHEN o.line_type <> 'refund' THEN o.amount END) AS lines
      FROM ledger.order_headers AS h JOIN ledger.orders AS o ON o."order" = h."order"
      GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { order: "5001", total: "112.000000", lines: "112.000000" },
      { order: "5002", total: "92.010000", lines: "92.010000" },
      { order: "5003", total: "45.000000", lines: "45.000000" },
      { order: "5004", total: "20.000000", lines: "20.000000" },
    ]);
  });

  it("spreads the tax that prices contain over the lines, to the cent", async () => {
    const lines = await linesOf("5001");
    expect(lines.map(({ line_type, amount }) => [line_type, amount])).toEqual([
      ["discount", "-11.900000"],
      ["refund", "-28.000000"],
      ["sale", "79.000000"],
      ["sale", "40.000000"],
      ["shipping", "4.900000"],
    ]);
    const tax = await imported.value(
      `SELECT sum(tax) FROM ledger.orders WHERE "order" = '5001' AND line_type <> 'refund'`,
    );
    expect(tax).toBe("17.880000");
    for (const line of lines) expect(line.tax, String(line.line_type)).toMatch(/^-?\d+\.\d\d0000$/);
  });

  it("books a partial refund as its own line with its share of tax", async () => {
    const refund = (await linesOf("5001")).find(({ line_type }) => line_type === "refund");
    expect(refund).toMatchObject({ amount: "-28.000000", tax: "-4.470000", currency: "EUR" });
  });

  it("books tax that comes on top as a line of its own", async () => {
    expect(await linesOf("5002")).toEqual([
      { line_type: "sale", line: "1", amount: "80.000000", tax: null, currency: "USD" },
      { line_type: "shipping", line: "shipping", amount: "5.000000", tax: null, currency: "USD" },
      { line_type: "tax", line: "tax", amount: "7.010000", tax: "7.010000", currency: "USD" },
    ]);
  });

  it("reads times with their zone, and when an order was cancelled", async () => {
    const rows = await imported.rows(
      `SELECT "order", booked_at, cancelled_at FROM ledger.order_headers ORDER BY "order"`,
    );
    expect(rows).toEqual([
      { order: "5001", booked_at: "2025-03-03 19:02:11", cancelled_at: null },
      { order: "5002", booked_at: "2025-03-05 07:45:00", cancelled_at: null },
      { order: "5003", booked_at: "2025-03-06 21:15:30", cancelled_at: "2025-03-07 06:00:00" },
      { order: "5004", booked_at: "2025-03-08 09:00:00", cancelled_at: "2025-03-09 09:00:00" },
    ]);
  });

  it("books a refund without a date when the order was cancelled", async () => {
    expect(
      await imported.value(
        `SELECT booked_at FROM ledger.orders WHERE "order" = '5004' AND line_type = 'refund'`,
      ),
    ).toBe("2025-03-09 09:00:00");
  });

  it("keeps the number that people see beside the id", async () => {
    const rows = await imported.rows(
      `SELECT "order", "number" FROM ledger.order_headers ORDER BY "order" LIMIT 1`,
    );
    expect(rows).toEqual([{ order: "5001", number: "#1001" }]);
  });

  it("finds the campaign in the note attributes", async () => {
    expect(
      await imported.rows(
        `SELECT utm_source, campaign FROM ledger.order_headers WHERE "order" = '5001'`,
      ),
    ).toEqual([{ utm_source: "newsletter", campaign: "spring" }]);
  });

  it("comes to total less tax less refunds, net, for each currency", async () => {
    await imported.derive(["identity_map", "people", "sessions", "interactions", "revenue_lines"]);
    expect(
      await imported.rows(
        `SELECT currency, sum(original_amount) AS net FROM derived.revenue_lines GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      // 112.00 - 17.88 - (28.00 - 4.47); the cancelled and the refunded order come to nothing
      { currency: "EUR", net: "70.590000" },
      // 92.01 - 7.01
      { currency: "USD", net: "85.000000" },
    ]);
  });

  it("changes nothing when it is loaded again", async () => {
    const again = await imported.load(exported("shopify-orders.csv"));
    expect(again).toMatchObject({ read: 5, taken: 0, repeated: 5, rejected: 0 });
  });
});

const folder = sharedData("vendor-fivetran", "shopify");

describe.skipIf(folder === null)("shopify tables as synced", () => {
  let imported: Imported;
  beforeAll(async () => {
    imported = await importFiles(folder ?? "");
  });
  afterAll(() => imported.close());

  it("makes the lines of each REST order add up to its total", async () => {
    const rows = await imported.rows(
      `SELECT h."order", h.total, sum(o.amount) AS lines
      FROM ledger.order_headers AS h JOIN ledger.orders AS o ON o."order" = h."order"
      WHERE h.source = 'shopify/orders'
      GROUP BY ALL HAVING count(CASE WHEN o.line_type = 'sale' THEN 1 END) > 0 ORDER BY 1`,
    );
    expect(rows).toEqual([
      { order: "2669509541985", total: "5.390000", lines: "5.390000" },
      { order: "2669516488801", total: "3.790000", lines: "3.790000" },
      { order: "2674098602081", total: "2.800000", lines: "2.800000" },
    ]);
  });

  it("takes all orders of both shapes with their totals and currencies", async () => {
    for (const [id, file, total, currency] of [
      ["shopify/orders", "order", "total_price", "currency"],
      [
        "shopify/gql-orders",
        "gql_order",
        "total_price_set_shop_amount",
        "total_price_set_shop_currency_code",
      ],
    ] as const) {
      const expected = await imported.rawRows(
        `${folder}/shopify_${file}_data.csv`,
        `${currency} AS currency, sum(CAST(${total} AS DECIMAL(18,6))) AS total, count(*) AS orders`,
        "GROUP BY 1 ORDER BY 1",
      );
      const found = await imported.rows(
        `SELECT currency, sum(total) AS total, count(*) AS orders FROM ledger.order_headers
        WHERE source = '${id}' GROUP BY 1 ORDER BY 1`,
      );
      expect(found).toEqual(expected);
    }
  });

  it("takes lines times quantity and refunds in full", async () => {
    const value = (source: string) =>
      imported.value(`SELECT sum(amount) FROM ledger.orders WHERE source = '${source}'`);
    expect(await value("shopify/order-lines")).toBe("12.800000");
    const file = (name: string) => `${folder}/shopify_${name}_data.csv`;
    const money = (column: string) => `sum(CAST(${column} AS DECIMAL(18,6)))`;
    expect(await value("shopify/gql-order-lines")).toBe(
      await imported.rawValue(file("gql_order_line"), money("original_total_set_shop_amount")),
    );
    expect(await value("shopify/gql-refunds")).toBe(
      await imported.rawValue(file("gql_refund"), `-${money("total_refunded_set_shop_amount")}`),
    );
  });

  it("does not count a payment of an order as another sale", () => {
    expect(imported.receipt("shopify/transactions")).toMatchObject({ taken: 0, rejected: 5 });
    expect(imported.receipt("shopify/transactions").reasons[0]?.reason).toMatch(/booked from/);
  });

  it("takes carts with value, and customers", async () => {
    expect(
      await imported.rows(
        `SELECT cart, created_at, value, currency FROM ledger.carts
        WHERE source = 'shopify/abandoned-checkouts' ORDER BY value DESC LIMIT 1`,
      ),
    ).toEqual([
      {
        cart: "f050eda12f111b261",
        created_at: "2020-11-12 10:06:50.111111",
        value: "501.360000",
        currency: "USD",
      },
    ]);
    expect(imported.receipt("shopify/customers")).toMatchObject({ taken: 4, rejected: 0 });
    expect(imported.receipt("shopify/gql-customers")).toMatchObject({ taken: 10, rejected: 0 });
  });

  it("loses no row", () => imported.expectBalanced());
});
