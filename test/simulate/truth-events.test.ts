import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, months, type Simulated, simulated, type Tree } from "./simulated.ts";

const berlin = (instant: string): string =>
  `strftime((${instant} AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin', '%Y-%m')`;

/** Counts per month of several branches together. */
const together = (truth: Tree, path: string): Readonly<Record<string, string>> => {
  const sums: Record<string, number> = {};
  for (const branch of Object.values(at(truth, path))) {
    for (const [month, count] of Object.entries(branch as Tree)) {
      sums[month] = (sums[month] ?? 0) + Number(count);
    }
  }
  return Object.fromEntries(
    Object.entries(sums).flatMap(([month, sum]) => (sum === 0 ? [] : [[month, String(sum)]])),
  );
};

describe("the true events of a simulated company", () => {
  let company: Simulated;
  beforeAll(async () => {
    company = await simulated(900, 18);
  });
  afterAll(() => company.remove());

  const views = `views AS (
    SELECT DISTINCT user_pseudo_id AS browser, make_timestamp(try_cast(event_timestamp AS BIGINT)) AS moment,
      regexp_extract(params, '"page_location","value":\\{"string_value":"([^"]*)"', 1) AS page,
      regexp_extract(params, '"page_referrer","value":\\{"string_value":"([^"]*)"', 1) AS referrer
    FROM (
      SELECT event_name, event_timestamp, user_pseudo_id, CAST(event_params AS VARCHAR) AS params,
        json_extract_string(device, '$.web_info.browser') AS agent
      FROM read_json('{exports}/ga4/*.ndjson', format = 'newline_delimited', columns = {event_name: 'VARCHAR',
        event_timestamp: 'VARCHAR', user_pseudo_id: 'VARCHAR', event_params: 'JSON', device: 'JSON'}))
    WHERE event_name = 'page_view' AND try_cast(event_timestamp AS BIGINT) IS NOT NULL AND agent <> 'HeadlessChrome'
  )`;

  it("are the page views of the analytics export, counted once", async () => {
    expect(
      await company.record(
        `WITH ${views} SELECT ${berlin("moment")} AS month, count(*) FROM views GROUP BY ALL`,
      ),
    ).toEqual(together(company.truth, "web.page_views"));
  });

  it("are its sessions: half an hour of quiet, or another campaign", async () => {
    const found = await company.record(`WITH ${views}, marked AS (
        SELECT *, regexp_extract(page, 'utm_campaign=([^&]*)', 1) AS campaign,
          lag(moment) OVER (PARTITION BY browser ORDER BY moment) AS before
        FROM views
      ), started AS (
        SELECT moment, before IS NULL OR moment - before > INTERVAL 30 MINUTE OR campaign <> '' AS starts FROM marked
      )
      SELECT ${berlin("moment")} AS month, count(*) FROM started WHERE starts GROUP BY ALL`);
    expect(found).toEqual(together(company.truth, "web.sessions"));
  });

  it("are the sessions of e-mail by their medium", async () => {
    expect(
      await company.record(`WITH ${views} SELECT ${berlin("moment")} AS month, count(*) FROM views
        WHERE page LIKE '%utm_medium=email%' GROUP BY ALL`),
    ).toEqual(months(company.truth, "web.sessions.email"));
  });

  it("are the mails of the delivery service", async () => {
    const log = `log AS (
      SELECT DISTINCT sg_event_id, sg_message_id AS message, event, try_cast("timestamp" AS BIGINT) AS moment, useragent, sg_machine_open, url, type
      FROM read_json('{exports}/sendgrid/*.ndjson', format = 'newline_delimited', columns = {sg_event_id: 'VARCHAR', sg_message_id: 'VARCHAR',
        event: 'VARCHAR', "timestamp": 'VARCHAR', useragent: 'VARCHAR', sg_machine_open: 'BOOLEAN', url: 'VARCHAR', type: 'VARCHAR'})
    ), sent AS (
      SELECT message, ${berlin("make_timestamp(moment * 1000000)")} AS month FROM log WHERE event = 'processed'
    ), clicks AS (
      SELECT message, moment, count(*) OVER (PARTITION BY message ORDER BY moment RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS near
      FROM log WHERE event = 'click'
    ), bursts AS (SELECT message, min(moment) AS moment FROM clicks WHERE near >= 3 GROUP BY message)`;
    const count = async (what: string): Promise<Readonly<Record<string, string>>> =>
      company.record(`WITH ${log} SELECT s.month, count(DISTINCT s.message) FROM sent AS s
        WHERE s.message IN (${what}) GROUP BY ALL`);
    const of = (event: string): string => `SELECT message FROM log WHERE event = '${event}'`;
    const truth = (name: string) => months(company.truth, `email.sendgrid.${name}`);
    expect(await count("SELECT message FROM sent")).toEqual(truth("sent"));
    expect(await count(of("delivered"))).toEqual(truth("delivered"));
    expect(await count(`${of("bounce")} AND type = 'bounce'`)).toEqual(truth("hard_bounced"));
    expect(await count(`${of("bounce")} AND type = 'blocked'`)).toEqual(truth("soft_bounced"));
    expect(await count(of("unsubscribe"))).toEqual(truth("unsubscribed"));
    expect(await count("SELECT message FROM bursts")).toEqual(truth("scanner_bursts"));
    expect(await count("SELECT message FROM clicks WHERE near < 3")).toEqual(
      truth("human_clicked"),
    );
    expect(
      await count(`SELECT l.message FROM log AS l LEFT JOIN bursts AS b ON b.message = l.message
        WHERE l.event = 'open' AND l.useragent <> 'Mozilla/5.0' AND (b.moment IS NULL OR abs(l.moment - b.moment) > 5)`),
    ).toEqual(truth("human_opened"));
  });

  it("are the newsletters of the marketing tool", async () => {
    const log = `campaigns AS MATERIALIZED (
      SELECT id, ${berlin("sent_at::TIMESTAMP")} AS month
      FROM read_csv('{exports}/klaviyo/campaign.csv', all_varchar = true, header = true)
    ), log AS (
      SELECT DISTINCT e.id, e.person_id || e.campaign_id AS message, e.type, e.property_machine_open AS machine, e.property_bounce_type AS bounce,
        epoch(e.datetime::TIMESTAMP) AS moment, c.month
      FROM read_csv('{exports}/klaviyo/event_*.csv', all_varchar = true, header = true) AS e
      JOIN campaigns AS c ON c.id = e.campaign_id
      WHERE e.id <> 'badrow1'
    ), named AS (
      SELECT month, message, unnest([
        CASE WHEN type = 'Received Email' THEN 'delivered' END,
        CASE WHEN type IN ('Received Email', 'Bounced Email') THEN 'sent' END,
        CASE WHEN type = 'Opened Email' AND machine = 'false' THEN 'human_opened' END,
        CASE WHEN type = 'Opened Email' AND machine = 'true' THEN 'privacy_proxy_opens' END,
        CASE WHEN type = 'Clicked Email' AND near < 3 THEN 'human_clicked' END,
        CASE WHEN type = 'Clicked Email' AND near >= 3 THEN 'scanner_bursts' END,
        CASE WHEN bounce = 'Hard' THEN 'hard_bounced' END,
        CASE WHEN bounce = 'Soft' THEN 'soft_bounced' END,
        CASE WHEN type = 'Marked Email as Spam' THEN 'complained' END,
        CASE WHEN type = 'Unsubscribed' THEN 'unsubscribed' END
      ]) AS name
      FROM (SELECT *, count(*) OVER (PARTITION BY message, type ORDER BY moment RANGE BETWEEN 3 PRECEDING AND 3 FOLLOWING) AS near FROM log)
    )`;
    const counted = await company.rows(`WITH ${log} SELECT name, month, count(DISTINCT message) AS n
      FROM named WHERE name IS NOT NULL GROUP BY ALL`);
    for (const name of new Set(counted.map((row) => row.name ?? ""))) {
      const rows = counted.filter((row) => row.name === name);
      const found = Object.fromEntries(rows.map((row) => [row.month, row.n]));
      expect({ name, found }).toEqual({
        name,
        found: months(company.truth, `email.klaviyo.${name}`),
      });
    }
    expect(counted.length).toBeGreaterThan(100);
  });

  it("are the stages of the CRM", async () => {
    const contacts = `read_csv('{exports}/hubspot/*contacts-2025-12-31.csv', all_varchar = true, header = true)`;
    const stages = {
      leads: "Became a Lead Date",
      mqls: "Became a Marketing Qualified Lead Date",
      sqls: "Became a Sales Qualified Lead Date",
      opportunities: "Became an Opportunity Date",
    };
    for (const [stage, column] of Object.entries(stages)) {
      expect(
        await company.record(
          `SELECT left("${column}", 7), count(*) FROM ${contacts} WHERE "${column}" <> '' GROUP BY ALL`,
        ),
      ).toEqual(months(company.truth, `funnel.${stage}`));
    }
  });

  it("are the carts of the shop", async () => {
    const carts = `read_csv('{exports}/shopify/abandoned_checkout.csv', all_varchar = true, header = true)`;
    const merged = (company.truth.merges as unknown as readonly { emails: string[] }[]).length;
    const [row] = await company.rows(
      `SELECT count(*) AS carts, count(nullif(completed_at, '')) AS ordered FROM ${carts}`,
    );
    const sum = (path: string): number =>
      Object.values(at(company.truth, path)).reduce<number>((all, one) => all + Number(one), 0);
    expect(Number(row?.carts)).toBe(sum("carts.left") + 2 * merged);
    expect(Number(row?.carts)).toBe(sum("carts.all"));
    expect(Number(row?.ordered)).toBe(sum("carts.ordered_later") + 2 * merged);
  });

  it("are the merges: two addresses with orders and one customer id", async () => {
    const merges = company.truth.merges as unknown as readonly {
      readonly emails: readonly string[];
      readonly customer_id: string;
    }[];
    expect(merges.length).toBeGreaterThan(0);
    const found =
      await company.record(`SELECT customer_id, string_agg(DISTINCT email, ' ' ORDER BY email)
      FROM read_csv('{exports}/shopify/abandoned_checkout.csv', all_varchar = true, header = true)
      GROUP BY customer_id HAVING count(DISTINCT email) > 1`);
    expect(found).toEqual(
      Object.fromEntries(merges.map((one) => [one.customer_id, [...one.emails].sort().join(" ")])),
    );
  });

  it("are the answers of the surveys", async () => {
    expect(
      await company.record(`SELECT ${berlin("answered_at::TIMESTAMP")}, count(*)
        FROM read_csv('{exports}/own/surveys.csv', all_varchar = true, header = true)
        WHERE kind = 'nps' AND score::INTEGER >= 9 GROUP BY ALL`),
    ).toEqual(months(company.truth, "surveys.nps.promoters"));
  });

  it("give each automation a holdout near its share", async () => {
    const arms =
      await company.record(`SELECT arm, count(*) FROM read_csv('{exports}/own/assignments.csv', all_varchar = true, header = true)
      GROUP BY ALL`);
    const held = Number(arms.holdout);
    const all = held + Number(arms.treatment);
    const deviation = Math.sqrt((0.15 * 0.85) / all);
    expect(Math.abs(held / all - 0.15)).toBeLessThan(4 * deviation);
  });

  it("lack one day of the analytics export", async () => {
    const days = await company.rows(`WITH ${views}
      SELECT count(DISTINCT CAST((moment AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin' AS DATE)) AS days FROM views`);
    expect(Number(days[0]?.days)).toBeGreaterThan(540);
    expect(Number(days[0]?.days)).toBeLessThan(549);
  });
});
