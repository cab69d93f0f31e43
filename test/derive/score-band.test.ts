import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import { seededWorkspace } from "../figures/workspace.ts";
import { type Fixture, openFixture } from "./ledger-fixture.ts";

describe("bands of lead scores", () => {
  let ledger: Fixture;
  beforeAll(async () => {
    ledger = await openFixture();
  });
  afterAll(() => ledger.store.close());

  it("take their lower limit in, are the person's everywhere, and need a score", async () => {
    const scores = [-1, 0, 19.9, 20, 59, 60, 80, 100, 100.5, null];
    await ledger.add(
      "people",
      scores.map((score, index) => ({
        identity: index + 1,
        created_at: "2025-03-01 00:00:00",
        stage: "lead",
        score,
      })),
    );
    await ledger.add("orders", [
      {
        order: "1",
        line_type: "sale",
        booked_at: "2025-03-05 00:00:00",
        amount: "10",
        currency: "EUR",
        identity: 4,
      },
    ]);
    const bandsOf = async (table: "people" | "stage_entries" | "funnel") =>
      (await ledger.derive(table))
        .filter(({ stage }) => stage !== "customer")
        .map(({ person, score_band }) => [Number(person), score_band] as const)
        .sort(([a], [b]) => a - b)
        .map(([, band]) => band);
    const bands = ["below 0", "0-20", "0-20", "20-40", "40-60", "60-80", "80-100", "80-100"];
    expect(await bandsOf("people")).toEqual([...bands, "over 100", null]);
    await ledger.compute("revenue_lines");
    await ledger.compute("purchases");
    expect(await ledger.derive("customers")).toMatchObject([{ person: 4n, score_band: "20-40" }]);
    expect(await bandsOf("stage_entries")).toEqual([...bands, "over 100", null]);
    expect(await bandsOf("funnel")).toEqual([...bands, "over 100", null]);
  });

  it("show whether higher scores convert more, by period and by cohort", async () => {
    const lead = (person: number, score_band: string, customer: string | null) => ({
      person,
      score_band,
      lead_at: "2025-03-01 00:00:00",
      customer_at: customer,
    });
    const context = await seededWorkspace({
      funnel: [
        lead(1, "0-20", null),
        lead(2, "0-20", null),
        lead(3, "80-100", "2025-03-05 00:00:00"),
        lead(4, "80-100", "2025-05-05 00:00:00"),
      ],
      customers: [{ person: 3, first_at: "2025-03-05 00:00:00", score_band: "80-100" }],
    });
    const rates = async (basis: "period" | "cohort") => {
      const { figures } = await answer(context, {
        metrics: ["lead_to_customer_rate"],
        by: ["score_band"],
        from: "2025-03-01",
        to: "2025-04-01",
        basis,
      });
      return figures.map(({ group, value }) => [group.score_band, value]);
    };
    expect(await rates("period")).toEqual([
      [undefined, "0.25"],
      ["80-100", "0.5"],
      ["0-20", "0"],
    ]);
    expect(await rates("cohort")).toEqual([
      [undefined, "0.5"],
      ["80-100", "1"],
      ["0-20", "0"],
    ]);
    await context.store.close();
  });
});
