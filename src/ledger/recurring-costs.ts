import { z } from "zod";
import { LastpennyError } from "../errors.ts";
import { addDays, addMonths, daysBetween } from "./calendar.ts";
import { divideHalfEven, multiply, parseExact, unitsToText } from "./exact.ts";
import { isCurrency } from "./money.ts";
import { costKinds } from "./tables/spend.ts";

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "a day, such as 2025-01-01")
  .refine(
    (text) => !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text,
    "a day that exists",
  );

const decimal = z
  .union([z.string().regex(/^\d+(\.\d+)?$/), z.number().nonnegative().transform(String)])
  .describe("a decimal number, such as 900 or 0.6");

/** A cost that comes again every month, quarter or year, as `lastpenny.yaml` holds it; `to` is its last day. */
export const recurringCostSchema = z.strictObject({
  kind: z.enum(costKinds),
  /** Amount of one period; for staff the yearly cost of one full-time position. */
  amount: decimal,
  currency: z.string().refine(isCurrency, "an ISO 4217 code in capitals, such as EUR").optional(),
  every: z.enum(["month", "quarter", "year", "once"]).default("month"),
  /** Share of full-time positions by which the amount is multiplied. */
  fte: decimal.optional(),
  from: day.optional(),
  to: day.optional(),
  tool: z.string().optional(),
  automation: z.string().optional(),
  channel: z.string().optional(),
  campaign: z.string().optional(),
  note: z.string().optional(),
});

/** A recurring cost. */
export type RecurringCost = z.output<typeof recurringCostSchema>;

/** A row of the ledger's table of costs, without the columns that intake fills. */
export interface CostRow {
  /** Natural key: which entry, and which first day. */
  readonly id: string;
  readonly from_day: string;
  readonly to_day: string;
  readonly kind: string;
  /** Exact decimal text with six decimals. */
  readonly amount: string;
  readonly currency: string;
  readonly tool: string | null;
  readonly automation: string | null;
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly note: string | null;
}

const sentence =
  /^(?<kind>\w+)\s+(?:(?<fte>\d+(?:\.\d+)?)\s*fte\s+at\s+)?(?<amount>\d[\d,]*(?:\.\d+)?)\s*(?<currency>[A-Z]{3})?\s*(?:\/\s*|per\s+|a\s+)?(?<every>month(?:ly)?|quarter(?:ly)?|year(?:ly)?|annual(?:ly)?|once)?(?:\s+from\s+(?<from>\S+))?(?:\s+to\s+(?<to>\S+))?(?:\s+for\s+(?<tool>.+))?$/i;

const periods: Readonly<Record<string, RecurringCost["every"]>> = {
  month: "month",
  monthly: "month",
  quarter: "quarter",
  quarterly: "quarter",
  year: "year",
  yearly: "year",
  annual: "year",
  annually: "year",
  once: "once",
};

/**
 * Reads a recurring cost: an object of {@link recurringCostSchema}, or a sentence such as
 * "licence 900 EUR monthly from 2025-01-01 for HubSpot" or "staff 0.6 FTE at 62,000/year".
 *
 * @param entry as it stands in the settings or on the command line
 * @throws LastpennyError `cost_invalid`
 */
export function parseRecurringCost(entry: unknown): RecurringCost {
  const given = typeof entry === "string" ? wordsOf(entry) : entry;
  const parsed = recurringCostSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new LastpennyError(
      "cost_invalid",
      `recurring cost, ${issue?.path.join(".") || "entry"}: ${issue?.message ?? "not understood"}: ${JSON.stringify(entry)}`,
      { entry: JSON.stringify(entry) },
    );
  }
  const { from, to } = parsed.data;
  if (from && to && to < from) {
    throw new LastpennyError(
      "cost_invalid",
      `recurring cost ends before it starts: ${from} to ${to}`,
    );
  }
  return parsed.data;
}

