import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  bucketKey,
  buckets,
  daysBetween,
  offsetsBetween,
  startOfBucket,
  startOfDay,
  toLocalDay,
} from "../../src/ledger/calendar.ts";

const plain = { time_zone: "UTC", week_start: "monday", fiscal_year_start: 1 } as const;

describe("offsets of a zone", () => {
  it("finds the two changes of a year to the second", () => {
    expect(offsetsBetween("Europe/Berlin", "2025-01-01", "2026-01-01")).toEqual([
      { from: null, seconds: 3600 },
      { from: "2025-03-30T01:00:00Z", seconds: 7200 },
      { from: "2025-10-26T01:00:00Z", seconds: 3600 },
    ]);
  });

  it("knows half-hour zones and half-hour changes", () => {
    expect(offsetsBetween("Asia/Kolkata", "2025-01-01", "2026-01-01")).toEqual([
      { from: null, seconds: 19800 },
    ]);
    expect(offsetsBetween("Australia/Lord_Howe", "2025-01-01", "2025-06-01")).toEqual([
      { from: null, seconds: 39600 },
      { from: "2025-04-05T15:00:00Z", seconds: 37800 },
    ]);
  });

  it("knows changes of law", () => {
    expect(offsetsBetween("Europe/Istanbul", "2016-01-01", "2020-01-01")).toEqual([
      { from: null, seconds: 7200 },
      { from: "2016-03-27T01:00:00Z", seconds: 10800 },
    ]);
    expect(offsetsBetween("Asia/Pyongyang", "2014-01-01", "2019-01-01")).toEqual([
      { from: null, seconds: 32400 },
      { from: "2015-08-14T15:00:00Z", seconds: 30600 },
      { from: "2018-05-04T15:00:00Z", seconds: 32400 },
    ]);
  });
});

describe("days of a zone", () => {
  it("start at midnight, or where the clock jumps over midnight", () => {
    expect(startOfDay("Europe/Berlin", "2025-03-30")).toBe("2025-03-29T23:00:00Z");
    expect(startOfDay("Europe/Berlin", "2025-03-31")).toBe("2025-03-30T22:00:00Z");
    expect(startOfDay("America/Sao_Paulo", "2018-11-04")).toBe("2018-11-04T03:00:00Z");
    expect(startOfDay("Asia/Beirut", "2022-03-27")).toBe("2022-03-26T22:00:00Z");
    expect(toLocalDay("America/Sao_Paulo", "2018-11-04T02:59:59Z")).toBe("2018-11-03");
    expect(toLocalDay("America/Sao_Paulo", "2018-11-04T03:00:00Z")).toBe("2018-11-04");
  });

  it("can be left out altogether", () => {
    expect(startOfDay("Pacific/Apia", "2011-12-30")).toBe(startOfDay("Pacific/Apia", "2011-12-31"));
    const samoa = { ...plain, time_zone: "Pacific/Apia" };
    expect(buckets("day", "2011-12-29", "2012-01-01", samoa).map(({ key }) => key)).toEqual([
      "2011-12-29",
      "2011-12-31",
    ]);
  });

  it("are added and counted without a clock", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonths("2024-03-31", -13)).toBe("2023-02-28");
    expect(daysBetween("2024-01-01", "2025-01-01")).toBe(366);
  });
});

describe("buckets", () => {
  const keys = (...args: Parameters<typeof buckets>): readonly string[] =>
    buckets(...args).map(({ key }) => key);

  it("cut a period into whole weeks, months, quarters and years", () => {
    expect(keys("week", "2025-01-01", "2025-01-14", plain)).toEqual([
      "2024-12-30",
      "2025-01-06",
      "2025-01-13",
    ]);
    expect(keys("week", "2025-01-01", "2025-01-06", { ...plain, week_start: "sunday" })).toEqual([
      "2024-12-29",
      "2025-01-05",
    ]);
    expect(keys("month", "2025-01-31", "2025-03-01", plain)).toEqual(["2025-01-01", "2025-02-01"]);
    expect(keys("quarter", "2025-03-31", "2025-07-02", plain)).toEqual([
      "2025-01-01",
      "2025-04-01",
      "2025-07-01",
    ]);
    expect(keys("year", "2024-12-31", "2025-01-02", plain)).toEqual(["2024-01-01", "2025-01-01"]);
  });

  it("follow the fiscal year", () => {
    const april = { ...plain, fiscal_year_start: 4 };
    expect(startOfBucket("fiscal_year", "2025-03-31", april)).toBe("2024-04-01");
    expect(startOfBucket("fiscal_year", "2025-04-01", april)).toBe("2025-04-01");
    expect(startOfBucket("fiscal_quarter", "2025-03-31", april)).toBe("2025-01-01");
    const december = { ...plain, fiscal_year_start: 12 };
    expect(startOfBucket("fiscal_quarter", "2025-02-28", december)).toBe("2024-12-01");
    expect(startOfBucket("fiscal_quarter", "2025-03-01", december)).toBe("2025-03-01");
  });

  it("count the doubled hour twice and leave the missing one out", () => {
    const berlin = { ...plain, time_zone: "Europe/Berlin" };
    expect(buckets("hour", "2025-10-26", "2025-10-27", berlin)).toHaveLength(25);
    expect(buckets("hour", "2025-03-30", "2025-03-31", berlin)).toHaveLength(23);
    expect(keys("hour", "2025-10-26", "2025-10-27", berlin).slice(2, 4)).toEqual([
      "2025-10-26T00:00:00Z",
      "2025-10-26T01:00:00Z",
    ]);
    const kolkata = { ...plain, time_zone: "Asia/Kolkata" };
    expect(keys("hour", "2025-01-02", "2025-01-03", kolkata)[0]).toBe("2025-01-01T18:30:00Z");
  });

  it("name the engine's cells by the same keys", () => {
    expect(bucketKey("2025-10-26")).toBe("2025-10-26");
    expect(bucketKey("2025-10-26 01:00:00")).toBe("2025-10-26T01:00:00Z");
  });
});
