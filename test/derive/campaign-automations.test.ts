import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

describe("visits whose campaign is named like an automation", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await openFixture();
  });
  afterAll(() => fixture.store.close());

  it("were sent by it when they came by a message", async () => {
    await fixture.add("automations", [
      {
        ...{ automation: "welcome", name: "Welcome flow", tool: "Mailer" },
        source: "template/automations",
      },
      { automation: "4711", name: "Win back", source: "klaviyo/flows" },
      { automation: "4712", name: "Same", source: "klaviyo/flows" },
      { automation: "4713", name: "Same", source: "mailchimp/automations" },
    ]);
    const visit = (session: number, channel: string, campaign: string) => ({
      ...{ session, person: 1, channel, campaign, started_at: `2025-01-0${session} 10:00:00` },
    });
    const visits = [
      visit(1, "email", "welcome"),
      visit(2, "email", "Welcome Flow"),
      visit(3, "email", "Win back"),
      visit(4, "paid social", "welcome"),
      visit(5, "email", "Spring letter"),
    ];
    for (const { session, person, channel, campaign, started_at } of visits) {
      await fixture.value(`INSERT INTO derived.sessions (session, person, channel, campaign, started_at)
        VALUES (${session}, ${person}, '${channel}', '${campaign}', TIMESTAMP '${started_at}') RETURNING session`);
    }
    const found = await fixture.derive("touchpoints");
    expect(found.map((row) => [row.campaign, row.automation, row.touch_class])).toEqual([
      ["welcome", "welcome", "automation"],
      ["Welcome Flow", "welcome", "automation"],
      ["Win back", "Win back", "automation"],
      ["welcome", null, "marketing"],
      ["Spring letter", null, "marketing"],
    ]);
    expect(found[0]?.tool).toBe("Mailer");
  });
});
