import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attributionModels } from "../../src/ledger/attribution.ts";
import { add, parseExact, toDecimal } from "../../src/ledger/exact.ts";
import { raw } from "../../src/sql/fragment.ts";
import type { Workspace } from "../../src/workspace.ts";
import { type Company, company, importAll, monthly, summed } from "./company.ts";

const minutes = 60_000;

type Months = Readonly<Record<string, string>>;

const together = (...parts: readonly Months[]): Months => {
  const months = new Set(parts.flatMap((part) => Object.keys(part)));
  const sums = [...months].map((month) => {
    const sum = parts.map((part) => parseExact(part[month] ?? "0")).reduce(add);
    return [month, toDecimal(sum, 6).replace(/\.?0+$/, "")] as const;
  });
  return Object.fromEntries(sums.filter(([, sum]) => sum !== "0" && sum !== ""));
};

describe("credits of a simulated company", () => {
  let known: Company;
  let workspace: Workspace;
  let period: { readonly from: string; readonly to: string };
  beforeAll(async () => {
    known = await company(700, 12);
    workspace = await known.open("workspace");
    await importAll(workspace, known.report.exports);
    await workspace.refresh();
    period = { from: known.report.from, to: known.report.to };
  }, 10 * minutes);
  afterAll(async () => {
    await workspace.close();
    known.remove();
  });

  const rows = async (statement: string) => workspace.store.query(raw(statement));

  it.each(attributionModels)(
    "tie with the rest to the true revenue of every month under %s",
    async (model) => {
      const asked = { attribution: { model } };
      const credited = await monthly(workspace, { metric: "attributed_revenue", ...asked }, period);
      const left = await monthly(workspace, { metric: "unattributed_revenue", ...asked }, period);
      expect(Object.keys(credited).length).toBeGreaterThan(10);
      expect(together(credited, left)).toEqual(summed(known.truth, "revenue_eur.total"));
    },
    minutes,
  );

  it("give each conversion once, under every model", async () => {
    const shares = attributionModels.map((model) => `sum(share_${model}) AS ${model}`).join(", ");
    const found = await rows(
      `SELECT conversion, ${shares} FROM derived.credits GROUP BY conversion`,
    );
    const torn = found.filter((row) => attributionModels.some((model) => Number(row[model]) !== 1));
    expect(found.length).toBeGreaterThan(300);
    expect(torn).toEqual([]);
  });

  it("take back from every touch what it had earned of an order that was cancelled", async () => {
    const models = attributionModels.map((model) => `sum(credit_${model}) AS ${model}`).join(", ");
    const found = await rows(`WITH returned AS (
        SELECT "order" FROM derived.revenue_lines WHERE excluded IS NULL GROUP BY "order"
        HAVING sum(amount) = 0 AND count(*) FILTER (amount < 0 AND line_type <> 'discount') > 0
      )
      SELECT conversion, touch, ${models} FROM derived.credits
      WHERE conversion IN (SELECT "order" FROM returned) AND entry_kind <> 'cost_of_goods' AND excluded IS NULL
      GROUP BY conversion, touch`);
    expect(found.length).toBeGreaterThan(3);
    expect(
      found.filter((row) => attributionModels.some((model) => Number(row[model]) !== 0)),
    ).toEqual([]);
  });

  it("keep all spend, also of channels that sold nothing", async () => {
    const table = await workspace.attributionTable(period, "channel");
    const [media] = await rows(
      `SELECT CAST(sum(amount) AS VARCHAR) AS cost FROM derived.cost_days WHERE excluded IS NULL`,
    );
    expect(Number(table.total.cost?.value)).toBe(Number(media?.cost));
    expect(table.ties).toBe(true);
    expect(table.ledger).toBe(table.sum);
  });

  it("earn nothing after the conversion or before the window", async () => {
    const [found] = await rows(`SELECT count(*) AS n, count(*) FILTER (touched_at > converted_at
        OR touched_at < converted_at - INTERVAL 90 DAY) AS outside FROM derived.credits WHERE touch IS NOT NULL`);
    expect(Number(found?.n)).toBeGreaterThan(1000);
    expect(Number(found?.outside)).toBe(0);
  });

  it("leave nothing to prove", async () => {
    const { checks } = await workspace.reconcile();
    expect(checks.filter(({ ties }) => !ties)).toEqual([]);
  });
});
