import { describe, expect, it } from "vitest";
import { dayNumber, usualRows } from "../../src/figures/usual-rows.ts";

/** Independent numbers below 1, the same ones for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A Poisson count (Knuth's multiplication method). */
function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
}

const first = dayNumber("2025-01-06");

/** A source with so many rows on each of its days; day 0 is a Monday. */
function sourceOf(rows: readonly number[]) {
  const history = new Map(rows.flatMap((count, day) => (count > 0 ? [[first + day, count]] : [])));
  const days = [...history.keys()];
  const dayText = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  return usualRows({
    source: "shop",
    firstDay: dayText(Math.min(...days)),
    lastDay: dayText(Math.max(...days)),
    rows: history,
    isRead: () => true,
  });
}

const without = (rows: readonly number[], ...days: readonly number[]) =>
  rows.map((count, day) => (days.includes(day) ? 0 : count));

describe("days without rows", () => {
  it("are missing in a report that has the same row every day, as soon as one lacks", () => {
    const report = sourceOf(without(Array<number>(60).fill(1), 30));
    expect(report.isUnlikely(first + 30, first + 31)).toBe(true);
  });

  it("are usual on weekdays on which nothing ever comes", () => {
    const office = sourceOf(Array.from({ length: 60 }, (_, day) => (day % 7 < 5 ? 20 : 0)));
    expect(office.logChanceOfNone(first + 12)).toBe(0);
    expect(office.isUnlikely(first + 12, first + 14)).toBe(false);
    expect(office.isUnlikely(first + 14, first + 15)).toBe(true);
  });

  it("have the chance of a Poisson count where rows come independently", () => {
    const random = randomOf(3);
    const chances = Array.from({ length: 40 }, () => {
      const shop = sourceOf(Array.from({ length: 364 }, () => poisson(4, random)));
      return shop.logChanceOfNone(first + 180);
    });
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    expect(mean).toBeGreaterThan(-4.4);
    expect(mean).toBeLessThan(-3.4);
  });

  it("are hardly ever called missing where they came about by chance", () => {
    const random = randomOf(7);
    let [days, called] = [0, 0];
    for (const mean of [0.1, 0.5, 1, 2, 4, 6, 10]) {
      for (let run = 0; run < 10; run += 1) {
        const rows = Array.from({ length: 364 }, () => poisson(mean, random));
        const shop = sourceOf(rows);
        const silent = rows.flatMap((count, day) => (count === 0 ? [first + day] : []));
        days += rows.length;
        called += silent.filter((day) => shop.isUnlikely(day, day + 1)).length;
      }
    }
    expect(called / days).toBeLessThan(0.001);
  });

  it("are missing where a busy source lacks them, also for weeks and at the end", () => {
    const random = randomOf(11);
    const rows = Array.from({ length: 200 }, () => poisson(30, random));
    const gap = Array.from({ length: 14 }, (_, day) => 100 + day);
    const shop = sourceOf(without(rows, 50, ...gap));
    expect(shop.isUnlikely(first + 50, first + 51)).toBe(true);
    for (const day of gap) expect(shop.isUnlikely(first + day, first + day + 1)).toBe(true);
    expect(shop.isUnlikely(first + 200, first + 201)).toBe(true);
  });

  it("leave a source alone that brings thirteen deals in a year, and find it ended after long", () => {
    const deals = sourceOf(Array.from({ length: 350 }, (_, day) => (day % 27 === 0 ? 1 : 0)));
    expect(deals.isUnlikely(first + 352, first + 366)).toBe(false);
    expect(deals.isUnlikely(first + 352, first + 800)).toBe(true);
  });

  it("tell nothing of a source that was heard for less than a month", () => {
    const fresh = sourceOf(Array<number>(14).fill(50));
    expect(fresh.isUnlikely(first + 14, first + 60)).toBe(false);
  });
});
