import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { csv, type Folder, folderOf, lines } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

const path = sharedData("vendor-ga4", "bigquery_export_event.ndjson");

describe.skipIf(path === null)("ga4 event of Google's public sample", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({ "events_20210128.json": path ? readFileSync(path) : "" });
    imported = await importFiles(folder.path);
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("is read with its parameters, whatever blanks its JSON has", async () => {
    expect(imported.receipt("ga4/events")).toMatchObject({ read: 1, taken: 1, rejected: 0 });
    expect(
      await imported.rows(
        `SELECT occurred_at, kind, goal, session, page, referrer, utm_source, country, device, user_agent
        FROM ledger.events`,
      ),
    ).toEqual([
      {
        occurred_at: "2021-01-28 01:40:22.695757",
        kind: "page_viewed",
        goal: null,
        session: "3599645542",
        page: "https://shop.googlemerchandisestore.com/payment.html",
        referrer: "https://shop.googlemerchandisestore.com/payment.html?",
        utm_source: null,
        country: "United States",
        device: "desktop",
        user_agent: "Chrome",
      },
    ]);
    expect(await imported.rows("SELECT kind, namespace, value FROM ledger.identities")).toEqual([
      { kind: "anonymous", namespace: "", value: "1146540.1921992520" },
    ]);
  });
});

const string = (key: string, value: string) => ({
  key,
  value: { string_value: value, int_value: null, float_value: null, double_value: null },
});
const whole = (key: string, value: string) => ({
  key,
  value: { string_value: null, int_value: value, float_value: null, double_value: null },
});
const event = (second: number, name: string, parameters: readonly object[], more: object = {}) => ({
  event_date: "20250301",
  event_timestamp: String(1_740_823_200_000_000 + second * 1_000_000),
  event_name: name,
  event_params: parameters,
  event_bundle_sequence_id: "9",
  user_pseudo_id: "11.22",
  user_id: null,
  device: { category: "mobile", web_info: { browser: "Safari" } },
  geo: { country: "Germany" },
  traffic_source: { name: "first campaign", medium: "cpc", source: "google" },
  items: [],
  ...more,
});

const item = { item_id: "A", item_name: "T-shirt", item_variant: "}]", price: 12 };

const events = [
  event(0, "page_view", [
    whole("ga_session_id", "77"),
    string("page_title", 'He said "key": {"ga_session_id"}'),
    string("page_location", 'https://x.example/a?q="1"&utm_source=news&utm_medium=e%20mail'),
    string("page_referrer", "https://y.example/\\path"),
  ]),
  event(1, "view_item", [string("source", "bing"), string("medium", "cpc")], { items: [item] }),
  event(2, "purchase", [string("campaign", "spring")], { user_id: "u1", items: [item, item] }),
  event(3, "newsletter_signup", []),
  event(4, "scroll", [whole("percent_scrolled", "90")]),
  event(5, "generate_lead", [string("form_id", "demo")]),
  event(6, "page_view", [], { user_pseudo_id: null }),
  // Two of the same name and time in one bundle are two events; the last one is a repeat.
  event(7, "scroll", [], { batch_event_index: "1" }),
  event(7, "scroll", [], { batch_event_index: "2" }),
  event(7, "scroll", [], { batch_event_index: "2" }),
  event(8, "page_view", [], { collected_traffic_source: { manual_source: "x", gclid: "g1" } }),
];

const flatColumns =
  "_fivetran_id,_fivetran_synced,bundle_sequence_id,date,device_category,geo_city,geo_country,geo_region,name,platform,timestamp,traffic_source_medium,traffic_source_name,traffic_source_source,user_first_touch_timestamp,user_id,user_pseudo_id,value_in_usd,event_dimensions_hostname,param_campaign,param_gclid,param_medium,param_source,param_ga_session_id,param_page_location".split(
    ",",
  );

const report = `# ----------------------------------------
# Traffic acquisition
# Account: Kopi, Property: kopi.example
# 20250301-20250302
# ----------------------------------------
Date,Session primary channel group (Default channel group),Session source / medium,Sessions,Engaged sessions,Views,Key events
20250301,Organic Search,google / organic,10,8,25,2
20250301,Email,news / e-mail,5,5,7,0
20250302,Organic Search,google / organic,11,8,30,3.0
20250302,Organic Search,google / organic,1,1,4,0
,,,27,22,66,5
`;

