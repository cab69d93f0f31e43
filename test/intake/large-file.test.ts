import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refresh } from "../../src/derive/refresh.ts";
import { importPath } from "../../src/intake/import.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyWorkspace, rowsOf } from "./raw-rows.ts";

/** More than both threads of the engine read at a time. */
const count = 260_000;
const padding = "x".repeat(200);

/** Every fifty-thousandth amount is none, and the first deal comes once more at the end with another amount. */
function dealsFile(): string {
  const lines = ["deal,state,created_at,amount,currency,name"];
  for (let row = 1; row < count; row += 1) {
    const amount = row % 50_000 === 0 ? `none of ${row}` : "1.00";
    lines.push(`${row},open,2025-01-05T10:00:00Z,${amount},EUR,${padding}`);
  }
  lines.push(`1,open,2025-01-05T10:00:00Z,2.00,EUR,${padding}`);
  return `${lines.join("\n")}\n`;
}

let store: Store;
let folder: string;
beforeEach(async () => {
  store = await emptyWorkspace();
  folder = mkdtempSync(join(tmpdir(), "lastpenny-large-"));
  writeFileSync(join(folder, "deals.csv"), dealsFile());
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const rejectedRows = [1, 2, 3, 4, 5].map((nth) => nth * 50_000);

describe("a file that several threads read", () => {
  it.each([false, true])(
    "keeps the order of its lines (after a refresh: %s)",
    async (isAfter) => {
      if (isAfter) await refresh(store, defaultSettings);
      const context = { store, settings: defaultSettings, folder };
      const { files } = await importPath(context, join(folder, "deals.csv"), {
        as: "template/deals",
      });
      expect(files).toMatchObject([{ receipt: { read: count, rejected: 5, repeated: 1 } }]);
      expect(
        await rowsOf(
          store,
          "SELECT line, regexp_extract(raw, 'none of [0-9]+') AS value FROM ledger.rejects ORDER BY line",
        ),
      ).toEqual(rejectedRows.map((row) => ({ line: BigInt(row), value: `none of ${row}` })));
      expect(await rowsOf(store, "SELECT amount FROM ledger.deals WHERE deal = '1'")).toEqual([
        { amount: "2.000000" },
      ]);
    },
    60_000,
  );
});
