import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const orders = `order,line,line_type,booked_at,amount,currency,email
1,1,sale,2025-01-05T10:00:00Z,100.00,EUR,ann@shop.example
2,1,sale,2025-01-20T10:00:00Z,50.00,EUR,bob@shop.example
`;
const program = `import { main } from "./src/cli/main.ts"; process.exitCode = await main(process.argv.slice(1));`;

let folder = "";
let server: ChildProcess;
let url = "";

async function run(...args: readonly string[]) {
  const terminal = recordingTerminal(folder);
  const progress: string[] = [];
  const code = await main([...args, "--workspace", "home"], {
    ...terminal,
    progress: (line) => progress.push(line),
  });
  return { code, output: terminal.output(), notes: terminal.notes(), progress };
}

async function serve(): Promise<ChildProcess> {
  const args = ["--import", "tsx", "--input-type=module", "-e", program, "--"];
  const own = ["serve", "--port", "0", "--workspace", join(folder, "home")];
  const child = spawn(process.execPath, [...args, ...own], { cwd: root });
  let text = "";
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  url = await new Promise((resolve, reject) => {
    child.on("exit", () => reject(new Error(`the server ended: ${errors}`)));
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (found) resolve(found);
    });
  });
  return child;
}

const lockPath = () => join(folder, "home", "workspace.lock");
const january = ["--from", "2025-01-01", "--to", "2025-02-01"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lastpenny-processes-"));
  writeFileSync(join(folder, "orders.csv"), orders);
  server = await serve();
});
afterAll(() => {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

describe("while a server has the workspace", () => {
  it("tells only its own user where and how to reach it", () => {
    expect(statSync(lockPath()).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(lockPath(), "utf8"))).toMatchObject({ serves: { url } });
  });

  it("lets commands go through it, with progress and the same receipts", async () => {
    const { code, output, progress } = await run("import", "orders.csv");
    expect(output).toMatch(/orders\.csv +template\/orders .* +2 +2 +0 +0/);
    expect(code).toBe(0);
    expect(progress.some((line) => line.includes("orders.csv"))).toBe(true);
    const asked = await run("ask", "revenue", ...january);
    expect(asked.output).toContain("€150.00");
  });

  it("shows in the app what a command brought in", async () => {
    const question = { metrics: ["revenue"], from: "2025-01-01", to: "2025-02-01" };
    const response = await fetch(`${url}/api/answer`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(question),
    });
    expect(await response.json()).toMatchObject({ figures: [{ text: "€150.00" }] });
  });

  it("takes settings that a command wrote", async () => {
    const { code } = await run("costs", "add", "licence 31 EUR monthly from 2025-01-01");
    expect(code).toBe(0);
    const { output } = await run("ask", "cost", ...january, "--format", "csv");
    // One euro a day, up to the ledger's last day, the 20th.
    expect(output).toMatch(/^cost,\w+,2025-01-01,2025-02-01,20,/m);
  });

  it("passes errors on as they are", async () => {
    const { code, notes } = await run("ask", "revenu");
    expect(code).toBe(2);
    expect(notes).toMatch(/unknown metric: revenu/);
    expect(notes).toContain("metric_unknown");
  });

  it("answers every kind of command", async () => {
    expect((await run("explain", "revenue", ...january)).output).toContain("150");
    expect((await run("rejects")).code).toBe(0);
    expect((await run("replay")).code).toBe(0);
    expect((await run("rates")).code).toBe(0);
    expect((await run("reconcile")).code).toBe(0);
    expect((await run("merges", "merge", "ann@shop.example", "bob@shop.example")).code).toBe(0);
    expect((await run("merges")).output).toContain("1 people");
    expect((await run("doctor")).output).toContain("orders");
  });

  it("is the only one", async () => {
    const { code, notes } = await run("serve", "--port", "0");
    expect(code).toBe(2);
    expect(notes).toContain(url);
  });
});

describe("when the server ends", () => {
  it("by force, the next command recovers the lock and nothing is lost", async () => {
    server.kill("SIGKILL");
    await once(server, "exit");
    expect(existsSync(lockPath())).toBe(true);
    expect((await run("ask", "revenue", ...january)).output).toContain("€150.00");
    expect(existsSync(lockPath())).toBe(false);
  });

  it("in order, it gives the workspace free and says nothing went wrong", async () => {
    server = await serve();
    server.kill("SIGTERM");
    const [code] = await once(server, "exit");
    expect(code).toBe(0);
    expect(existsSync(lockPath())).toBe(false);
  });
});
