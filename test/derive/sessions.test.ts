import { describe, expect, it } from "vitest";
import { identityMap } from "../../src/derive/identity-map.ts";
import { interactions } from "../../src/derive/interactions.ts";
import { peopleTable } from "../../src/derive/people.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { sessions } from "../../src/derive/sessions.ts";
import { sightings } from "../../src/derive/sightings.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { emptyLedger, identityOf, link, record } from "./ledger.ts";

const tables = [identityMap, sightings, peopleTable, interactions, sessions];

describe("sessions", () => {
  it("end after a pause and where a visitor arrives by another campaign", async () => {
    const store = await emptyLedger();
    const [ann] = await link(store, { kind: "anonymous", value: "a1", namespace: "web" });
    const view = (time: string, page: string, more = {}) => ({
      occurred_at: `2025-03-01 ${time}`,
      kind: "page_viewed",
      identity: ann ?? null,
      page,
      ...more,
    });
    await record(store, "events", [
      view("10:00:00", "https://shop.example/a?utm_source=google", {
        utm_source: "google",
        utm_medium: "cpc",
        campaign: "spring",
      }),
      view("10:10:00", "https://shop.example/b", { referrer: "https://shop.example/a" }),
      view("10:39:59", "/c"),
      view("11:10:00", "/d"),
      view("11:11:00", "/e", { utm_source: "newsletter", utm_medium: "email", campaign: "march" }),
      view("11:12:00", "/f", { utm_source: "facebook", utm_medium: "paid_social", campaign: "x" }),
      view("11:13:00", "/g"),
      {
        occurred_at: "2025-03-01 11:14:00",
        kind: "form_submitted",
        identity: ann ?? null,
        asset: "Demo",
      },
    ]);
    const report = await refresh(store, defaultSettings, { tables });
    expect(report.asOf).toBe("2025-03-01 11:14:00");
    const rows = await store.query(
      raw(`SELECT started_at::VARCHAR AS t, seconds, channel, campaign, landing_page, page_views::INT AS pages,
        actions::INT AS actions, bounced, goals::INT AS goals FROM derived.sessions ORDER BY started_at`),
    );
    expect(rows).toEqual([
      {
        t: "2025-03-01 10:00:00",
        seconds: 2399,
        channel: "paid search",
        campaign: "spring",
        landing_page: "/a",
        pages: 3,
        actions: 0,
        bounced: false,
        goals: 0,
      },
      {
        t: "2025-03-01 11:10:00",
        seconds: 60,
        channel: "email",
        campaign: "march",
        landing_page: "/d",
        pages: 2,
        actions: 0,
        bounced: false,
        goals: 0,
      },
      {
        t: "2025-03-01 11:12:00",
        seconds: 120,
        channel: "paid social",
        campaign: "x",
        landing_page: "/f",
        pages: 2,
        actions: 1,
        bounced: false,
        goals: 1,
      },
    ]);
    const [origin] = await store.query(
      raw("SELECT person, channel, first_seen_at::VARCHAR AS t FROM derived.people"),
    );
    expect(origin).toEqual({
      person: identityOf("anonymous", "a1", "web"),
      channel: "paid search",
      t: "2025-03-01 10:00:00",
    });
  });
});
