import { locales } from "../../src/locales/translate.ts";
import { screens } from "../../src/web/screens.ts";
import { expect, expectAccessible, expectNoOverflow, settled, test } from "./app.ts";
import { speakPseudo } from "./pseudo-locale.ts";

const phone = { width: 390, height: 844 } as const;

for (const { id, path } of screens) {
  test.describe(`the screen ${id}`, () => {
    for (const locale of locales) {
      test(`fits a desk and a phone in ${locale}`, async ({ open }) => {
        const page = await open(path, { locale });
        await expectNoOverflow(page);
        await page.setViewportSize(phone);
        await settled(page);
        await expectNoOverflow(page);
      });
    }

    test("fits with texts that are longer than those of any language", async ({ open, page }) => {
      await speakPseudo(page);
      await open(path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^⟦.*⟧$/);
      await expectNoOverflow(page);
      await page.setViewportSize(phone);
      await settled(page);
      await expectNoOverflow(page);
    });

    for (const scheme of ["light", "dark"] as const) {
      test(`is accessible at a desk and on a phone, ${scheme}`, async ({ open }) => {
        const page = await open(path, { scheme });
        await expectAccessible(page);
        await page.setViewportSize(phone);
        await settled(page);
        await expectAccessible(page);
      });
    }

    test("gives the same picture for a copied address", async ({ open }) => {
      const address = `${path}?r=91d&c=year&ch=email&ch=paid+search`;
      const page = await open(address);
      expect(page.url()).toContain(address);
      const shown = await page.locator("main").textContent();
      await open(address);
      expect(await page.locator("main").textContent()).toBe(shown);
    });
  });
}
