import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, months, type Simulated, simulated } from "./simulated.ts";

/** Orders as the export has them, counted once, broken rows, test orders left out. */
const orders = `orders AS (
  SELECT DISTINCT "Id" AS id, "Name" AS name, "Currency" AS currency, "Created at" AS created, "Cancelled at" AS cancelled,
    "Subtotal"::DECIMAL(18,6) AS subtotal, "Shipping"::DECIMAL(18,6) AS shipping, "Taxes"::DECIMAL(18,6) AS taxes,
    "Total"::DECIMAL(18,6) AS total, "Refunded Amount"::DECIMAL(18,6) AS refunded
  FROM raw WHERE "Total" <> '' AND "Payment Method" <> 'Bogus Gateway'
), lines AS (
  SELECT DISTINCT r."Name" AS name, r."Lineitem sku" AS sku, o.currency, o.created,
    r."Lineitem price"::DECIMAL(18,6) * r."Lineitem quantity"::INTEGER AS amount,
    min(r.position) OVER (PARTITION BY r."Name", r."Lineitem sku") AS position
  FROM raw AS r JOIN orders AS o ON o.name = r."Name"
)`;

const raw = `raw AS (
  SELECT *, row_number() OVER () AS position FROM read_csv('{exports}/shopify/orders_export_*.csv', all_varchar = true, header = true, union_by_name = true)
  WHERE "Name" NOT LIKE '#BAD%'
)`;

const rates = `rates AS (
  SELECT day::DATE AS day, currency, rate::DECIMAL(18,6) AS rate
  FROM read_csv('{exports}/own/rates.csv', all_varchar = true, header = true)
)`;

/** Half-even rounding of an exact product of two decimals of six places, to cents. */
const halfEven = (units: string, places: string): string => {
  const quotient = `(${units}) // ${places}`;
  const rest = `abs((${units}) % ${places}) * 2`;
  return `${quotient} + CASE WHEN ${rest} > ${places} OR (${rest} = ${places} AND abs(${quotient}) % 2 = 1) THEN sign(${units})::INTEGER ELSE 0 END`;
};

/** Tax in an amount of an order by its share of the total, half-even to two decimals. */
const taxShare = (amount: string, when: string): string =>
  `(CASE WHEN ${when} THEN (${halfEven(`(taxes * 1000000)::HUGEINT * (${amount} * 1000000)::HUGEINT`, "((total * 1000000)::HUGEINT * 10000)")}) / 100::DECIMAL(18,2) ELSE 0 END)::DECIMAL(18,2)`;

const euros = (amount: string): string =>
  `(${halfEven(`(${amount} * 1000000)::HUGEINT * (CASE WHEN p.currency = 'EUR' THEN 1000000 ELSE (r.rate * 1000000)::HUGEINT END)`, "10000000000")})`;

