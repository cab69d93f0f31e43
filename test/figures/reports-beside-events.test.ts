import { describe, expect, it } from "vitest";
import { warnings } from "../../src/figures/warnings.ts";
import { seededWorkspace } from "./workspace.ts";

const message = { medium: "email", sent: 1, delivered: 1 };
const report = { ...message, message: "c1", data_source: "klaviyo/campaign-report", sent: 900 };
const event = { ...message, message: "c1", data_source: "klaviyo/events", person: 7n };

async function codesOf(rows: readonly Readonly<Record<string, string | number | bigint>>[]) {
  const context = await seededWorkspace({ messages: rows });
  const found = await warnings(context);
  await context.store.close();
  return found.filter(({ code }) => code === "report_and_events");
}

describe("a vendor's report beside its single events", () => {
  it("is warned of where both tell of the same days", async () => {
    const found = await codesOf([
      { ...report, sent_at: "2025-03-01 10:00:00" },
      { ...report, message: "c2", sent_at: "2025-03-20 10:00:00" },
      { ...event, sent_at: "2025-03-10 10:00:00" },
      { ...event, message: "c3", sent_at: "2025-04-10 10:00:00" },
    ]);
    expect(found.map(({ params }) => params)).toEqual([
      {
        report: "klaviyo/campaign-report",
        events: "klaviyo/events",
        from: "2025-03-10",
        to: "2025-03-20",
      },
    ]);
  });

  it("is fine one after the other, and from different vendors", async () => {
    expect(
      await codesOf([
        { ...report, sent_at: "2025-03-01 10:00:00" },
        { ...event, sent_at: "2025-04-01 10:00:00" },
        { ...event, data_source: "sendgrid/events", sent_at: "2025-03-01 10:00:00" },
      ]),
    ).toEqual([]);
  });
});
