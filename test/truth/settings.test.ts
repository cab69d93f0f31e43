import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Company, company, monthly, summed } from "./company.ts";

const minutes = 60_000;

const lines = (...kinds: readonly string[]): readonly string[] =>
  kinds.map((kind) => `revenue_eur.shopify_lines.${kind}`);
const euros = (...parts: readonly string[]): readonly string[] =>
  parts.map((part) => `money.shopify.EUR.${part}`);
const everything = 'data_source = "shopify/orders-export"';
/** Other currencies are converted line by line, which their gross sums cannot show; prices in EUR contain their tax. */
const onlyEuros = `${everything} and currency = "EUR"`;

const treatments = [
  {
    about: "net amounts with shipping",
    settings: "  tax: net\n  shipping: true",
    filter: everything,
    truth: lines("sale", "discount", "refund", "shipping"),
  },
  {
    about: "net amounts without shipping",
    settings: "  tax: net\n  shipping: false",
    filter: everything,
    truth: [...lines("sale", "discount", "refund"), "revenue_eur.shopify_cancelled_shipping"],
  },
  {
    about: "gross amounts with shipping",
    settings: "  tax: gross\n  shipping: true",
    filter: onlyEuros,
    truth: euros("total", "refunds"),
  },
  {
    about: "gross amounts without shipping",
    settings: "  tax: gross\n  shipping: false",
    filter: onlyEuros,
    truth: euros("items", "discounts", "refunds", "cancelled_shipping"),
  },
] as const;

// A refund does not say how much of it is shipping. Where shipping does not count, all of it is taken for goods, except
// that a cancelled order comes to exactly nothing.
describe("the settings of revenue", () => {
  let known: Company;
  beforeAll(async () => {
    known = await company(400, 8, 11);
  }, 5 * minutes);
  afterAll(() => known.remove());

  for (const { about, settings, filter, truth } of treatments) {
    it(
      `count ${about}`,
      async () => {
        const workspace = await known.open(about, (text) =>
          text.replace("revenue:\n", `revenue:\n${settings}\n`),
        );
        await workspace.import(join(known.report.exports, "own", "rates.csv"));
        await workspace.import(join(known.report.exports, "shopify"));
        await workspace.refresh();
        const { from, to } = known.report;
        const found = await monthly(workspace, { metric: "revenue", filter }, { from, to });
        const { ties } = await workspace.reconcile();
        await workspace.close();
        expect(found).toEqual(summed(known.truth, ...truth));
        expect(ties).toBe(true);
      },
      5 * minutes,
    );
  }
});