describe("the true sums of the shop", () => {
  let company: Simulated;
  beforeAll(async () => {
    company = await simulated(900, 18);
  });
  afterAll(() => company.remove());

  const component = async (
    currency: string,
    expression: string,
    from = "orders",
    month = "created",
  ) =>
    company.record(`WITH ${raw}, ${orders}
      SELECT left(${month}, 7) AS month, sum(${expression}) AS amount
      FROM ${from} WHERE currency = '${currency}' GROUP BY ALL HAVING sum(${expression}) <> 0`);

  for (const currency of ["EUR", "GBP", "JPY"]) {
    it(`tie out to the export in ${currency}`, async () => {
      const path = `money.shopify.${currency}`;
      const booked =
        "CASE WHEN cancelled IS NULL OR cancelled = '' THEN created ELSE cancelled END";
      expect(await component(currency, "amount", "lines")).toEqual(
        months(company.truth, `${path}.items`),
      );
      expect(await component(currency, "shipping")).toEqual(
        months(company.truth, `${path}.shipping`),
      );
      expect(await component(currency, "taxes")).toEqual(months(company.truth, `${path}.tax`));
      expect(await component(currency, "total")).toEqual(months(company.truth, `${path}.total`));
      expect(await component(currency, "-refunded", "orders", booked)).toEqual(
        months(company.truth, `${path}.refunds`),
      );
    });
  }

  it("count every order once", async () => {
    const found = await company.record(`WITH ${raw}, ${orders}
      SELECT left(created, 7) AS month, count(DISTINCT id) AS n FROM orders GROUP BY ALL`);
    expect(found).toEqual(months(company.truth, "orders.shopify.orders"));
  });

  it("convert to EUR line by line, half-even, at the rate of the booking day", async () => {
    const contained = (amount: string): string => taxShare(amount, "total = subtotal + shipping");
    const found = await company.record(`WITH ${raw}, ${orders}, ${rates}, sales AS (
        SELECT o.*, l.sku, l.amount, row_number() OVER (PARTITION BY o.name ORDER BY l.position) AS nth,
          sum(l.amount) OVER (PARTITION BY o.name) AS goods, ${contained("l.amount")} AS own,
          sum(${contained("l.amount")}) OVER (PARTITION BY o.name) AS owns
        FROM lines AS l JOIN orders AS o ON o.name = l.name
      ), parts AS (
        SELECT currency, created AS booked, amount - own
          - CASE WHEN nth = 1 AND total = subtotal + shipping THEN taxes - owns - ${contained("(total - goods)")} ELSE 0 END AS amount
        FROM sales
        UNION ALL
        SELECT currency, created, (subtotal - goods) - ${contained("(subtotal - goods)")} FROM sales WHERE nth = 1 AND subtotal <> goods
        UNION ALL
        SELECT currency, created, shipping - (${contained("(subtotal - goods + shipping)")} - ${contained("(subtotal - goods)")})
          FROM sales WHERE nth = 1 AND shipping <> 0
        UNION ALL
        SELECT currency, coalesce(nullif(cancelled, ''), created), ${taxShare("refunded", "true")} - refunded FROM orders WHERE refunded <> 0
      ), dated AS (
        SELECT p.*, left(p.booked, 10)::DATE AS day FROM parts AS p
      ), converted AS (
        SELECT left(p.booked, 7) AS month, p.currency, ${euros("p.amount::DECIMAL(18,6)")} AS cents, r.rate
        FROM dated AS p ASOF LEFT JOIN rates AS r ON r.currency = p.currency AND r.day <= p.day
        WHERE p.currency = 'EUR' OR (r.day IS NOT NULL AND p.day - r.day <= 7)
      )
      SELECT month, (sum(cents) / 100)::DECIMAL(18,2) AS amount FROM converted GROUP BY month`);
    expect(found).toEqual(months(company.truth, "revenue_eur.shopify"));
  });

  it("tie out to the payments of the subscription", async () => {
    const payments = `read_csv('{exports}/stripe/unified_payments.csv', all_varchar = true, header = true)`;
    const berlin = (column: string): string =>
      `strftime(("${column}"::TIMESTAMP AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin', '%Y-%m')`;
    for (const currency of ["EUR", "GBP", "JPY"]) {
      const of = `"Currency" = '${currency.toLowerCase()}' AND "Mode" = 'Live'`;
      expect(
        await company.record(`SELECT ${berlin("Created date (UTC)")} AS month, sum("Amount"::DECIMAL(18,2))
          FROM ${payments} WHERE ${of} AND "Status" IN ('Paid', 'Refunded') AND "Amount" <> 'free' GROUP BY ALL`),
      ).toEqual(months(company.truth, `money.stripe.${currency}.total`));
      expect(
        await company.record(`SELECT ${berlin("Refunded date (UTC)")} AS month, -sum("Amount Refunded"::DECIMAL(18,2))
          FROM ${payments} WHERE ${of} AND "Refunded date (UTC)" <> '' GROUP BY ALL`),
      ).toEqual(months(company.truth, `money.stripe.${currency}.refunds`));
    }
  });

  it("tie out to the costs of the ad platforms", async () => {
    const google =
      await company.record(`SELECT left(date, 7) AS month, (sum(cost)::DECIMAL(38,6) / 1000000)::DECIMAL(18,6)
      FROM (SELECT DISTINCT _fivetran_id, date, cost_micros::BIGINT AS cost
        FROM read_csv('{exports}/google_ads/campaign_stats.csv', all_varchar = true, header = true)
        WHERE _fivetran_id <> 'bad=') GROUP BY ALL`);
    expect(google).toEqual(months(company.truth, "costs.media.paid search"));
    const social = await company.record(`SELECT month, sum(cost)::DECIMAL(18,6) FROM (
      SELECT left("Day", 7) AS month, "Amount spent (EUR)"::DECIMAL(18,6) AS cost
        FROM read_csv('{exports}/meta_ads/Kopi-Kiln-Campaigns.csv', all_varchar = true, header = true) WHERE "Day" <> 'yesterday'
      UNION ALL
      SELECT strftime(strptime("Start Date (in UTC)", '%m/%d/%Y'), '%Y-%m'), "Total Spent"::DECIMAL(18,6)
        FROM read_csv('{exports}/linkedin_ads/account_campaign_performance_report.csv', all_varchar = true, header = true, skip = 5, delim = '\\t', encoding = 'utf-16')
      ) GROUP BY month`);
    expect(social).toEqual(months(company.truth, "costs.media.paid social"));
  });

  it("say what brought all of it, and what would not exist without", () => {
    const cents = (path: string) =>
      Object.values(at(company.truth, path)).reduce<bigint>(
        (sum, amount) => sum + BigInt(String(amount).replace(".", "")),
        0n,
      );
    const channels = Object.keys(at(company.truth, "effects.channels"));
    const sum = (path: (name: string) => string, names = channels) =>
      names.reduce((total, name) => total + cents(path(name)), 0n);
    const total = cents("revenue_eur.total");
    expect(sum((name) => `effects.channels.${name}.revenue_eur`)).toBe(total);
    const automations = Object.keys(at(company.truth, "effects.automations"));
    const caused = sum((id) => `effects.automations.${id}.incremental_revenue_eur`, automations);
    expect(caused).toBeGreaterThan(0n);
    expect(cents("effects.channels.email.incremental_revenue_eur")).toBe(caused);
    // What both a channel and an automation caused counts for both.
    const byAll = sum((name) => `effects.channels.${name}.incremental_revenue_eur`);
    const uncaused = cents("effects.uncaused_revenue_eur");
    expect(byAll + uncaused).toBeGreaterThanOrEqual(total);
    expect(byAll - caused + uncaused).toBeLessThanOrEqual(total);
  });

  it("tie out to the won deals", async () => {
    for (const currency of ["EUR", "GBP", "JPY"]) {
      expect(
        await company.record(`SELECT left("Close Date", 7) AS month, sum("Amount"::DECIMAL(18,2))
          FROM read_csv('{exports}/hubspot/*deals*.csv', all_varchar = true, header = true)
          WHERE "Is Closed Won" = 'true' AND "Currency" = '${currency}' GROUP BY ALL`),
      ).toEqual(months(company.truth, `deals.won_amount.${currency}`));
    }
  });
});
