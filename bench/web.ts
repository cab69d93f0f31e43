import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium as playwright } from "@playwright/test";
import { startServer } from "../src/server/server.ts";
import { openWorkspace } from "../src/workspace.ts";
import { bundleGoals, bundleSizes } from "../test/browser/bundle.ts";
import { chromium, flags } from "../test/browser/chromium.ts";
import { fillOverview } from "./overview-data.ts";
import { overview } from "./questions.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, "bin", "lastpenny.js");

const users = 20;
const events = 10_000_000;
const requests = 10_000;
const tableRows = 50_000;

const print = (line: string) => void process.stdout.write(`  ${line}\n`);
const report = (what: string, figure: string, goal = "") =>
  print(`${what.padEnd(58)}${figure.padStart(14)}${goal === "" ? "" : `   goal ${goal}`}`);

/** Measures the app: what it loads, how soon it draws, how fast it answers many at once, and whether its server grows. */
export async function run(): Promise<void> {
  const { build }: { readonly build: () => void } = await import(
    new URL("../scripts/prepare.mjs", import.meta.url).href
  );
  build();
  report("load of the machine before (1 minute)", (loadavg()[0] ?? 0).toFixed(1));
  reportSizes();
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-bench-"));
  try {
    await reportAnswers(join(folder, "large"));
    const { server, address } = await serveCompany(folder);
    try {
      await reportDrawing(address);
      await reportMemory(address, server.pid ?? 0);
    } finally {
      server.kill("SIGTERM");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  report("load of the machine after (1 minute)", (loadavg()[0] ?? 0).toFixed(1));
}

const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

function reportSizes(): void {
  const { initial, styles, screens, later } = bundleSizes();
  report("start, JS gzipped, longest language", kb(initial), `≤ ${kb(bundleGoals.initial)}`);
  report("start, CSS gzipped", kb(styles), `≤ ${kb(bundleGoals.styles)}`);
  for (const [id, size] of Object.entries({ ...screens, ...later })) {
    report(`then ${id}`, kb(size), `≤ ${kb(bundleGoals.screen)}`);
  }
}

const sorted = (times: readonly number[]) => times.toSorted((a, b) => a - b);
const share = (times: readonly number[], part: number) =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
const ms = (time: number) => `${Math.round(time)} ms`;

/** Asks as twenty people do who open the overview in the same moment: all the same, and each with a filter of their own. */
async function reportAnswers(folder: string): Promise<void> {
  const workspace = await openWorkspace(folder, { create: true });
  await fillOverview(workspace.store, events);
  const server = await startServer(workspace, {
    ...{ host: "127.0.0.1", port: 0, passwordHash: null },
    ...{ appFolder: folder, now: () => new Date(), log: () => undefined },
  });
  try {
    const ask = async (question: object) => {
      const start = performance.now();
      const response = await fetch(`${server.url}/api/answer`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: server.url },
        body: JSON.stringify(question),
      });
      if (!response.ok) throw new Error(await response.text());
      await response.arrayBuffer();
      return performance.now() - start;
    };
    const atOnce = (questions: readonly object[]) => Promise.all(questions.map(ask));
    const everybody = Array.from({ length: users }, (_, user) => user);
    // The engine and the compiler warm up on another month.
    await ask({ ...overview, from: "2025-03-03", to: "2025-03-31" });
    const one = await ask({ ...overview, to: "2025-11-02" });
    const same = await atOnce(everybody.map(() => overview));
    const again = await atOnce(everybody.map(() => overview));
    const own = await atOnce(
      everybody.map((user) => ({ ...overview, from: day(9, user), to: day(10, user) })),
    );
    const what = `overview on ${events / 1e6} M events, `;
    report(`${what}one user`, ms(one));
    const slowest = (times: readonly number[]) => ms(Math.max(...times));
    report(`${what}${users} users at once, slowest`, slowest(same), "≤ 300 ms");
    report(`${what}${users} users once more, slowest`, slowest(again), "≤ 300 ms");
    report(`${what}${users} users, each another month, median`, ms(share(own, 0.5)));
    report(`${what}${users} users, each another month, slowest`, slowest(own));
  } finally {
    await server.stop();
  }
}

const day = (month: number, user: number) =>
  new Date(Date.UTC(2025, month - 1, 1 + user)).toISOString().slice(0, 10);

/** Serves a simulated company in a process of its own. */
async function serveCompany(
  folder: string,
): Promise<{ readonly server: ChildProcess; readonly address: string }> {
  const workspace = join(folder, "workspace");
  const must = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
  };
  must("simulate", "--people", "1000", "--months", "12", "--seed", "7", "--out", folder);
  mkdirSync(workspace, { recursive: true });
  copyFileSync(join(folder, "lastpenny.yaml"), join(workspace, "lastpenny.yaml"));
  must("import", join(folder, "exports"), "--workspace", workspace);
  const args = [program, "serve", "--workspace", workspace, "--port", "0"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise<string>((found, failed) => {
    let said = "";
    server.stdout.on("data", (chunk: Buffer) => {
      said += String(chunk);
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (match) found(match[0]);
    });
    server.once("exit", () => failed(new Error(`the server ended: ${said}`)));
  });
  return { server, address };
}

