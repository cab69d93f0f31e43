import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csv, type Folder, folderOf } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

const eventColumns =
  "ID,PERSON_ID,CAMPAIGN_ID,FLOW_ID,FLOW_MESSAGE_ID,UUID,DATETIME,TIMESTAMP,_FIVETRAN_DELETED,METRIC_ID,TYPE,_VARIATION,PROPERTY_VALUE,PROPERTY_SUBJECT,PROPERTY_URL,PROPERTY_CAMPAIGN_NAME,PROPERTY_COHORT_MESSAGE_SEND_COHORT,PROPERTY_EMAIL_DOMAIN,PROPERTY_BOUNCE_TYPE,PROPERTY_CLIENT_NAME,PROPERTY_MACHINE_OPEN,PROPERTY_LIST".split(
    ",",
  );

let counter = 0;
const happened = (type: string, person: string, minute: number, more: object) => {
  counter += 1;
  return {
    ID: `k${counter}`,
    PERSON_ID: person,
    DATETIME: `2024-05-01 10:${String(minute).padStart(2, "0")}:00.000`,
    _FIVETRAN_DELETED: "FALSE",
    TYPE: type,
    ...more,
  };
};
const spring = {
  CAMPAIGN_ID: "C1",
  PROPERTY_SUBJECT: "Spring",
  PROPERTY_CAMPAIGN_NAME: "Spring 24",
};
const flow = (cohort: string) => ({
  FLOW_ID: "F1",
  FLOW_MESSAGE_ID: "M1",
  PROPERTY_COHORT_MESSAGE_SEND_COHORT: `${cohort}:M1`,
});

const events = csv(eventColumns, [
  // A campaign to four people: 3 delivered, 1 opened by a machine only, 1 opened and clicked, 1 bounced hard.
  happened("Received Email", "p1", 0, spring),
  happened("Received Email", "p2", 0, spring),
  happened("Received Email", "p3", 0, spring),
  happened("Bounced Email", "p4", 1, { ...spring, PROPERTY_BOUNCE_TYPE: "Hard" }),
  happened("Opened Email", "p1", 2, { ...spring, PROPERTY_MACHINE_OPEN: "True" }),
  happened("Opened Email", "p2", 9, { ...spring, PROPERTY_MACHINE_OPEN: "False" }),
  happened("Clicked Email", "p2", 10, { ...spring, PROPERTY_URL: "https://shop.example/a" }),
  happened("Unsubscribed", "p2", 11, { ...spring, PROPERTY_LIST: "News" }),
  // The same mail of a flow reaches one person twice.
  happened("Received Email", "p1", 20, flow("1700000001")),
  happened("Received Email", "p1", 40, flow("1700000002")),
  happened("Opened Email", "p1", 50, flow("1700000002")),
  happened("Sent SMS", "p1", 55, { CAMPAIGN_ID: "C2" }),
  // Left out.
  happened("Dropped Email", "p5", 0, spring),
  happened("Placed Order", "p1", 30, { PROPERTY_VALUE: "59.00" }),
  happened("Opened Email", "p3", 30, { ...spring, _FIVETRAN_DELETED: "TRUE" }),
]);

const chain = ["identity_map", "people", "sessions", "interactions", "messages"];

describe("klaviyo tables as synced", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({
      "event.csv": events,
      "person.csv": csv(
        "id,updated,created,_fivetran_deleted,first_name,last_name,timezone,organization,phone_number,country,city,email".split(
          ",",
        ),
        [
          {
            id: "p1",
            updated: "2021-04-13 14:44:06.000",
            created: "2021-04-13 14:25:27.000",
            _fivetran_deleted: "FALSE",
            first_name: "Mario",
            last_name: "Lopez",
            email: "Mario@Example.com",
          },
        ],
      ),
      "campaign.csv": csv(
        "id,from_name,campaign_type,from_email,subject,name,status,created,updated,send_time,sent_at,_fivetran_deleted,email_template_id".split(
          ",",
        ),
        [{ id: "C1", name: "Spring 24", subject: "Spring", send_time: "2024-05-01 10:00:00" }],
      ),
      "flow.csv": csv("id,archived,created,name,status,trigger_type,updated".split(","), [
        { id: "F1", name: "Abandoned cart", status: "live", created: "2023-01-01 00:00:00" },
      ]),
    });
    imported = await importFiles(folder.path);
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("are each recognised; copies of the shop's events and unsent mails stay out", () => {
    expect(imported.receipt("klaviyo/events")).toMatchObject({ read: 15, taken: 12, rejected: 3 });
    expect(imported.receipt("klaviyo/events").reasons).toHaveLength(1);
    for (const source of ["profiles", "campaigns", "flows"]) {
      expect(imported.receipt(`klaviyo/${source}`)).toMatchObject({ read: 1, taken: 1 });
    }
    imported.expectBalanced();
  });

  it("give right rates although no row says that a mail was sent", async () => {
    await imported.derive(chain);
    expect(
      await imported.rows(
        `SELECT campaign, automation, medium, CAST(sum(sent) AS INTEGER) AS sent, CAST(sum(delivered) AS INTEGER) AS delivered,
          CAST(sum(opened) AS INTEGER) AS opened, CAST(sum(machine_opened) AS INTEGER) AS machine,
          CAST(sum(clicked) AS INTEGER) AS clicked, CAST(sum(hard_bounced) AS INTEGER) AS hard,
          CAST(sum(unsubscribed) AS INTEGER) AS unsubscribed
        FROM derived.messages GROUP BY ALL ORDER BY sent DESC, medium`,
      ),
    ).toEqual([
      {
        campaign: "Spring 24",
        automation: null,
        medium: "email",
        sent: 4,
        delivered: 3,
        opened: 1,
        machine: 1,
        clicked: 1,
        hard: 1,
        unsubscribed: 1,
      },
      {
        campaign: null,
        automation: "Abandoned cart",
        medium: "email",
        sent: 2,
        delivered: 2,
        opened: 1,
        machine: 0,
        clicked: 0,
        hard: 0,
        unsubscribed: 0,
      },
      {
        campaign: "C2",
        automation: null,
        medium: "sms",
        sent: 1,
        delivered: 1,
        opened: 0,
        machine: 0,
        clicked: 0,
        hard: 0,
        unsubscribed: 0,
      },
    ]);
  });

  it("name people", async () => {
    expect(await imported.rows("SELECT email, name FROM ledger.people")).toEqual([
      { email: "mario@example.com", name: "Mario Lopez" },
    ]);
  });
});

