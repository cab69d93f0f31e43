import { expect, test } from "@playwright/test";
import { bundleGoals, bundleSizes } from "./bundle.ts";

test.describe("what a browser has to load", () => {
  test("is small at the start", () => {
    const { initial, styles } = bundleSizes();
    expect(initial).toBeLessThanOrEqual(bundleGoals.initial);
    expect(styles).toBeLessThanOrEqual(bundleGoals.styles);
  });

  test("is small for every screen, and for every part that comes later", () => {
    const { screens, later } = bundleSizes();
    expect(Object.keys(screens).length).toBeGreaterThan(5);
    const all = Object.entries({ ...screens, ...later });
    expect(all.filter(([, size]) => size > bundleGoals.screen)).toEqual([]);
  });
});
