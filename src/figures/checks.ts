import { literal, type Sql, sql } from "../sql/fragment.ts";
import type { Cell, Row, Store } from "../store/store.ts";

/** What is compared. */
export type CheckCode =
  | "load_adds_up"
  | "rejects_kept"
  | "line_derived"
  | "revenue_by_month"
  | "revenue_counts_or_is_excluded"
  | "orders_are_lines"
  | "cost_spread"
  | "header_is_lines"
  | "credits_are_ledger"
  | "entry_divided"
  | "shares_add_up"
  | "costs_by_channel";

/** One comparison of two numbers that have to be the same. */
export interface Check {
  readonly code: CheckCode;
  /** What it is about: load, currency, stream, month, order … */
  readonly about: Readonly<Record<string, string>>;
  readonly expected: string;
  readonly found: string;
  readonly ties: boolean;
}

/** At most so many failures of one kind are listed; all are counted. */
const mostListed = 100;

/** What one kind of check found. */
export interface Checked {
  readonly code: CheckCode;
  readonly made: number;
  readonly failed: number;
  readonly listed: readonly Check[];
}

/**
 * Returns checks of few rows, all of which were compared here.
 *
 * @param code what was compared
 * @param checks the comparisons
 * @param isListed also those that tie
 */
export function compared(code: CheckCode, checks: readonly Check[], isListed = false): Checked {
  const failures = checks.filter(({ ties }) => !ties);
  return {
    code,
    made: checks.length,
    failed: failures.length,
    listed: isListed ? checks : failures.slice(0, mostListed),
  };
}

/**
 * Checks of many rows, of which the engine returns the first that fail.
 *
 * @param store the engine
 * @param code what is compared
 * @param asked every: a query with one row per comparison; failing the condition under which one fails; about: columns that say what it is about
 */
export async function failuresOf(
  store: Store,
  code: CheckCode,
  {
    every,
    failing,
    about,
  }: { readonly every: Sql; readonly failing: Sql; readonly about: readonly string[] },
): Promise<Checked> {
  const [counted] = await store.query(
    sql`SELECT count(*) AS made, ${store.dialect.countWhen(failing)} AS failed FROM (${every}) AS every`,
  );
  const failed = Number(counted?.failed ?? 0);
  const rows =
    failed === 0
      ? []
      : await store.query(
          sql`SELECT * FROM (${every}) AS every WHERE ${failing} ORDER BY 1, 2 LIMIT ${literal(mostListed)}`,
        );
  return {
    code,
    made: Number(counted?.made ?? 0),
    failed,
    listed: rows.map((row) => ({ ...checkOf(code, row, about), ties: false })),
  };
}

/** A cell as text; – where there is none. */
export const cellText = (cell: Cell | undefined) =>
  cell === null || cell === undefined ? "–" : String(cell);

/**
 * Returns two cells as a check; they tie when their texts are the same.
 *
 * @param code what is compared
 * @param row with the columns expected and found
 * @param about columns that say what it is about
 */
export function checkOf(code: CheckCode, row: Row, about: readonly string[]): Check {
  const [expected, found] = [cellText(row.expected), cellText(row.found)];
  return {
    code,
    about: Object.fromEntries(about.map((name) => [name, cellText(row[name])])),
    expected,
    found,
    ties: expected === found,
  };
}
