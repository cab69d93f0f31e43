import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { csv, type Folder, folderOf } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

interface Schema {
  readonly tables: Readonly<
    Record<string, { readonly columns: readonly { readonly name: string }[] }>
  >;
}

const path = sharedData("vendor-mautic", "mautic_schema.json");
const schema: Schema = path ? (JSON.parse(readFileSync(path, "utf8")) as Schema) : { tables: {} };

/** A table with exactly the columns of Mautic's schema, and those that a workspace adds. */
const table = (
  name: string,
  records: readonly Readonly<Record<string, unknown>>[],
  added: readonly string[] = [],
): string =>
  csv([...(schema.tables[name]?.columns ?? []).map((one) => one.name), ...added], records);

const sent = (id: number, lead: number, at: string, more: object = {}) => ({
  id,
  email_id: 5,
  lead_id: lead,
  email_address: `lead${lead}@example.com`,
  date_sent: at,
  is_read: 0,
  is_failed: 0,
  open_count: 0,
  ...more,
});

const files = () => ({
  "mtc_leads.csv": table(
    "leads",
    [
      {
        id: 1,
        points: 30,
        date_identified: "2025-01-02 03:04:05",
        date_added: "2025-01-01 00:00:00",
        email: "Lead1@example.com",
        firstname: "Anna",
        lastname: "Berg",
        company: "Kopi",
        country: "Germany",
      },
      { id: 2, points: 0, date_added: "2025-01-05 00:00:00", email: "lead2@example.com" },
      { id: 3, points: 0, date_added: "2025-01-06 00:00:00" },
    ],
    ["email", "firstname", "lastname", "company", "country"],
  ),
  "mtc_companies.csv": table(
    "companies",
    [{ id: 8, score: 3, date_added: "2025-01-01 00:00:00", companyname: "Kopi" }],
    ["companyname"],
  ),
  "mtc_companies_leads.csv": table("companies_leads", [
    { company_id: 8, lead_id: 1, date_added: "2025-01-02 00:00:00", is_primary: 1 },
    { company_id: 9, lead_id: 1, date_added: "2025-01-02 00:00:00", is_primary: 0 },
  ]),
  "mtc_emails.csv": table("emails", [
    {
      id: 5,
      name: "Welcome",
      subject: "Hello",
      email_type: "template",
      date_added: "2025-01-01 00:00:00",
      sent_count: 4,
      read_count: 2,
    },
  ]),
  "mtc_email_stats.csv": table("email_stats", [
    sent(100, 1, "2025-02-01 08:00:00", {
      is_read: 1,
      date_read: "2025-02-01 09:00:00",
      open_count: 3,
      source: "campaign.event",
      source_id: 44,
    }),
    sent(101, 1, "2025-03-01 08:00:00"),
    sent(102, 2, "2025-02-01 08:00:00", { is_failed: 1 }),
    sent(103, 4, "2025-02-01 08:00:00"),
  ]),
  "mtc_page_hits.csv": table("page_hits", [
    {
      id: 1,
      date_hit: "2025-02-01 09:05:00",
      redirect_id: 6,
      email_id: 5,
      lead_id: 1,
      url: "https://kopi.example/offer",
      tracking_id: "t1",
      code: 200,
      source: "email",
      source_id: 5,
    },
    {
      id: 2,
      date_hit: "2025-02-01 09:06:00",
      page_id: 2,
      lead_id: 1,
      url: "https://kopi.example/?utm_source=news&utm_campaign=spring",
      referer: "https://y.example",
      tracking_id: "t1",
      code: 200,
    },
    {
      id: 3,
      date_hit: "2025-03-01 09:05:00",
      redirect_id: 6,
      email_id: 5,
      lead_id: 1,
      url: "https://kopi.example/offer",
      tracking_id: "t1",
      code: 200,
      source: "email",
      source_id: 5,
    },
  ]),
  "mtc_campaigns.csv": table("campaigns", [
    {
      id: 3,
      name: "Nurture",
      allow_restart: 0,
      publish_up: "2025-01-10 00:00:00",
      date_added: "2025-01-01 00:00:00",
    },
  ]),
  "mtc_campaign_events.csv": table("campaign_events", [
    { id: 44, name: "Send welcome", type: "email.send", event_type: "action", campaign_id: 3 },
  ]),
  "mtc_lead_donotcontact.csv": table("lead_donotcontact", [
    {
      id: 1,
      lead_id: 4,
      date_added: "2025-02-01 08:00:30",
      reason: 2,
      channel: "email",
      channel_id: 5,
    },
    {
      id: 2,
      lead_id: 1,
      date_added: "2025-03-02 00:00:00",
      reason: 1,
      channel: "email",
      channel_id: 5,
    },
    { id: 3, lead_id: 2, date_added: "2025-03-02 00:00:00", reason: 3, channel: "email" },
    { id: 4, lead_id: 2, date_added: "2025-03-02 00:00:00", reason: 1, channel: "sms" },
  ]),
  "mtc_lead_stages_change_log.csv": table("lead_stages_change_log", [
    {
      id: 1,
      lead_id: 1,
      event_name: "3: Lead",
      action_name: "manual",
      stage_id: 3,
      date_added: "2025-01-03 00:00:00",
    },
    {
      id: 2,
      lead_id: 1,
      event_name: "Marketing Qualified Lead",
      action_name: "points",
      stage_id: 4,
      date_added: "2025-01-09 00:00:00",
    },
    {
      id: 3,
      lead_id: 1,
      event_name: "5: Heiß",
      action_name: "points",
      stage_id: 5,
      date_added: "2025-01-10 00:00:00",
    },
    {
      id: 4,
      lead_id: 1,
      event_name: "6: Nonsense",
      action_name: "points",
      stage_id: 6,
      date_added: "2025-01-11 00:00:00",
    },
  ]),
  "mtc_form_submissions.csv": table("form_submissions", [
    {
      id: 1,
      form_id: 7,
      lead_id: 1,
      tracking_id: "t1",
      date_submitted: "2025-02-02 00:00:00",
      referer: "https://kopi.example/demo",
    },
  ]),
});

