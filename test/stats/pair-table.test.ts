import { describe, expect, it } from "vitest";
import { PairTable } from "../../src/stats/pair-table.ts";
import { uniformStream } from "../../src/stats/random.ts";

describe("a table of pairs", () => {
  it("numbers them in the order in which they come, however many there are", () => {
    const uniform = uniformStream(2);
    const table = new PairTable();
    const known = new Map<string, number>();
    for (let at = 0; at < 60_000; at++) {
      const first = Math.floor(uniform() * 1000) - 1;
      const second = Math.floor(uniform() * 40) - 1;
      const number = known.get(`${first} ${second}`) ?? known.size;
      known.set(`${first} ${second}`, number);
      if (table.numberOf(first, second) !== number) expect.fail(`${first} ${second} at ${at}`);
    }
    expect(table.size).toBe(known.size);
    expect(known.size).toBeGreaterThan(20_000);
    for (const [pair, number] of known) {
      expect(`${table.firsts[number]} ${table.seconds[number]}`).toBe(pair);
    }
  });
});
