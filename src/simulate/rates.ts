import { divideHalfEven, unitsToText } from "../ledger/exact.ts";
import type { Calendar } from "./calendar.ts";
import { integer, randomStream } from "./random.ts";

/** Why an amount cannot be converted. */
type Exclusion = "currency_unknown" | "rate_missing";

/** The dated rates of a run, in millionths of EUR for one unit. */
export interface Rates {
  /** Rows for the rates file: day text, currency, rate text. */
  readonly rows: readonly {
    readonly day: string;
    readonly currency: string;
    readonly rate: string;
  }[];
  /** First and last day index without a rate of the currency with a gap. */
  readonly gap: { readonly currency: string; readonly from: number; readonly to: number };
  /** Converts millionths into cents of EUR, half-even, at the day's rate or the latest of seven days before. */
  readonly toEuro: (micros: bigint, currency: string, day: number) => bigint | Exclusion;
}

const starts: readonly (readonly [currency: string, micros: number])[] = [
  ["GBP", 1_171_200],
  ["JPY", 6_180],
];

/** Days back that a rate may be taken from. */
const reach = 7;

/**
 * Returns the rates of a period: a slow random walk on working days, none at weekends, with one gap in JPY that is
 * longer than a rate may be carried forward.
 *
 * @param seed the run's seed
 */
export function makeRates(seed: number, calendar: Calendar): Rates {
  const gapFrom = Math.floor(calendar.days * 0.55);
  const gap = { currency: "JPY", from: gapFrom, to: gapFrom + 11 };
  const byCurrency = new Map<string, (bigint | undefined)[]>();
  const rows: { day: string; currency: string; rate: string }[] = [];
  for (const [currency, start] of starts) {
    const random = randomStream(seed, "rates", currency);
    const series: (bigint | undefined)[] = [];
    let micros = start;
    for (let day = 0; day < calendar.days; day += 1) {
      micros += integer(random, -3, 3) * Math.max(1, Math.round(start / 1500));
      const weekday = (calendar.firstDay + day + 4) % 7;
      const inGap = currency === gap.currency && day >= gap.from && day <= gap.to;
      const isOpen = day === 0 || (weekday !== 0 && weekday !== 6);
      if (!isOpen || inGap) continue;
      series[day] = BigInt(micros);
      rows.push({
        day: calendar.dayTexts[day] ?? "",
        currency,
        rate: unitsToText(BigInt(micros), 6),
      });
    }
    byCurrency.set(currency, series);
  }
  return {
    rows,
    gap,
    toEuro: (micros, currency, day) => convert(byCurrency, micros, currency, day),
  };
}

function convert(
  byCurrency: ReadonlyMap<string, readonly (bigint | undefined)[]>,
  micros: bigint,
  currency: string,
  day: number,
): bigint | Exclusion {
  if (currency === "EUR") return divideHalfEven(micros, 10_000n);
  const series = byCurrency.get(currency);
  if (!series) return "currency_unknown";
  for (let back = 0; back <= reach; back += 1) {
    const rate = series[day - back];
    if (rate !== undefined) return divideHalfEven(micros * rate, 10_000_000_000n);
  }
  return "rate_missing";
}
