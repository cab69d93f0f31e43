import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refresh } from "../../src/derive/refresh.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { sql } from "../../src/sql/fragment.ts";
import type { Row, Store } from "../../src/store/store.ts";
import { sharedData } from "../shared-data.ts";
import { emptyLedger, identityOf, record } from "./ledger.ts";

const folder = sharedData("dbt-attribution-playbook");
const models = { first: "first", last: "last", linear: "linear", fortytwentyforty: "u_shaped" };

type Fields = Readonly<Record<string, string>>;

function csv(name: string): readonly Fields[] {
  const [header = "", ...lines] = readFileSync(`${folder}/${name}`, "utf8").trim().split(/\r?\n/);
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}

const time = (text = ""): string => text.replace(/ (\d):/, " 0$1:");
const customer = (row: Fields): bigint => identityOf("id", row.customer_id ?? "", "shop");

/** Rows of the credits by customer and instant of the touch. */
async function creditedTouches(store: Store): Promise<ReadonlyMap<string, Row>> {
  const rows = await store.query(
    sql`SELECT *, CAST(touched_at AS VARCHAR) AS at FROM derived.credits WHERE touch IS NOT NULL`,
  );
  return new Map(rows.map((row) => [`${row.person} ${row.at}`, row]));
}

describe.skipIf(folder === null)("the attribution playbook of dbt", () => {
  let store: Store;
  beforeAll(async () => {
    store = await emptyLedger();
    const settings = settingsSchema.parse({
      currency: "USD",
      sessions: { timeout_minutes: 1 },
      attribution: { window_days: 30 },
    });
    await record(
      store,
      "events",
      csv("sessions.csv").map((row) => ({
        id: row.session_id ?? "",
        kind: "page_viewed",
        identity: customer(row),
        occurred_at: time(row.started_at),
        utm_source: row.utm_source || null,
        utm_medium: row.utm_medium || null,
        campaign: row.utm_campaign || null,
      })),
    );
    await record(
      store,
      "orders",
      csv("customer_conversions.csv").map((row, index) => ({
        id: `${index}`,
        order: `o${index}`,
        line: "1",
        line_type: "sale",
        booked_at: time(row.converted_at),
        amount: row.revenue ?? "",
        currency: "USD",
        identity: customer(row),
      })),
    );
    await refresh(store, settings);
  });
  afterAll(() => store.close());

  it("has 90 touches, of which 39 lie in windows", async () => {
    const [row] = await store.query(
      sql`SELECT (SELECT count(*) FROM derived.touchpoints) AS touches, count(*) AS inside, sum(share_first) AS conversions,
        sum(credit_last) AS revenue, count(touch) AS touched FROM derived.credits`,
    );
    expect(row).toMatchObject({ touches: 90n, inside: 39n, touched: 39n });
    expect(Number(row?.conversions)).toBe(21);
    expect(Number(row?.revenue)).toBe(275);
  });

  it("gives every touch its position, its share and its money within a cent", async () => {
    const rows = await creditedTouches(store);
    const expected = csv("expected_attribution_touches.csv");
    expect(rows.size).toBe(expected.length);
    for (const touch of expected) {
      const row = rows.get(`${customer(touch)} ${touch.started_at}`);
      expect([Number(row?.nth), Number(row?.touches), row?.utm_source]).toEqual([
        Number(touch.session_index),
        Number(touch.total_sessions),
        touch.utm_source,
      ]);
      for (const [name, model] of Object.entries(models)) {
        expect(Math.abs(Number(row?.[`share_${model}`]) - Number(touch[name]))).toBeLessThan(1e-6);
        expect(
          Math.abs(Number(row?.[`credit_${model}`]) - Number(touch[`${name}_rev`])),
        ).toBeLessThan(0.01);
      }
    }
  });

  it("adds up by source", async () => {
    const rows = await bySource(store);
    expect(rows).toHaveLength(expected().by_utm_source.length);
    for (const { utm_source, ...figures } of expected().by_utm_source) {
      const row = rows.find((each) => each.utm_source === utm_source);
      for (const [name, value] of Object.entries(figures)) {
        const margin = name.endsWith("_rev") ? 0.02 : 1e-5;
        expect(Math.abs(Number(row?.[name]) - value)).toBeLessThan(margin);
      }
    }
  });

  it("gives the cost per conversion and the return on spend of the month", async () => {
    const rows = await bySource(store);
    const known = expected().cpa_and_roas_monthly_linear.filter(({ cpa }) => cpa !== null);
    expect(known.map(({ utm_source }) => utm_source)).toEqual(["adwords", "facebook_ads"]);
    for (const { utm_source, cpa, roas } of known) {
      const row = rows.find((each) => each.utm_source === utm_source);
      const spend = csv("ad_spend.csv")
        .filter((each) => each.utm_source === utm_source)
        .reduce((sum, each) => sum + Number(each.spend), 0);
      expect(spend / Number(row?.linear)).toBeCloseTo(Number(cpa), 3);
      expect(Number(row?.linear_rev) / spend).toBeCloseTo(Number(roas), 3);
    }
  });
});

interface Expected {
  readonly by_utm_source: readonly (Readonly<Record<string, number>> & {
    readonly utm_source: string;
  })[];
  readonly cpa_and_roas_monthly_linear: readonly {
    readonly utm_source: string;
    readonly cpa: number | null;
    readonly roas: number | null;
  }[];
}

function expected(): Expected {
  return JSON.parse(readFileSync(`${folder}/EXPECTED.json`, "utf8")) as Expected;
}

function bySource(store: Store): Promise<readonly Row[]> {
  return store.query(
    sql`SELECT utm_source, count(*) AS touches, sum(share_first) AS first, sum(share_last) AS last, sum(share_linear) AS linear,
      sum(share_u_shaped) AS fortytwentyforty, sum(credit_first) AS first_rev, sum(credit_last) AS last_rev,
      sum(credit_linear) AS linear_rev, sum(credit_u_shaped) AS fortytwentyforty_rev
    FROM derived.credits GROUP BY utm_source`,
  );
}
