import { createHash } from "node:crypto";
import { join, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";

/** What the last refresh saw, by name: definitions, inputs, premises, the last instant of the ledger. */
export type DeriveState = ReadonlyMap<string, string>;

/**
 * Returns what the last refresh saw; nothing when there was none.
 *
 * @param store the workspace
 */
export async function readState(store: Store): Promise<DeriveState> {
  await store.run(sql`CREATE TABLE IF NOT EXISTS derived.state (name VARCHAR, value VARCHAR)`);
  const rows = await store.query(sql`SELECT name, value FROM derived.state`);
  return new Map(rows.map((row) => [String(row.name), String(row.value)]));
}

/**
 * Replaces what the last refresh saw.
 *
 * @param store the workspace
 * @param state all names with their values
 */
export async function writeState(store: Store, state: DeriveState): Promise<void> {
  await store.run(sql`DELETE FROM derived.state`);
  const rows = [...state].map(([name, value]) => sql`(${name}, ${value})`);
  if (rows.length > 0) await store.run(sql`INSERT INTO derived.state VALUES ${join(rows)}`);
}

/**
 * Returns a short text that differs when the given one does.
 *
 * @param text any text
 */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