describe("ga4 exports", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({
      "events.ndjson": lines(events),
      "event.csv": csv(flatColumns, [
        {
          _fivetran_id: 1,
          bundle_sequence_id: 101,
          device_category: "desktop",
          geo_country: "USA",
          name: "purchase",
          platform: "web",
          timestamp: "2024-09-10 12:35:00",
          user_id: "user_123",
          user_pseudo_id: "pseudo_123",
          param_source: "google",
          param_medium: "organic",
          param_gclid: "abc",
          param_ga_session_id: "session_123",
        },
      ]),
      "traffic_report.csv": report,
    });
    imported = await importFiles(folder.path, { time_zone: "Europe/Berlin" });
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });
  const of = (columns: string, source = "ga4/events") =>
    imported.rows(
      `SELECT ${columns} FROM ledger.events WHERE source = '${source}' ORDER BY occurred_at, 1, 2`,
    );

  it("reads values with quotes, backslashes, brackets and nulls", async () => {
    const [first] = await of("session, page, referrer, utm_source, utm_medium");
    expect(first).toEqual({
      session: "77",
      page: 'https://x.example/a?q="1"&utm_source=news&utm_medium=e%20mail',
      referrer: "https://y.example/\\path",
      utm_source: "news",
      utm_medium: "e mail",
    });
  });

  it("tells goals from engagement, and takes no origin of a person's first visit", async () => {
    expect(await of("kind, goal, utm_source, campaign, asset, click_id")).toEqual(
      [
        ["page_viewed", null, "news"],
        ["product_viewed", null, "bing"],
        ["goal_reached", "purchase (GA4)", null, "spring"],
        ["goal_reached", "newsletter_signup"],
        ["engaged", null],
        ["form_submitted", "generate_lead", null, null, "demo"],
        ["engaged", null],
        ["engaged", null],
        ["page_viewed", null, "x", null, null, "gclid"],
      ].map(([kind, goal, source = null, campaign = null, asset = null, click = null]) => ({
        kind,
        goal,
        utm_source: source,
        campaign,
        asset,
        click_id: click,
      })),
    );
  });

  it("counts each row once and says what is left out", async () => {
    const receipt = imported.receipt("ga4/events");
    expect(receipt).toMatchObject({ read: 11, taken: 9, repeated: 1, rejected: 1 });
    expect(receipt.reasons[0]?.reason).toMatch(/without a browser id: consent/);
    imported.expectBalanced();
    expect(await imported.load(folder.file("events.ndjson"))).toMatchObject({ taken: 0 });
  });

  it("knows the flattened table", async () => {
    expect(
      await of(
        "occurred_at, kind, goal, session, utm_source, click_id, country",
        "ga4/flat-events",
      ),
    ).toEqual([
      {
        occurred_at: "2024-09-10 12:35:00",
        kind: "goal_reached",
        goal: "purchase (GA4)",
        session: "session_123",
        utm_source: "google",
        click_id: "gclid",
        country: "USA",
      },
    ]);
  });

  it("reads the report below its comment lines, day by day, without its grand total", async () => {
    const receipt = imported.receipt("ga4/report");
    expect(receipt).toMatchObject({ read: 5, taken: 4, rejected: 1 });
    expect(receipt.reasons[0]?.reason).toBe("a row without a date: the report's grand total");
    expect(
      await imported.rows(
        `SELECT occurred_at, kind, sum(quantity) AS n, min(channel) AS channel FROM ledger.events
        WHERE source = 'ga4/report' GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    ).toEqual([
      { occurred_at: "2025-02-28 23:00:00", kind: "goal_reached", n: 2, channel: "Organic Search" },
      { occurred_at: "2025-02-28 23:00:00", kind: "page_viewed", n: 32, channel: "Email" },
      { occurred_at: "2025-03-01 23:00:00", kind: "goal_reached", n: 3, channel: "Organic Search" },
      { occurred_at: "2025-03-01 23:00:00", kind: "page_viewed", n: 34, channel: "Organic Search" },
    ]);
  });
});
