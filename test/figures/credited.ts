import { type AttributionModel, attributionModels } from "../../src/ledger/attribution.ts";
import { allocate } from "../../src/ledger/money.ts";
import type { SeedRow } from "./workspace.ts";

/** A touch of a seeded conversion. */
export interface SeededTouch {
  readonly at: string;
  readonly channel: string | null;
  readonly more?: SeedRow;
}

/** A conversion whose amounts are divided by hand. */
export interface SeededConversion {
  readonly conversion: string;
  readonly convertedAt: string;
  readonly touches: readonly SeededTouch[];
  /** In cents. */
  readonly entries: readonly {
    readonly kind: "sale" | "return" | "cost_of_goods";
    readonly at?: string;
    readonly cents: bigint;
  }[];
  readonly person?: number;
  readonly isCosted?: boolean;
  readonly isFirst?: boolean;
  readonly more?: SeedRow;
}

/** Weights of the touches by model; touches that are not named share equally. */
export type SeededWeights = Readonly<Partial<Record<AttributionModel, readonly number[]>>>;

const text = (units: bigint, digits: number) => {
  const sign = units < 0n ? "-" : "";
  const whole = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  return `${sign}${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
};

let entryNumber = 0;

function modelColumns(
  weights: SeededWeights,
  index: number,
  count: number,
  cents: bigint,
  isConversion: boolean,
): SeedRow {
  return Object.fromEntries(
    attributionModels.flatMap((model) => {
      const list = weights[model] ?? Array.from({ length: count }, () => 1);
      const credit = count === 0 ? cents : (allocate(cents, list)[index] ?? 0n);
      const share = count === 0 ? 1_000_000n : (allocate(1_000_000n, list)[index] ?? 0n);
      return [
        [`credit_${model}`, text(credit, 2)],
        [`share_${model}`, isConversion ? text(share, 6) : "0"],
      ];
    }),
  );
}

/**
 * Makes the rows of the table credits for a conversion, each amount divided by largest remainder.
 *
 * @param one the conversion
 * @param weights of its touches
 */
export function creditRows(one: SeededConversion, weights: SeededWeights = {}): readonly SeedRow[] {
  const { touches, conversion, convertedAt, isCosted = false, isFirst = false } = one;
  return one.entries.flatMap(({ kind, at = convertedAt, cents }, position) => {
    entryNumber += 1;
    const entry = {
      entry: entryNumber,
      conversion,
      converted_at: convertedAt,
      booked_at: at,
      entry_kind: kind,
      is_costed: isCosted,
      is_conversion: position === 0,
      is_first: isFirst,
      person: one.person ?? null,
      amount: text(cents, 2),
      currency: "EUR",
      stream: "product",
      touches: touches.length,
      data_source: "shopify/orders",
      ...one.more,
    };
    if (touches.length === 0)
      return [{ ...entry, ...modelColumns(weights, 0, 0, cents, position === 0) }];
    return touches.map((touch, index) => ({
      ...entry,
      touch: touchNumber(conversion, index),
      nth: index + 1,
      touched_at: touch.at,
      age_seconds: (Date.parse(`${convertedAt}Z`) - Date.parse(`${touch.at}Z`)) / 1000,
      touch_kind: "visit",
      touch_class: "marketing",
      is_paid: false,
      channel: touch.channel,
      ...touch.more,
      ...modelColumns(weights, index, touches.length, cents, position === 0),
    }));
  });
}

const touchNumbers = new Map<string, number>();

function touchNumber(conversion: string, index: number): number {
  const key = `${conversion} ${index}`;
  const known = touchNumbers.get(key) ?? touchNumbers.size + 1;
  touchNumbers.set(key, known);
  return known;
}

/**
 * Makes the journey of a conversion.
 *
 * @param one the conversion
 */
export function journeyRow(one: SeededConversion): SeedRow {
  const { touches, conversion, convertedAt, entries, isFirst = false } = one;
  const cents = entries
    .filter(({ kind }) => kind !== "cost_of_goods")
    .reduce((sum, entry) => sum + entry.cents, 0n);
  return {
    journey: touchNumber(conversion, -1),
    conversion,
    ended_at: convertedAt,
    is_converted: true,
    is_first: isFirst,
    value: text(cents, 2),
    path: touches.length > 0 ? touches.map(({ channel }) => channel).join(" > ") : null,
    touches: touches.length,
    first_touched_at: touches[0]?.at ?? null,
    last_touched_at: touches.at(-1)?.at ?? null,
    first_channel: touches[0]?.channel ?? null,
    last_channel: touches.at(-1)?.channel ?? null,
    data_source: "shopify/orders",
  };
}

/**
 * Makes the lines of revenue that the entries of a conversion come from.
 *
 * @param one the conversion
 */
export function lineRows(one: SeededConversion): readonly SeedRow[] {
  return one.entries
    .filter(({ kind }) => kind !== "cost_of_goods")
    .map(({ kind, at = one.convertedAt, cents }, index) => ({
      order: one.conversion,
      row_key: touchNumber(`${one.conversion} line`, index),
      booked_at: at,
      line_type: kind === "sale" ? "sale" : "refund",
      amount: text(cents, 2),
      original_amount: text(cents, 2),
      currency: "EUR",
      stream: "product",
      data_source: "shopify/orders",
    }));
}
