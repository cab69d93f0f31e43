import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ImportProgress, importPath } from "../../src/intake/import.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { emptyWorkspace, rowsOf } from "./raw-rows.ts";

let store: Store;
let folder: string;
let workspace: string;
beforeEach(async () => {
  store = await emptyWorkspace();
  folder = mkdtempSync(join(tmpdir(), "lastpenny-import-"));
  workspace = join(folder, "workspace");
  mkdirSync(join(folder, "exports"));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, "exports", name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
};
const context = () => ({
  store,
  settings: defaultSettings,
  folder: workspace,
  clock: () => new Date(0),
});

describe("importing a folder", () => {
  it("loads what it recognises and reports the rest, one unreadable file never stopping the others", async () => {
    write(
      "events.csv",
      "id,occurred_at,kind,email",
      "1,2024-03-01,email_opened,ann@x.example",
      "2,x,email_opened,",
    );
    writeFileSync(join(folder, "exports", "broken.xlsx"), "PK\u0003\u0004 not a workbook");
    write("stars.csv", "alpha,beta", "1,2");
    const progress: ImportProgress[] = [];
    const { files } = await importPath(context(), join(folder, "exports"), {
      onProgress: (one) => progress.push(one),
    });
    const kinds = files.map(({ file, kind }) => [basename(file), kind]).toSorted();
    expect(kinds).toEqual([
      ["broken.xlsx", "failed"],
      ["events.csv", "loaded"],
      ["stars.csv", "unknown"],
    ]);
    expect(files.find(({ kind }) => kind === "loaded")).toMatchObject({
      source: "template/events",
      receipt: { read: 2, taken: 1, repeated: 0, rejected: 1 },
    });
    expect(progress.map(({ step }) => step)).toContain("loading");
    const [row] = await rowsOf(store, "SELECT source, read, taken FROM ledger.loads");
    expect(row).toEqual({ source: "template/events", read: 2n, taken: 1n });
  });

  it("proposes a mapping for an unknown file and uses it once it is accepted", async () => {
    const path = write(
      "sales.csv",
      "Invoice No,Invoice Date,Amount,Currency,Customer Email",
      "A1,2024-03-01,12.50,EUR,ann@x.example",
      "A2,2024-03-02,7.50,EUR,bob@x.example",
    );
    const first = await importPath(context(), path);
    expect(first.files).toMatchObject([{ kind: "proposed" }]);
    const again = await importPath(context(), path);
    expect(again.files).toMatchObject([{ kind: "proposed" }]);
    const accepted = await importPath(context(), path, { accept: true });
    expect(accepted.files).toMatchObject([{ kind: "loaded", receipt: { read: 2, taken: 2 } }]);
    const known = await importPath(context(), path);
    expect(known.files).toMatchObject([{ kind: "loaded", receipt: { read: 2, repeated: 2 } }]);
  });

  it("knows the ids of sources and names near ones", async () => {
    const path = write("events.csv", "id,occurred_at,kind", "1,2024-03-01,call");
    await expect(importPath(context(), path, { as: "template/event" })).rejects.toMatchObject({
      code: "source_unknown",
      message: expect.stringContaining("template/events"),
    });
    const wrong = await importPath(context(), path, { as: "template/costs" });
    expect(wrong.files).toMatchObject([{ kind: "failed", error: { code: "mapping_invalid" } }]);
  });
});
