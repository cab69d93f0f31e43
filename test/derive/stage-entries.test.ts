import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { raw } from "../../src/sql/fragment.ts";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

describe("stages, funnel and opportunities", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  beforeEach(() => ledger.clear());
  afterAll(() => ledger.store.close());

  const stages = async (settings = {}): Promise<readonly unknown[]> =>
    (await ledger.derive("stage_entries", settings)).map(
      ({ person, stage, entered_at, is_first }) => [person, stage, entered_at, is_first],
    );

  it("are those that sources state, in order, with the time spent in each", async () => {
    await ledger.add("stages", [
      { identity: 1, stage: "lead", entered_at: "2025-03-01 00:00:00" },
      { identity: 1, stage: "mql", entered_at: "2025-03-02 00:00:00", score: 50 },
      { identity: 1, stage: "lead", entered_at: "2025-03-05 00:00:00" },
      { identity: 1, stage: "mql", entered_at: "2025-03-02 00:00:00", source: "other/stages" },
    ]);
    const rows = await ledger.derive("stage_entries");
    expect(
      rows.map(({ stage, is_first, next_stage, seconds_in_stage }) => [
        stage,
        is_first,
        next_stage,
        seconds_in_stage,
      ]),
    ).toEqual([
      ["lead", true, "mql", 86_400],
      ["mql", true, "lead", 259_200],
      ["lead", false, null, null],
    ]);
  });

  it("follow from people, deals and orders where nobody states them earlier", async () => {
    await ledger.add("people", [
      { identity: 1, created_at: "2025-01-01 00:00:00", stage: "mql" },
      { identity: 2, created_at: "2025-01-02 00:00:00", stage: "subscriber" },
      { identity: 3, created_at: "2025-01-03 00:00:00" },
    ]);
    await ledger.add("deals", [
      {
        deal: "d",
        identity: 1,
        state: "won",
        created_at: "2025-02-01 00:00:00",
        closed_at: "2025-03-01 00:00:00",
        amount: "5",
        currency: "EUR",
      },
    ]);
    await ledger.add("stages", [
      { identity: 1, stage: "opportunity", entered_at: "2025-01-15 00:00:00" },
      { identity: 4, stage: "sql", entered_at: "2025-01-16 00:00:00" },
    ]);
    expect(await stages()).toEqual([
      [1n, "lead", "2025-01-01 00:00:00", true],
      [2n, "subscriber", "2025-01-02 00:00:00", true],
      [1n, "opportunity", "2025-01-15 00:00:00", true],
      [4n, "lead", "2025-01-16 00:00:00", true],
      [4n, "sql", "2025-01-16 00:00:00", true],
      [1n, "customer", "2025-03-01 00:00:00", true],
    ]);
  });

  it("call a lead an MQL from the score that the workspace sets, unless a source decides", async () => {
    await ledger.add("stages", [
      { identity: 1, stage: "lead", entered_at: "2025-03-01 00:00:00", score: 10 },
      { identity: 1, stage: "lead", entered_at: "2025-03-03 00:00:00", score: 80 },
      { identity: 2, stage: "lead", entered_at: "2025-03-01 00:00:00", score: 90 },
      { identity: 2, stage: "mql", entered_at: "2025-03-09 00:00:00" },
    ]);
    const mqls = (await ledger.derive("stage_entries", { mql_score: 70 })).filter(
      ({ stage }) => stage === "mql",
    );
    expect(mqls.map(({ person, entered_at }) => [person, entered_at])).toEqual([
      [1n, "2025-03-03 00:00:00"],
      [2n, "2025-03-09 00:00:00"],
    ]);
  });

  it("make one funnel row per person, with the first follow-up after the lead", async () => {
    await ledger.add("stages", [
      {
        identity: 1,
        stage: "lead",
        entered_at: "2025-03-01 10:00:00",
        utm_source: "google",
        utm_medium: "cpc",
      },
      { identity: 1, stage: "customer", entered_at: "2025-03-02 10:00:00" },
    ]);
    await ledger.store.run(
      raw(`INSERT INTO derived.interactions (occurred_at, kind, person, row_key) VALUES
        ('2025-03-01 09:00:00', 'call', 1, 1), ('2025-03-01 10:30:00', 'sales_email', 1, 2), ('2025-03-01 11:00:00', 'meeting', 1, 3)`),
    );
    await ledger.store.run(
      raw(`INSERT INTO derived.sessions (session, person, started_at, page_views, machine) VALUES
        (1, 1, '2025-02-28 08:00:00', 1, NULL), (2, 5, '2025-02-28 09:00:00', 1, NULL), (3, 6, '2025-02-28 09:00:00', 1, 'bot')`),
    );
    await ledger.compute("stage_entries");
    const rows = await ledger.derive("funnel");
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      person: 1n,
      visitor_at: "2025-02-28 08:00:00",
      lead_at: "2025-03-01 10:00:00",
      follow_up_seconds: 1800,
      lead_to_customer_seconds: 86_400,
      channel: "paid search",
    });
    expect(rows[1]).toMatchObject({ person: 5n, lead_at: null, channel: "unknown" });
  });

  it("convert a closed deal at the rate of the day it closed, an open one at that of its creation", async () => {
    await ledger.add("rates", [
      { day: "2025-03-01", currency: "USD", base: "EUR", rate: "0.5" },
      { day: "2025-03-20", currency: "USD", base: "EUR", rate: "0.25" },
    ]);
    const deal = { amount: "100", currency: "USD", created_at: "2025-03-01 12:00:00" };
    await ledger.add("deals", [
      { ...deal, deal: "1", state: "won", closed_at: "2025-03-20 12:00:00", account: 90 },
      { ...deal, deal: "2", state: "open" },
      { ...deal, deal: "3", state: "lost", closed_at: "2025-05-01 12:00:00" },
      { ...deal, deal: "4", state: "open", amount: null },
    ]);
    await ledger.add("accounts", [{ account: 90, industry: "retail" }]);
    const rows = await ledger.derive("opportunities");
    expect(
      rows.map(({ deal, amount, excluded, cycle_seconds, industry }) => [
        deal,
        amount,
        excluded,
        cycle_seconds,
        industry,
      ]),
    ).toEqual([
      ["1", "25.000000", null, 19 * 86_400, "retail"],
      ["2", "50.000000", null, null, null],
      ["3", null, "rate_missing", 61 * 86_400, null],
      ["4", null, null, null, null],
    ]);
  });
});
