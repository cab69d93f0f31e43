import { defineConfig } from "@playwright/test";
import { chromium, flags } from "./chromium.ts";

const { executablePath, env } = await chromium();

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  globalSetup: "./global-setup.ts",
  outputDir: "../../node_modules/.cache/lastpenny-browser",
  workers: 2,
  fullyParallel: true,
  timeout: 45_000,
  expect: { timeout: 10_000, toHaveScreenshot: { maxDiffPixelRatio: 0.002 } },
  reporter: process.env.LASTPENNY_REPORT
    ? [["line"], ["json", { outputFile: process.env.LASTPENNY_REPORT }]]
    : [["line"]],
  use: {
    browserName: "chromium",
    locale: "en-US",
    timezoneId: "UTC",
    viewport: { width: 1280, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath, args: flags, env },
  },
});