describe.skipIf(path === null)("mautic tables", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf(files());
    imported = await importFiles(folder.path, { stages: { heiß: "sql" } });
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("are each recognised by the columns of Mautic's own schema, and no row is lost", () => {
    const taken = (source: string) => {
      const { read, taken, rejected } = imported.receipt(`mautic/${source}`);
      return { read, taken, rejected };
    };
    expect(taken("contacts")).toEqual({ read: 3, taken: 2, rejected: 1 });
    expect(taken("companies")).toEqual({ read: 1, taken: 1, rejected: 0 });
    expect(taken("company-contacts")).toEqual({ read: 2, taken: 1, rejected: 1 });
    expect(taken("emails")).toEqual({ read: 1, taken: 1, rejected: 0 });
    expect(taken("email-stats")).toEqual({ read: 4, taken: 4, rejected: 0 });
    expect(taken("page-hits")).toEqual({ read: 3, taken: 3, rejected: 0 });
    expect(taken("campaigns")).toEqual({ read: 1, taken: 1, rejected: 0 });
    expect(taken("campaign-events")).toEqual({ read: 1, taken: 1, rejected: 0 });
    expect(taken("do-not-contact")).toEqual({ read: 4, taken: 2, rejected: 2 });
    expect(taken("stage-changes")).toEqual({ read: 4, taken: 3, rejected: 1 });
    expect(taken("form-submissions")).toEqual({ read: 1, taken: 1, rejected: 0 });
    imported.expectBalanced();
  });

  it("say why a row is left out", () => {
    const reason = (source: string) => imported.receipt(`mautic/${source}`).reasons[0]?.reason;
    expect(reason("contacts")).toBe("a visitor whom nobody identified yet");
    expect(reason("do-not-contact")).toBe("blocked by hand, or another channel than e-mail");
    expect(reason("stage-changes")).toBe("not one of the known values: nonsense");
  });

  it("put a click on the mail that it came from, also when the mail was sent twice", async () => {
    await imported.derive(["identity_map", "people", "sessions", "interactions", "messages"]);
    expect(
      await imported.rows(
        `SELECT i.value AS email, sent_at, campaign, automation, sent, delivered, opened, clicked, hard_bounced AS hard,
          soft_bounced AS soft, unsubscribed
        FROM derived.messages AS m JOIN ledger.identities AS i ON i.kind = 'email'
        LEFT JOIN derived.identity_map AS g ON g.identity = i.identity
        WHERE coalesce(g.person, i.identity) = m.person
        ORDER BY email, sent_at`,
      ),
    ).toEqual(
      [
        ["lead1@example.com", "2025-02-01 08:00:00", "Nurture", 1, 1, 1, 1, 0, 0, 0],
        ["lead1@example.com", "2025-03-01 08:00:00", null, 1, 1, 1, 1, 0, 0, 1],
        ["lead2@example.com", "2025-02-01 08:00:00", null, 1, 0, 0, 0, 0, 1, 0],
        ["lead4@example.com", "2025-02-01 08:00:00", null, 1, 0, 0, 0, 1, 0, 0],
      ].map(([email, at, automation, sentOnes, delivered, opened, clicked, hard, soft, left]) => ({
        email,
        sent_at: at,
        campaign: "Welcome",
        automation,
        sent: sentOnes,
        delivered,
        opened,
        clicked,
        hard,
        soft,
        unsubscribed: left,
      })),
    );
  });

  it("read stages by Mautic's names and the workspace's own", async () => {
    expect(
      await imported.rows("SELECT stage, entered_at FROM ledger.stages ORDER BY entered_at"),
    ).toEqual([
      { stage: "lead", entered_at: "2025-01-03 00:00:00" },
      { stage: "mql", entered_at: "2025-01-09 00:00:00" },
      { stage: "sql", entered_at: "2025-01-10 00:00:00" },
    ]);
  });

  it("tell page views from clicks and know contacts by name, company and score", async () => {
    expect(
      await imported.rows(
        "SELECT page, utm_source, campaign FROM ledger.events WHERE kind = 'page_viewed'",
      ),
    ).toEqual([
      {
        page: "https://kopi.example/?utm_source=news&utm_campaign=spring",
        utm_source: "news",
        campaign: "spring",
      },
    ]);
    expect(
      await imported.rows(
        "SELECT name, company, country, score, created_at FROM ledger.people WHERE email = 'lead1@example.com'",
      ),
    ).toEqual([
      {
        name: "Anna Berg",
        company: "Kopi",
        country: "Germany",
        score: 30,
        created_at: "2025-01-02 03:04:05",
      },
    ]);
    expect(await imported.value("SELECT name FROM ledger.accounts")).toBe("Kopi");
  });
});