function wordsOf(entry: string): object {
  const words = sentence.exec(entry.trim())?.groups;
  if (!words) {
    throw new LastpennyError(
      "cost_invalid",
      `recurring cost not understood: ${entry}: write it like "licence 900 EUR monthly from 2025-01-01" or "staff 0.6 FTE at 62,000/year"`,
    );
  }
  const { kind = "", fte, amount = "", currency, every, from, to, tool } = words;
  const period = every ? periods[every.toLowerCase()] : fte ? "year" : "month";
  const known = {
    kind: kind.toLowerCase(),
    amount: amount.replaceAll(",", ""),
    every: period,
    fte,
    from,
    to,
    tool,
  };
  const given = Object.entries({ ...known, currency: currency?.toUpperCase() });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** What expanding a cost needs to know of the workspace. */
export interface CostSpan {
  /** First day of entries that name none. */
  readonly since: string;
  /** Last day that is filled, included. */
  readonly until: string;
  /** Currency of entries that name none. */
  readonly currency: string;
}

const periodMonths = { month: 1, quarter: 3, year: 12 } as const;

/**
 * Returns the rows of a recurring cost, one for each calendar month of each of its periods. A period starts on the
 * entry's first day and every month (quarter, year) after; its amount is spread over its days in millionths, the
 * earlier days taking what is left over, so that the rows of a whole period add up to its amount exactly. What lies
 * after `to` or `until` is left out: a row never changes when `until` moves on, except the last.
 *
 * @param cost the entry
 * @param span first and last day, currency
 */
export function expandRecurringCost(cost: RecurringCost, span: CostSpan): readonly CostRow[] {
  const from = cost.from ?? span.since;
  const last = earlierOf(cost.to ?? span.until, span.until);
  const currency = cost.currency ?? span.currency;
  const amount = multiply(parseExact(cost.amount), parseExact(cost.fte ?? "1"));
  const exact = multiply(amount, parseExact("1000000"));
  const micros = divideHalfEven(exact.numerator, exact.denominator);
  const rows: CostRow[] = [];
  for (let index = 0; ; index += 1) {
    const [start, next] = periodOf(cost, from, index);
    if (start > last || next <= start) break;
    rows.push(...monthsOf(cost, { start, next, last, micros, currency }));
    if (cost.every === "once") break;
  }
  return rows;
}

/** First day of the nth period and the day after its last; a single cost runs from its first to its last day. */
function periodOf(cost: RecurringCost, from: string, index: number): readonly [string, string] {
  if (cost.every === "once") return [from, addDays(cost.to ?? from, 1)];
  const months = periodMonths[cost.every];
  return [addMonths(from, index * months), addMonths(from, (index + 1) * months)];
}

interface Period {
  readonly start: string;
  readonly next: string;
  readonly last: string;
  readonly micros: bigint;
  readonly currency: string;
}

function monthsOf(cost: RecurringCost, period: Period): readonly CostRow[] {
  const days = BigInt(daysBetween(period.start, period.next));
  const upTo = (day: string): bigint => {
    const passed = BigInt(daysBetween(period.start, day));
    const left = period.micros % days;
    return (period.micros / days) * passed + (passed < left ? passed : left);
  };
  const end = earlierOf(addDays(period.last, 1), period.next);
  const rows: CostRow[] = [];
  for (let day = period.start; day < end; ) {
    const nextMonth = addMonths(`${day.slice(0, 7)}-01`, 1);
    const next = earlierOf(nextMonth, end);
    const amount = unitsToText(upTo(next) - upTo(day), 6);
    rows.push(rowOf(cost, { from: day, next, amount, currency: period.currency }));
    day = next;
  }
  return rows;
}

function rowOf(
  cost: RecurringCost,
  part: {
    readonly from: string;
    readonly next: string;
    readonly amount: string;
    readonly currency: string;
  },
): CostRow {
  const parties = [cost.tool, cost.automation, cost.channel, cost.campaign, cost.note];
  const identity = [
    cost.kind,
    cost.amount,
    cost.fte,
    cost.every,
    cost.from,
    cost.currency,
    ...parties,
  ];
  return {
    id: `${identity.map((value) => value ?? "").join("|")}@${part.from}`,
    from_day: part.from,
    to_day: addDays(part.next, -1),
    kind: cost.kind,
    amount: part.amount,
    currency: part.currency,
    tool: cost.tool ?? null,
    automation: cost.automation ?? null,
    channel: cost.channel ?? null,
    campaign: cost.campaign ?? null,
    note: cost.note ?? null,
  };
}

function earlierOf(day: string, other: string): string {
  return [day, other].toSorted()[0] ?? day;
}
