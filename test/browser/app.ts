import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import type { Locale } from "../../src/locales/translate.ts";

/** How the app is opened. */
export interface Opening {
  readonly locale?: Locale;
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  /** The workspace without any data. */
  readonly isEmpty?: boolean;
  /** The workspace whose campaigns have hostile names; tests may also load rows into it. */
  readonly isHostile?: boolean;
  /** A server of the test's own instead. */
  readonly address?: string;
}

/**
 * Returns the address of the server that an opening asks for.
 *
 * @param opening which workspace
 */
export function addressOf({ isEmpty, isHostile, address }: Opening): string {
  if (address) return address;
  const name = isEmpty ? "EMPTY_ADDRESS" : isHostile ? "HOSTILE_ADDRESS" : "ADDRESS";
  return process.env[`LASTPENNY_${name}`] ?? "";
}

/** Opens an address of the app and waits until its figures and fonts are there. */
export type Open = (path: string, opening?: Opening) => Promise<Page>;

/** Requests that leave the machine, and errors that the page reports, fail every test. */
export const test = base.extend<{ open: Open }>({
  open: async ({ page }, use) => {
    const foreign: string[] = [];
    const errors: string[] = [];
    await page.route("**/*", (route) => {
      const { hostname, protocol } = new URL(route.request().url());
      if (hostname === "127.0.0.1" || protocol === "blob:" || protocol === "data:") {
        return route.continue();
      }
      foreign.push(route.request().url());
      return route.abort();
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await use(async (path, opening = {}) => {
      const { locale = "en", scheme = "light", width = 1280, height = 900 } = opening;
      await page.setViewportSize({ width, height });
      await page.addInitScript(
        ([language, colours]) => {
          localStorage.setItem("lastpenny.language", language);
          localStorage.setItem("lastpenny.scheme", colours);
        },
        [locale, scheme] as const,
      );
      await page.goto(`${addressOf(opening)}${path}`);
      await settled(page);
      return page;
    });
    expect(foreign, "requests that leave the machine").toEqual([]);
    expect(errors, "errors in the console").toEqual([]);
  },
});

export { expect };

/**
 * Waits until nothing is on its way any more: figures, pictures of waiting, fonts.
 *
 * @param page of the app
 */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/**
 * Expects no violation of WCAG 2.2 A and AA.
 *
 * @param page of the app
 */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    where: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
  }));
  expect(found).toEqual([]);
}

/**
 * Expects nothing to be wider than the page, and no text to be cut off where it does not say so itself.
 *
 * @param page of the app
 */
export async function expectNoOverflow(page: Page): Promise<void> {
  const wide = () =>
    page.evaluate(() => {
      const limit = document.documentElement.clientWidth;
      const scrolls = (element: Element): boolean => {
        const { overflowX } = getComputedStyle(element);
        const isOwn = overflowX === "auto" || overflowX === "scroll" || overflowX === "hidden";
        return isOwn || (element.parentElement !== null && scrolls(element.parentElement));
      };
      return [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > limit + 1)
        .filter((element) => element.parentElement && !scrolls(element.parentElement))
        .map(
          (element) =>
            `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40)} ${Math.round(element.getBoundingClientRect().right)}`,
        )
        .slice(0, 5);
    });
  // Charts take the width of the page a moment after it has changed.
  await expect.poll(wide).toEqual([]);
}
