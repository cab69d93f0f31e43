import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { type Folder, folderOf, lines } from "./files.ts";
import { type Imported, importFiles } from "./importing.ts";

interface Case {
  readonly payload: readonly Readonly<Record<string, unknown>>[];
  readonly expected_normalized: readonly Readonly<Record<string, unknown>>[];
}

const kinds: Readonly<Record<string, string>> = {
  delivered: "email_delivered",
  opened: "email_opened",
  clicked: "email_clicked",
  bounced: "email_bounced",
  complained: "email_complained",
  unsubscribed: "email_unsubscribed",
};

/** What anymail makes of the same payloads, without what is not counted: queued is the moment of sending. */
function expectedRows(cases: readonly Case[]): readonly Readonly<Record<string, unknown>>[] {
  const all = cases.flatMap(({ payload, expected_normalized }) =>
    expected_normalized.map((event, index) => ({ event, given: payload[index] })),
  );
  const rows = all.flatMap(({ event, given }) => {
    const kind = given?.event === "processed" ? "email_sent" : kinds[String(event.event_type)];
    if (kind === undefined) return [];
    const time = String(event.timestamp).replace("T", " ").replace("+00:00", "");
    return [{ kind, time, email: event.recipient, link: event.click_url, id: event.event_id }];
  });
  return [...new Map(rows.map((row) => [row.id, row])).values()].map(({ id: _, ...row }) => row);
}

const path = sharedData("vendor-esp-webhooks", "sendgrid.json");

describe.skipIf(path === null)("sendgrid webhook payloads of anymail's tests", () => {
  let folder: Folder;
  let imported: Imported;
  const cases = path ? (JSON.parse(readFileSync(path, "utf8")) as Case[]) : [];
  const payloads = cases.flatMap(({ payload }) => payload);
  beforeAll(async () => {
    folder = folderOf({
      "events.ndjson": lines(payloads),
      "again/batch.json": JSON.stringify(payloads),
    });
    imported = await importFiles(folder.file("events.ndjson"));
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("become what anymail makes of them: kind, time, recipient and link", async () => {
    const rows = await imported.rows(
      `SELECT e.kind, strftime(e.occurred_at, '%Y-%m-%d %H:%M:%S') AS time, i.value AS email, e.link
      FROM ledger.events AS e JOIN ledger.identities AS i ON i.identity = e.identity ORDER BY ALL`,
    );
    const sorted = (list: readonly unknown[]) => list.map((row) => JSON.stringify(row)).sort();
    expect(sorted(rows)).toEqual(sorted(expectedRows(cases)));
  });

  it("count neither what was deferred nor what was dropped before sending", () => {
    const left = payloads.filter(({ event }) => event === "deferred" || event === "dropped");
    const receipt = imported.receipt("sendgrid/events");
    expect(left.length).toBeGreaterThan(2);
    expect(receipt).toMatchObject({ read: payloads.length, rejected: left.length });
    expect(receipt.reasons.map(({ reason }) => reason)).toEqual([
      "not a step that is counted: deferred (tried again later) or dropped (never sent)",
    ]);
    imported.expectBalanced();
  });

  it("are known again when the same events come as one JSON array", async () => {
    const again = await imported.load(folder.file("again/batch.json"));
    expect(again).toMatchObject({ source: "sendgrid/events", read: payloads.length, taken: 0 });
  });
});

describe("sendgrid event log", () => {
  let folder: Folder;
  let imported: Imported;
  const at = (seconds: number, event: string, more: object = {}) => ({
    email: "Anna@Example.com",
    timestamp: 1_735_700_000 + seconds,
    event,
    sg_event_id: `e${seconds}`,
    sg_message_id: "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
    category: ["spring", "shop"],
    ...more,
  });
  beforeAll(async () => {
    folder = folderOf({
      "log.ndjson": lines([
        at(0, "processed"),
        at(1, "delivered"),
        at(2, "open", { sg_machine_open: true }),
        at(3, "open", { sg_machine_open: false, category: "spring" }),
        at(4, "group_unsubscribe", { asm_group_id: 7 }),
        at(5, "group_resubscribe", { asm_group_id: 7 }),
        at(6, "processed", { email: "bo@example.com", sg_message_id: "m2.recvd-1.a" }),
        at(7, "bounce", {
          email: "bo@example.com",
          sg_message_id: "m2.recvd-1.a",
          type: "blocked",
        }),
        at(8, "bounce", { email: "cy@example.com", sg_message_id: "m3", status: "5.1.1" }),
        at(9, "account_status_change"),
      ]),
    });
    imported = await importFiles(folder.path);
  });
  afterAll(async () => {
    await imported.close();
    folder.remove();
  });

  it("tells machine opens, kinds of bounces, groups and the first category", async () => {
    const rows = await imported.rows(
      `SELECT kind, detail, machine, list, campaign, message FROM ledger.events ORDER BY occurred_at`,
    );
    const row = (kind: string, more: object = {}) => ({
      kind,
      detail: null,
      machine: null,
      list: null,
      campaign: "spring",
      message: "14c5d75ce93.dfd.64b469",
      ...more,
    });
    expect(rows).toEqual([
      row("email_sent"),
      row("email_delivered"),
      row("email_opened", { machine: true }),
      row("email_opened", { machine: false }),
      row("email_unsubscribed", { list: "7" }),
      row("email_subscribed", { list: "7" }),
      row("email_sent", { message: "m2" }),
      row("email_bounced", { message: "m2", detail: "soft" }),
      row("email_bounced", { message: "m3", detail: "hard" }),
    ]);
  });

  it("gives messages with their outcomes", async () => {
    await imported.derive(["identity_map", "people", "sessions", "interactions", "messages"]);
    expect(
      await imported.rows(
        `SELECT message, sent, delivered, opened, soft_bounced, hard_bounced, unsubscribed
        FROM derived.messages ORDER BY message`,
      ),
    ).toEqual([
      {
        message: "14c5d75ce93.dfd.64b469",
        sent: 1,
        delivered: 1,
        opened: 1,
        soft_bounced: 0,
        hard_bounced: 0,
        unsubscribed: 1,
      },
      {
        message: "m2",
        sent: 1,
        delivered: 0,
        opened: 0,
        soft_bounced: 1,
        hard_bounced: 0,
        unsubscribed: 0,
      },
      {
        message: "m3",
        sent: 1,
        delivered: 0,
        opened: 0,
        soft_bounced: 0,
        hard_bounced: 1,
        unsubscribed: 0,
      },
    ]);
  });
});
