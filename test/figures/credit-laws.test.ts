import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer } from "../../src/figures/answer.ts";
import { attributionTable } from "../../src/figures/attribution-table.ts";
import type { FiguresContext } from "../../src/figures/context.ts";
import { compareModels } from "../../src/figures/models-compared.ts";
import { creditOf } from "../../src/figures/order-credit.ts";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { add, parseExact, zero } from "../../src/ledger/exact.ts";
import { creditRows, lineRows, type SeededConversion, type SeededWeights } from "./credited.ts";
import { seededWorkspace } from "./workspace.ts";

const march = { from: "2025-03-01", to: "2025-04-01" } as const;

const touch = fc.record({
  day: fc.integer({ min: 1, max: 27 }),
  channel: fc.constantFrom("email", "paid search", "direct", "display"),
});
const conversion = fc.record({
  touches: fc.array(touch, { maxLength: 5 }),
  cents: fc.bigInt({ min: 0n, max: 100_000n }),
  returned: fc.bigInt({ min: 0n, max: 5_000n }),
  weights: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 5, maxLength: 5 }),
});

interface Drawn {
  readonly touches: readonly { readonly day: number; readonly channel: string }[];
  readonly cents: bigint;
  readonly returned: bigint;
  readonly weights: readonly number[];
}

function seeded(one: Drawn, index: number): [SeededConversion, SeededWeights] {
  const made: SeededConversion = {
    conversion: `order ${index}`,
    convertedAt: "2025-03-28 10:00:00",
    touches: one.touches.map(({ day, channel }) => ({
      at: `2025-03-${String(day).padStart(2, "0")} 10:00:00`,
      channel,
    })),
    entries: [
      { kind: "sale", cents: one.cents },
      { kind: "return", cents: -one.returned },
    ],
  };
  return [made, { time_decay: one.weights.slice(0, one.touches.length) }];
}

/** What the orders brought, and what their touches earned, one order after the other. */
async function sumsOf(context: FiguresContext, orders: readonly string[]) {
  let sums = { orders: zero, credited: zero };
  for (const order of orders) {
    const [one] = (await creditOf(context, order)).conversions;
    const touches = (one?.touches ?? []).map(({ credit }) =>
      parseExact(credit.time_decay.amount ?? "0"),
    );
    sums = {
      orders: add(sums.orders, parseExact(one?.amount ?? "0")),
      credited: touches.reduce(add, sums.credited),
    };
  }
  return sums;
}

describe("credits of any ledger", () => {
  it("add up to the ledger under every model, in answers, tables, comparisons and single orders alike", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(conversion, { minLength: 1, maxLength: 6 }), async (drawn) => {
        const made = drawn.map(seeded);
        const drawnContext = await seededWorkspace({
          credits: made.flatMap(([one, of]) => creditRows(one, of)),
          revenue_lines: made.flatMap(([one]) => lineRows(one)),
        });
        try {
          const ledger = (await answer(drawnContext, { ...march, metrics: ["revenue"] })).figures[0]
            ?.value;
          const compared = await compareModels(drawnContext, march, "channel");
          for (const model of attributionModels) expect(compared.total[model]).toBe(ledger);
          const table = await attributionTable(
            drawnContext,
            { ...march, attribution: { model: "time_decay" } },
            "channel",
          );
          expect([table.sum, table.ties]).toEqual([ledger, true]);
          const sums = await sumsOf(
            drawnContext,
            made.map(([one]) => one.conversion),
          );
          expect(sums.orders).toEqual(parseExact(ledger ?? "0"));
          expect(sums.credited).toEqual(parseExact(table.total.credit.value ?? "0"));
        } finally {
          await drawnContext.store.close();
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
