import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { literal, raw, sql } from "../../src/sql/fragment.ts";
import { sharedData } from "../shared-data.ts";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

const retail = sharedData("online-retail", "online_retail.parquet");
const sample = sharedData("cdnow", "CDNOW_sample.txt");
const summary = sharedData("cdnow", "btyd_cdnow_cbs_2357.csv");

describe("figures published elsewhere", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  const one = (text: string): Promise<unknown> => ledger.value(text);
  const deriveAll = async (settings: object, asOf: string): Promise<void> => {
    for (const table of ["revenue_lines", "purchases", "customers"] as const) {
      await ledger.compute(table, settings, asOf);
    }
  };

  it.skipIf(!retail)("of the online retailer come out to the penny", async () => {
    await ledger.store.run(sql`INSERT INTO ledger.orders
        (row_key, source, load, "order", line_type, booked_at, amount, currency, identity, quantity, country)
      SELECT row_number() OVER (), 'retail/lines', 1, concat(CustomerID, '@', InvoiceDate),
        CASE WHEN Quantity > 0 THEN 'sale' ELSE 'refund' END, InvoiceDate,
        CAST(Quantity AS DECIMAL(18,6)) * CAST(UnitPrice AS DECIMAL(18,3)), 'GBP', CAST(CustomerID AS UBIGINT),
        Quantity, Country
      FROM read_parquet(${literal(retail)})`);
    const settings = { currency: "GBP" };
    await deriveAll(settings, "2011-12-09 12:50:00");
    const expected = JSON.parse(
      readFileSync(sharedData("online-retail", "EXPECTED.json") ?? "", "utf8"),
    );
    expect(await one("SELECT count(*) FROM derived.revenue_lines")).toBe(541_909n);
    expect(await one("SELECT count(DISTINCT person) FROM derived.revenue_lines")).toBe(4372n);
    expect(
      Number(await one("SELECT sum(amount) FROM derived.revenue_lines WHERE person IS NOT NULL")),
    ).toBe(expected.amount_with_customer_net_of_returns);
    expect(
      Number(
        await one(
          "SELECT sum(amount) FROM derived.revenue_lines WHERE person IS NOT NULL AND line_type = 'sale'",
        ),
      ),
    ).toBe(expected.amount_pos);
    expect(Number(await one("SELECT sum(amount) FROM derived.revenue_lines"))).toBe(
      expected.gross_amount_all_lines,
    );
    expect(
      Number(await one("SELECT sum(revenue) FROM derived.purchases WHERE person IS NOT NULL")),
    ).toBe(expected.amount_with_customer_net_of_returns);
    expect(await one("SELECT count(*) FROM derived.customers")).toBe(
      BigInt(expected.customers_in_customer_day),
    );
    expect(await one("SELECT count(*) FROM derived.customers WHERE repeat_orders > 0")).toBe(
      BigInt(expected.repeat_customers),
    );
    expect(Number(await one("SELECT avg(repeat_orders) FROM derived.customers"))).toBeCloseTo(
      expected.mean_frequency,
      12,
    );
    const months = await ledger.store.query(
      raw(`SELECT strftime(booked_at, '%Y-%m') AS month, sum(amount) AS amount
      FROM derived.revenue_lines WHERE person IS NOT NULL AND line_type = 'sale' GROUP BY 1`),
    );
    expect(Object.fromEntries(months.map(({ month, amount }) => [month, Number(amount)]))).toEqual(
      expected.monthly_gross_positive,
    );
  });

  it.skipIf(!sample || !summary)(
    "of the CD shop's buyers are those of BTYD, customer by customer",
    async () => {
      // Free orders (0.00 dollars) count there and not here: they are given a cent.
      await ledger.store.run(sql`INSERT INTO ledger.orders
        (row_key, source, load, "order", line_type, booked_at, amount, currency, identity)
      SELECT row_number() OVER (), 'cdnow/orders', 1, CAST(row_number() OVER () AS VARCHAR), 'sale',
        strptime(fields[3], '%Y%m%d'), greatest(CAST(fields[5] AS DECIMAL(18,6)), 0.01), 'USD', CAST(fields[2] AS UBIGINT)
      FROM (SELECT regexp_split_to_array(trim(column0), ' +') AS fields
        FROM read_csv(${literal(sample)}, header = false, delim = '|', columns = {'column0': 'VARCHAR'}))
      WHERE fields[3] <= '19970930'`);
      await deriveAll({ currency: "USD" }, "1997-09-30 00:00:00");
      const differences = await ledger.store.query(sql`
      SELECT * FROM derived.customers AS c
      FULL JOIN read_csv(${literal(summary)}) AS b ON CAST(b.customer AS UBIGINT) = c.person
      WHERE c.repeat_orders IS DISTINCT FROM b.x
        OR abs(c.recency_days / 7.0 - b."t.x") > 1e-9 OR abs(c.age_days / 7.0 - b."T.cal") > 1e-9`);
      expect(differences).toEqual([]);
      expect(await one("SELECT count(*) FROM derived.customers")).toBe(2357n);
      expect(await one("SELECT count(*) FROM derived.customers WHERE repeat_orders > 0")).toBe(
        946n,
      );
    },
  );

  it("count the first order's money apart from the later ones", async () => {
    const orders = [
      ["2014-05-21", "25"],
      ["2014-03-14", "10"],
      ["2014-04-09", "20"],
    ].map(([day, amount], index) => ({
      order: String(index),
      line_type: "sale",
      booked_at: `${day} 00:00:00`,
      amount: amount ?? "",
      currency: "EUR",
      identity: 1,
    }));
    await ledger.add("orders", orders);
    await deriveAll({}, "2014-12-31 00:00:00");
    expect(await one("SELECT avg(revenue) FROM derived.purchases WHERE NOT is_first")).toBe(22.5);
  });
});