const report = `Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,Placed Order Rate,Revenue,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,Spam Complaints Rate,Successful Deliveries,Bounces,Bounce Rate,Campaign ID,Campaign Channel
Free shipping,"Email, promo",[MULTIPLE VARIATIONS],All Subscribers,2025-04-06 11:00:00,Sunday,121401.0,23.0,0.02%,1222.91,58647.0,48.43%,83753.0,770.0,0.64%,929.0,476.0,16.0,0.01%,121108.0,293.0,0.24%,01JQYYRSHTMVBX2ZQ19RWKH2JW,Email
Text,,,SMS list,2025-04-11 10:00:00,Friday,500.0,0.0,0.00%,0.0,0.0,0.00%,0.0,20.0,4.10%,25.0,3.0,0.0,0.00%,490.0,10.0,2.00%,01SMS,SMS
Draft,,,,2025-05-11 10:00:00,Friday,0.0,0.0,0.00%,0.0,0.0,0.00%,0.0,0.0,0.00%,0.0,0.0,0.0,0.00%,0.0,0.0,0.00%,01DRAFT,Email
`;

describe("klaviyo campaign report", () => {
  let folder: Folder;
  let imported: Imported;
  beforeAll(async () => {
    folder = folderOf({ "campaigns.csv": report });
    imported = await importFiles(folder.path, { time_zone: "America/New_York" });
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("counts e-mails and text messages as what they are", async () => {
    expect(imported.receipt("klaviyo/campaign-report")).toMatchObject({
      read: 3,
      taken: 2,
      rejected: 1,
    });
    expect(imported.receipt("klaviyo/campaign-report").reasons[0]?.reason).toMatch(/not sent yet/);
    expect(
      await imported.rows(
        "SELECT kind, quantity, occurred_at FROM ledger.events ORDER BY occurred_at, quantity DESC",
      ),
    ).toEqual([
      ...(
        [
          ["email_sent", 121401],
          ["email_delivered", 121108],
          ["email_opened", 58647],
          ["email_clicked", 770],
          ["email_unsubscribed", 476],
          ["email_bounced", 293],
          ["email_complained", 16],
        ] as const
      ).map(([kind, quantity]) => ({ kind, quantity, occurred_at: "2025-04-06 15:00:00" })),
      ...(
        [
          ["sms_sent", 500],
          ["sms_delivered", 490],
          ["sms_clicked", 20],
          ["sms_failed", 10],
          ["sms_unsubscribed", 3],
        ] as const
      ).map(([kind, quantity]) => ({ kind, quantity, occurred_at: "2025-04-11 14:00:00" })),
    ]);
  });

  it("gives one batch per campaign, with the report's own rates", async () => {
    await imported.derive(chain);
    expect(
      await imported.rows(
        `SELECT campaign, medium, sent, delivered, opened, clicked, bounced, unsubscribed FROM derived.messages ORDER BY 1`,
      ),
    ).toEqual([
      {
        campaign: "Free shipping",
        medium: "email",
        sent: 121401,
        delivered: 121108,
        opened: 58647,
        clicked: 770,
        bounced: 293,
        unsubscribed: 476,
      },
      {
        campaign: "Text",
        medium: "sms",
        sent: 500,
        delivered: 490,
        opened: 20,
        clicked: 20,
        bounced: 10,
        unsubscribed: 3,
      },
    ]);
  });
});
