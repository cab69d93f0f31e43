import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addDays,
  bucketKey,
  buckets,
  type CalendarGrain,
  instantText,
  offsetsBetween,
  toLocalDay,
} from "../../src/ledger/calendar.ts";
import { bucketSql, localDaySql, localTimeSql } from "../../src/sql/calendar.ts";
import { identifier, join, literal, raw, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import type { Store } from "../../src/store/store.ts";

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Manila",
  "Asia/Beirut",
  "Europe/Istanbul",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Africa/Casablanca",
  "Asia/Shanghai",
  "Asia/Jakarta",
] as const;

const grains: readonly CalendarGrain[] = [
  "hour",
  "day",
  "week",
  "month",
  "quarter",
  "year",
  "fiscal_quarter",
  "fiscal_year",
];

const first = Date.UTC(2004, 0, 1);
const last = Date.UTC(2025, 11, 31);

describe("calendars compiled to SQL", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openDuckdb(":memory:");
  });
  afterAll(() => store.close());

  it("name the bucket that TypeScript names, at any instant, in any zone, at any grain", async () => {
    const seconds = fc.integer({ min: first / 1000, max: last / 1000 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.constantFrom(...grains),
        fc.constantFrom("monday" as const, "saturday" as const, "sunday" as const),
        fc.integer({ min: 1, max: 12 }),
        fc.array(seconds, { minLength: 1, maxLength: 20 }),
        async (time_zone, grain, week_start, fiscal_year_start, moments) => {
          const settings = { time_zone, week_start, fiscal_year_start };
          const offsets = offsetsBetween(time_zone, instantText(first), instantText(last));
          const rows = await store.query(sql`
            SELECT CAST(t AS VARCHAR) AS moment,
              CAST(${bucketSql(store.dialect, grain, identifier("t"), offsets, settings)} AS VARCHAR) AS bucket
            FROM (SELECT make_timestamp(unnest([${join(moments.map((moment) => raw(`${moment}000000`)))}])) AS t)`);
          for (const { moment, bucket } of rows) {
            const at = instantText(Date.parse(`${String(moment).replace(" ", "T")}Z`));
            const day = toLocalDay(time_zone, at);
            const expected = buckets(grain, day, addDays(day, 1), settings).find(
              ({ from, to }) => from <= at && at < to,
            );
            expect(bucketKey(String(bucket)), `${at} ${time_zone} ${grain}`).toBe(expected?.key);
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it.each(zones)("agree with the engine's own calendar of %s around every change", async (zone) => {
    const offsets = offsetsBetween(zone, instantText(first), instantText(last));
    const moments = offsets
      .map(({ from }) => Date.parse(from ?? "2010-06-01T00:00:00Z") * 1000)
      .flatMap((at) =>
        [-7_200_000_000, -1, 0, 1, 1_800_000_000, 86_400_000_000].map((by) => at + by),
      );
    const time = identifier("t");
    const rows = await store.query(sql`
      SELECT t FROM (SELECT make_timestamp(unnest([${join(moments.map((moment) => raw(String(moment))))}])) AS t)
      WHERE ${localTimeSql(store.dialect, time, offsets)} <> (t AT TIME ZONE 'UTC' AT TIME ZONE ${literal(zone)})
        OR ${localDaySql(store.dialect, time, offsets)} <> CAST(t AT TIME ZONE 'UTC' AT TIME ZONE ${literal(zone)} AS DATE)`);
    expect(rows).toEqual([]);
  });

  it("keep days before 1970 and unknown times", async () => {
    const offsets = offsetsBetween("Europe/Berlin", "1960-01-01", "1971-01-01");
    const rows = await store.query(sql`
      SELECT ${localDaySql(store.dialect, identifier("t"), offsets)} AS day FROM
        (VALUES (TIMESTAMP '1965-12-31 22:59:59'), (TIMESTAMP '1965-12-31 23:00:00'), (NULL)) AS v(t)`);
    expect(rows.map(({ day }) => day)).toEqual(["1965-12-31", "1966-01-01", null]);
  });

  it("stand in SELECT and GROUP BY alike", async () => {
    const offsets = offsetsBetween("Europe/Berlin", "2025-01-01", "2026-01-01");
    const month = bucketSql(store.dialect, "month", identifier("t"), offsets, {
      week_start: "monday",
      fiscal_year_start: 1,
    });
    const rows = await store.query(sql`
      SELECT ${month} AS month, count(*) AS n FROM (SELECT TIMESTAMP '2025-01-31 22:30:00' + to_hours(i) AS t
      FROM range(3) AS r(i)) GROUP BY ${month} ORDER BY 1`);
    expect(rows).toEqual([
      { month: "2025-01-01", n: 1n },
      { month: "2025-02-01", n: 2n },
    ]);
  });
});
