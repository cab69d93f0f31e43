// Makes the pictures of the app again from the simulated company: tsx scripts/app-pictures.ts (after npm start).
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "@playwright/test";
import { chromium, flags } from "../test/browser/chromium.ts";

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly locale?: string;
  readonly scheme?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

const desk = { width: 1280, height: 900 };
const pictures: readonly Picture[] = [
  { name: "overview", path: "/?r=91d" },
  { name: "attribution", path: "/attribution?r=91d", scheme: "dark" },
  { name: "explain", path: "/?r=91d&explain=roi" },
  { name: "channels", path: "/channels?r=91d", locale: "zh-Hant" },
  { name: "funnel", path: "/funnel?r=91d", size: { width: 390, height: 844 } },
  { name: "data", path: "/data?tab=sources" },
];

const root = fileURLToPath(new URL("..", import.meta.url));

/** Serves the simulated company on a free port, unless an address says where it is served. */
async function served(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const { LASTPENNY_ADDRESS } = process.env;
  if (LASTPENNY_ADDRESS) return { address: LASTPENNY_ADDRESS, stop: () => undefined };
  const program = join(root, "bin", "lastpenny.js");
  const workspace = join(root, "demo", "workspace");
  const args = [program, "serve", "--workspace", workspace, "--port", "0"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise<string>((found, failed) => {
    server.stdout.on("data", (chunk: Buffer) => {
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
      if (match) found(match[0]);
    });
    server.once("exit", () => failed(new Error("the server ended: run npm start once before")));
  });
  return { address, stop: () => void server.kill("SIGTERM") };
}

const { executablePath, env } = await chromium();
const browser = await playwright.launch({ executablePath, args: flags, env });
const { address, stop } = await served();
try {
  for (const { name, path, locale = "en", scheme = "light", size = desk } of pictures) {
    const page = await browser.newPage({
      viewport: size,
      deviceScaleFactor: 1.5,
      ...{ locale: "en-US", timezoneId: "UTC", reducedMotion: "reduce" },
    });
    await page.addInitScript(
      `localStorage.setItem("lastpenny.language", "${locale}"); localStorage.setItem("lastpenny.scheme", "${scheme}");`,
    );
    await page.goto(`${address}${path}`);
    await page.locator("h1").first().waitFor();
    // Twice: what is drawn later, such as a table, may wait for something again.
    for (let round = 0; round < 2; round += 1) {
      const waiting = page.locator(".mantine-Skeleton-root, [aria-busy=true]");
      while ((await waiting.count()) > 0) await page.waitForTimeout(100);
      await page.waitForTimeout(300);
    }
    await page.evaluate("document.fonts.ready");
    await page.screenshot({ path: join(root, "docs", "pictures", `${name}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  stop();
}
