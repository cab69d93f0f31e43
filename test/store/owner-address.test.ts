import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { announceOwner, lockWorkspace, ownerOf } from "../../src/store/lock.ts";

const fresh = () => mkdtempSync(join(tmpdir(), "lastpenny-owner-"));
const address = { url: "http://127.0.0.1:4747", token: "secret", version: "0.1.0" };
const alive = (pid: number, start: string | null = null) => ({
  pid,
  isRunning: () => true,
  startOf: () => start,
});

describe("the address in a lock", () => {
  it("is found by other processes, and not by the owner itself", () => {
    const folder = fresh();
    lockWorkspace(folder, alive(41));
    expect(ownerOf(folder, alive(42))).toBeNull();
    announceOwner(folder, address, alive(41));
    expect(ownerOf(folder, alive(42))).toEqual(address);
    expect(ownerOf(folder, alive(41))).toBeNull();
  });

  it("is for the eyes of its user only", () => {
    const folder = fresh();
    lockWorkspace(folder, alive(41));
    announceOwner(folder, address, alive(41));
    const path = join(folder, "workspace.lock");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toContain("secret");
  });

  it("means nothing once its process has ended", () => {
    const folder = fresh();
    lockWorkspace(folder, alive(41));
    announceOwner(folder, address, alive(41));
    expect(ownerOf(folder, { pid: 42, isRunning: () => false })).toBeNull();
  });
});

describe("a lock whose process id went to another process", () => {
  it("is taken over, also when that process is this one: containers count from 1 again", () => {
    const folder = fresh();
    lockWorkspace(folder, alive(1, "monday"));
    expect(() => lockWorkspace(folder, alive(1, "tuesday"))).not.toThrow();
    expect(() => lockWorkspace(folder, alive(7, "tuesday"))).toThrow(/process 1/);
  });

  it("is not taken from a process that still runs", () => {
    const folder = fresh();
    lockWorkspace(folder);
    expect(() => lockWorkspace(folder)).toThrow(/another process/);
  });
});
