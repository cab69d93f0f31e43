import { describe, expect, it } from "vitest";
import { costDays } from "../../src/derive/cost-days.ts";
import { coverage } from "../../src/derive/coverage.ts";
import { eventDays } from "../../src/derive/event-days.ts";
import { refresh } from "../../src/derive/refresh.ts";
import { settingsSchema } from "../../src/ledger/settings.ts";
import { raw } from "../../src/sql/fragment.ts";
import { emptyLedger, record } from "./ledger.ts";

describe("coverage", () => {
  it("counts rows per day of the workspace's calendar, table and source", async () => {
    const store = await emptyLedger();
    const settings = settingsSchema.parse({ time_zone: "Asia/Kolkata" });
    await record(store, "events", [
      { kind: "page_viewed", occurred_at: "2025-01-01 18:29:59", source: "ga4/events" },
      { kind: "page_viewed", occurred_at: "2025-01-01 18:30:00", source: "ga4/events" },
      { kind: "page_viewed", occurred_at: "2025-01-01 23:00:00", source: "ga4/events" },
    ]);
    await record(store, "costs", [
      {
        from_day: "2025-01-01",
        to_day: "2025-01-02",
        amount: "3",
        currency: "EUR",
        source: "ads/costs",
      },
    ]);
    await refresh(store, settings, { tables: [eventDays, costDays, coverage] });
    const rows = await store.query(
      raw(`SELECT concat_ws(' ', day, table_name, data_source, rows, first_day, last_day) AS line
        FROM derived.coverage ORDER BY 1`),
    );
    expect(rows.map((row) => row.line)).toEqual([
      "2025-01-01 costs ads/costs 1 2025-01-01 2025-01-02",
      "2025-01-01 events ga4/events 1 2025-01-01 2025-01-02",
      "2025-01-02 costs ads/costs 1 2025-01-01 2025-01-02",
      "2025-01-02 events ga4/events 2 2025-01-01 2025-01-02",
    ]);
  });
});
