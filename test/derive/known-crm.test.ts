import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { literal, raw, sql } from "../../src/sql/fragment.ts";
import { sharedData } from "../shared-data.ts";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

const pipeline = sharedData("maven-crm", "sales_pipeline.csv");

describe.skipIf(!pipeline)("the public CRM pipeline", () => {
  let ledger: Fixture;
  const expected = JSON.parse(
    pipeline ? readFileSync(sharedData("maven-crm", "EXPECTED.json") ?? "", "utf8") : "{}",
  );
  beforeAll(async () => {
    ledger = await openFixture();
    await ledger.store.run(sql`INSERT INTO ledger.deals
        (row_key, source, load, deal, created_at, closed_at, state, stage, amount, currency, account, owner, product)
      SELECT row_number() OVER (), 'crm/deals', 1, opportunity_id, try_strptime(engage_date, '%m/%d/%Y'),
        try_strptime(close_date, '%m/%d/%Y'),
        CASE deal_stage WHEN 'Won' THEN 'won' WHEN 'Lost' THEN 'lost' ELSE 'open' END, deal_stage,
        TRY_CAST(close_value AS DECIMAL(18,6)), 'USD', CASE WHEN account <> '' THEN hash(account) END, sales_agent, product
      FROM read_csv(${literal(pipeline)}, all_varchar = true)`);
    for (const table of ["revenue_lines", "purchases", "customers", "stage_entries"] as const) {
      await ledger.compute(table, { currency: "USD" }, "2017-12-31 00:00:00");
    }
    await ledger.compute("opportunities", { currency: "USD" }, "2017-12-31 00:00:00");
  });
  afterAll(() => ledger.store.close());

  it("has the published win rate, revenue and cycle", async () => {
    const [deals] = await ledger.store.query(
      raw(`SELECT count(*) AS rows, count(*) FILTER (state = 'won') AS won, count(*) FILTER (state = 'lost') AS lost,
        count(*) FILTER (account IS NULL) AS nobody, sum(amount) FILTER (state = 'won') AS revenue,
        avg(cycle_seconds) FILTER (state = 'won') / 86400 AS mean_days,
        median(cycle_seconds) FILTER (state = 'won') / 86400 AS median_days,
        avg(cycle_seconds) FILTER (state <> 'open') / 86400 AS closed_days
        FROM derived.opportunities`),
    );
    expect(deals).toMatchObject({
      rows: BigInt(expected.rows),
      won: BigInt(expected.stages.Won),
      lost: BigInt(expected.stages.Lost),
      nobody: BigInt(expected.null_account),
      revenue: "10005534.000000",
      median_days: expected.cycle_days_won_median,
    });
    expect(Number(deals?.won) / (Number(deals?.won) + Number(deals?.lost))).toBe(
      expected.win_rate_closed,
    );
    expect(deals?.mean_days).toBeCloseTo(expected.cycle_days_won_mean, 9);
    expect(deals?.closed_days).toBeCloseTo(expected.cycle_days_closed_mean, 9);
  });

  it("books won deals as revenue on the day they closed", async () => {
    const quarters = await ledger.store.query(
      raw(`SELECT year(booked_at) || 'Q' || quarter(booked_at) AS quarter, count(*) AS n, sum(amount) AS amount
        FROM derived.revenue_lines GROUP BY 1 ORDER BY 1`),
    );
    expect(quarters.map(({ quarter, n, amount }) => [quarter, Number(n), Number(amount)])).toEqual(
      expected.won_by_close_quarter,
    );
    expect(await ledger.value("SELECT sum(revenue) FROM derived.purchases")).toBe(
      "10005534.000000",
    );
  });
});
