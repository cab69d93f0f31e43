import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportRejects } from "../../src/intake/export-rejects.ts";
import { importPath } from "../../src/intake/import.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { sources } from "../../src/sources/index.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyWorkspace, rowsOf } from "./raw-rows.ts";

let store: Store;
let folder: string;
beforeEach(async () => {
  store = await emptyWorkspace();
  folder = mkdtempSync(join(tmpdir(), "lastpenny-broken-"));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const bring = (path: string) =>
  importPath({ store, settings: defaultSettings, folder: null, clock: () => new Date(0) }, path);

const good = Array.from(
  { length: 30 },
  (_, index) => `e${index},2024-03-01,email_opened,p${index}@x.example,`,
);

describe("a file with broken records", () => {
  it.each([
    ["read by the engine", ""],
    ["rewritten first", 'e90,2024-03-01,email_opened,x@x.example,"open\n'],
  ])("%s names their physical lines, and takes them once they are corrected", async (_, quote) => {
    const text = [
      "id,occurred_at,kind,email,detail",
      'e50,2024-03-01,email_opened,a@x.example,"two\nlines"',
      "",
      "e51,2024-03-01",
      ...good,
      "e52,soon,email_opened,b@x.example,",
      "e53,2024-03-01,email_opened,c@x.example,d,e",
    ].join("\n");
    const report = await bring(write("events.csv", `${text}\n${quote}`));
    const broken = quote === "" ? 2 : 3;
    expect(report.files).toMatchObject([
      {
        kind: "loaded",
        receipt: { read: 32 + broken, taken: 31, repeated: 0, rejected: 1 + broken },
      },
    ]);
    const lines = await rowsOf(
      store,
      "SELECT line, reason FROM ledger.rejects WHERE code = 'broken_record' ORDER BY line",
    );
    expect(lines.slice(0, 2)).toEqual([
      { line: 5n, reason: "2 columns instead of 5" },
      { line: 37n, reason: "6 columns instead of 5" },
    ]);

    const [written] = await exportRejects(store, join(folder, "rejects"), sources);
    expect(written?.rows).toBe(1 + broken);
    const csv = readFileSync(written?.path ?? "", "utf8");
    expect(csv.split("\r\n")[1]).toBe(',,,,,5,,2 columns instead of 5,"e51,2024-03-01",1:5:broken');
    const untouched = await bring(written?.path ?? "");
    expect(untouched.files).toMatchObject([{ receipt: { taken: 0, rejected: 1 + broken } }]);
    const open = "SELECT count(*) AS n FROM ledger.rejects WHERE state = 'open'";
    expect(await rowsOf(store, open)).toEqual([{ n: BigInt(1 + broken) }]);

    writeFileSync(
      written?.path ?? "",
      csv
        .replace("e52,soon", "e52,2024-03-02")
        .replace(",,,,,5,", "e51,2024-03-01,email_opened,d@x.example,,5,"),
    );
    const corrected = await bring(written?.path ?? "");
    expect(corrected.files).toMatchObject([{ receipt: { taken: 2, rejected: broken - 1 } }]);
    expect(await rowsOf(store, open)).toEqual([{ n: BigInt(broken - 1) }]);
  });
});

describe("corrected rows of a source that needs whole groups", () => {
  it("are refused with what to do instead", async () => {
    const file = write(
      "rejects-shopify.csv",
      "Name,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Email,lastpenny_reject\n#1,paid,EUR,1,0,0,1,2025-03-03,1,Mug,1,a@x.example,1:1\n",
    );
    const report = await importPath(
      { store, settings: defaultSettings, folder: null, clock: () => new Date(0) },
      file,
      { as: "shopify/orders-export" },
    );
    expect(report.files).toMatchObject([
      {
        kind: "failed",
        error: {
          code: "mapping_invalid",
          message: expect.stringContaining("correct the original file and import it whole"),
        },
      },
    ]);
  });
});
