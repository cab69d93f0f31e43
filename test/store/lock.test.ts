import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockWorkspace } from "../../src/store/lock.ts";

const fresh = () => mkdtempSync(join(tmpdir(), "lastpenny-lock-"));

describe("the lock of a workspace", () => {
  it("keeps a second process out and names the first", () => {
    const folder = fresh();
    lockWorkspace(folder, { pid: 41, isRunning: () => true });
    expect(() => lockWorkspace(folder, { pid: 42, isRunning: () => true })).toThrow(/process 41/);
  });

  it("is taken over from a process that has ended", () => {
    const folder = fresh();
    lockWorkspace(folder, { pid: 41, isRunning: () => true });
    const release = lockWorkspace(folder, { pid: 42, isRunning: () => false });
    release();
    expect(existsSync(join(folder, "workspace.lock"))).toBe(false);
  });

  it("is taken over when its file is damaged", () => {
    const folder = fresh();
    writeFileSync(join(folder, "workspace.lock"), "{");
    expect(() => lockWorkspace(folder, { pid: 42, isRunning: () => true })).not.toThrow();
  });
});