// What runs in the page is text: the types of a browser are not those of this program.
const markChart = `
  const look = () => {
    const charts = [...document.querySelectorAll("main svg")];
    const isDrawn = charts.some((one) => one.getBoundingClientRect().width > 400);
    if (isDrawn) performance.mark("chart");
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;
const pictureTimes = `({
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  chart: performance.getEntriesByName("chart")[0]?.startTime ?? 0,
})`;
/** First as a hand scrolls, then as somebody drags the bar. */
const scrolling = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const frames = [];
  let before = await frame();
  for (let step = 0; step < 240; step += 1) {
    window.scroller.scrollTop += step < 180 ? 120 : 30_000;
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
})()`;

async function reportDrawing(address: string): Promise<void> {
  const { executablePath, env } = await chromium();
  const browser = await playwright.launch({ executablePath, args: flags, env });
  try {
    await firstPicture(browser, address);
    const times = [];
    for (let round = 0; round < 5; round += 1) times.push(await firstPicture(browser, address));
    const paints = times.map(({ paint }) => paint);
    const charts = times.map(({ chart }) => chart);
    report("first contentful paint, empty cache, median of 5", ms(share(paints, 0.5)), "≤ 1000 ms");
    report("main chart drawn, empty cache, median of 5", ms(share(charts, 0.5)), "≤ 1500 ms");
    const frames = await scrolledFrames(browser, address);
    const what = `${tableRows.toLocaleString("en")} rows scrolled, time of a frame, `;
    report(`${what}median`, ms(share(frames, 0.5)), "≤ 17 ms");
    report(`${what}95th percentile`, ms(share(frames, 0.95)), "≤ 33 ms");
    report(`${what}longest`, ms(Math.max(...frames)));
  } finally {
    await browser.close();
  }
}

/** Opens the overview in a browser that knows nothing yet; milliseconds since the address was entered. */
async function firstPicture(
  browser: Browser,
  address: string,
): Promise<{ readonly paint: number; readonly chart: number }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-US" });
  try {
    await page.addInitScript({ content: markChart });
    await page.goto(address);
    const isDrawn = `performance.getEntriesByName("chart").length > 0`;
    while (!(await page.evaluate<boolean>(isDrawn))) await page.waitForTimeout(20);
    return await page.evaluate<{ readonly paint: number; readonly chart: number }>(pictureTimes);
  } finally {
    await page.close();
  }
}

/** Scrolls through a table whose answer was made long, and returns the milliseconds of each frame. */
async function scrolledFrames(browser: Browser, address: string): Promise<readonly number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "en-US" });
  try {
    await page.route("**/api/answer*", async (route) => {
      const asked = route.request().postDataJSON() as { readonly by?: readonly string[] };
      const response = await route.fetch();
      if (asked.by?.[0] !== "campaign") return route.fulfill({ response });
      await route.fulfill({ response, json: lengthened(await response.json()) });
    });
    await page.goto(`${address}/channels?by=campaign`);
    await page.locator("[role=grid] tbody tr").nth(5).waitFor();
    await page.evaluate(`window.scroller = document.querySelector("[role=grid]").parentElement`);
    return await page.evaluate<readonly number[]>(scrolling);
  } finally {
    await page.close();
  }
}

interface LongAnswer {
  readonly figures: readonly { readonly group: object }[];
  readonly groups: readonly object[];
  readonly groupTexts: readonly object[];
}

function lengthened(answer: LongAnswer): LongAnswer {
  // One figure a row: the table is as long, and the answer stays one that a browser can take.
  const figures = answer.figures.filter(({ group }) => Object.keys(group).length === 0).slice(0, 1);
  const names = Array.from({ length: tableRows }, (_, index) => `Campaign ${index + 1}`);
  const groups = names.map((campaign) => ({ campaign }));
  return {
    ...answer,
    ...{ groups, groupTexts: groups },
    figures: [...figures, ...groups.flatMap((group) => figures.map((one) => ({ ...one, group })))],
  };
}

/** Asks ten thousand times, mostly for what is kept and now and then for something new, and prints what the server holds. */
async function reportMemory(address: string, pid: number): Promise<void> {
  const residents: number[] = [];
  const note = (after: number) => {
    const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
    residents.push(Number(stdout) / 1024);
    report(
      `memory of the server after ${after.toLocaleString("en")} requests`,
      megabytes(residents),
    );
  };
  const start = performance.now();
  note(0);
  for (let done = 0; done < requests; done += users) {
    await Promise.all(Array.from({ length: users }, (_, user) => request(address, done + user)));
    if ((done + users) % 2_000 === 0) note(done + users);
  }
  const [, settled = 0] = residents;
  const growth = (residents.at(-1) ?? 0) - settled;
  report("growth after the first 2,000 requests", `${growth.toFixed(0)} MB`, "flat");
  const seconds = (performance.now() - start) / 1000;
  report("requests answered per second", (requests / seconds).toFixed(0));
}

const megabytes = (residents: readonly number[]) => `${(residents.at(-1) ?? 0).toFixed(0)} MB`;

async function request(address: string, index: number): Promise<void> {
  const pages = ["/api/workspace", "/api/catalogue", "/", "/api/sources"];
  const path = pages[index % 8];
  const from = new Date(Date.UTC(2025, 0, 1 + (index % 120))).toISOString().slice(0, 10);
  const question = { metrics: ["revenue", "orders", "roi"], from, to: "2025-06-01" };
  const headers = { "content-type": "application/json", origin: address };
  const body = JSON.stringify(question);
  const response = path
    ? await fetch(`${address}${path}`)
    : await fetch(`${address}/api/answer`, { method: "POST", headers, body });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path ?? "/api/answer"}: ${response.status}`);
}
