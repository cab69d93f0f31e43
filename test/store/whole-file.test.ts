import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { readIfThere, writeWhole } from "../../src/store/whole-file.ts";

const fresh = () => join(mkdtempSync(join(tmpdir(), "lastpenny-whole-")), "kept.json");

describe("a small file", () => {
  it("that is not there has no text", () => {
    expect(readIfThere(fresh())).toBeNull();
  });

  it("is readable by its owner alone unless said otherwise, and leaves nothing beside it", () => {
    const path = fresh();
    writeWhole(path, "one");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeWhole(path, "two", 0o644);
    expect(statSync(path).mode & 0o777).toBe(0o644);
    expect(readIfThere(path)).toBe("two");
    expect(readdirSync(join(path, ".."))).toEqual(["kept.json"]);
  });

  it("is never seen half written", async () => {
    const path = fresh();
    const texts = ["a", "b"].map((letter) => letter.repeat(2_000_000));
    writeWhole(path, texts[0] ?? "");
    const reader = new Worker(
      `const { readFileSync } = require("node:fs");
       const { parentPort, workerData } = require("node:worker_threads");
       let go = true;
       const seen = new Set();
       parentPort.on("message", () => { go = false; });
       const read = () => {
         const text = readFileSync(workerData, "utf8");
         seen.add(text[0] + text.length + text.at(-1));
         if (go) setImmediate(read);
         else parentPort.postMessage([...seen]);
       };
       parentPort.postMessage("ready");
       read();`,
      { eval: true, workerData: path },
    );
    await new Promise((ready) => reader.once("message", ready));
    const answer = new Promise<readonly string[]>((done) => reader.once("message", done));
    for (let turn = 0; turn < 200; turn += 1) writeWhole(path, texts[turn % 2] ?? "");
    reader.postMessage("enough");
    const whole = texts.map((text) => `${text.at(0)}${text.length}${text.at(-1)}`);
    for (const seen of await answer) expect(whole).toContain(seen);
    await reader.terminate();
  });
});
