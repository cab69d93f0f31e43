import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeReport } from "../../src/derive/merges.ts";
import type { Receipt } from "../../src/intake/raw-table.ts";
import { raw } from "../../src/sql/fragment.ts";
import type { Workspace } from "../../src/workspace.ts";
import { at, months } from "../simulate/simulated.ts";
import { type Company, company, importAll, monthly, summed } from "./company.ts";
import { knownFigures } from "./known-figures.ts";

const minutes = 60_000;

interface Fault {
  readonly count: number;
  readonly rows: readonly {
    readonly file: string;
    readonly row?: number;
    readonly note?: string;
  }[];
}

describe("a simulated company, measured through the front door", () => {
  let known: Company;
  let workspace: Workspace;
  let receipts: ReadonlyMap<string, Receipt>;
  let period: { readonly from: string; readonly to: string };
  beforeAll(async () => {
    known = await company(700, 12);
    workspace = await known.open("workspace");
    receipts = await importAll(workspace, known.report.exports);
    await workspace.refresh();
    period = { from: known.report.from, to: known.report.to };
  }, 10 * minutes);
  afterAll(async () => {
    await workspace.close();
    known.remove();
  });

  const rows = async (statement: string) => workspace.store.query(raw(statement));
  const fault = (kind: string) => at(known.truth, "faults")[kind] as unknown as Fault;

  it("takes, repeats and rejects as many rows of every file as the truth says", () => {
    const found = Object.fromEntries(
      [...receipts].map(([file, { read, taken, repeated, rejected }]) => [
        file,
        { rows: read, taken, repeated, rejected },
      ]),
    );
    expect(found).toEqual(known.report.files);
  });

  it(
    "shows every figure that the truth knows, month by month, to the cent and to the unit",
    async () => {
      const figures = knownFigures(known.truth);
      expect(figures.length).toBeGreaterThan(80);
      const found: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const { about, asked, truth } of figures) {
        found[about] = await monthly(workspace, asked, period);
        expected[about] = truth;
      }
      expect(found).toEqual(expected);
    },
    10 * minutes,
  );

  it("computes net promoters and hours saved from their parts", async () => {
    const nps = await monthly(workspace, { metric: "nps", part: "numerator" }, period);
    const promoters = summed(known.truth, "surveys.nps.promoters");
    const detractors = summed(known.truth, "surveys.nps.detractors");
    const net = Object.fromEntries(
      Object.keys(at(known.truth, "surveys.nps.promoters")).map((month) => [
        month,
        String(Number(promoters[month] ?? 0) - Number(detractors[month] ?? 0)),
      ]),
    );
    expect(nps).toEqual(Object.fromEntries(Object.entries(net).filter(([, sum]) => sum !== "0")));
    const hours = await monthly(workspace, { metric: "hours_saved" }, period);
    // A figure is rounded at twelve decimals, an hour has sixty minutes.
    const tenths = Object.entries(hours).map(([month, hour]) => [
      month,
      (Number(hour) * 600).toFixed(6).replace(/\.0+$/, ""),
    ]);
    expect(Object.fromEntries(tenths)).toEqual(months(known.truth, "tasks.saved_minutes_tenths"));
  });

  it("ties its books", async () => {
    const { ties, checks, counts } = await workspace.reconcile();
    expect(checks.filter((check) => !check.ties)).toEqual([]);
    expect(ties).toBe(true);
    expect(counts.revenue_by_month?.made).toBeGreaterThan(12);
  });

  it(
    "explains every figure of money down to rows that tie",
    async () => {
      const monies = workspace.catalogue.metrics.filter(({ unit }) => unit === "money");
      const torn: string[] = [];
      for (const { id } of monies) {
        const explanation = await workspace.explain(
          { metrics: [id], ...period, compare: "none" },
          { rowLimit: 5 },
        );
        if (!explanation.ties) torn.push(id);
      }
      expect(torn).toEqual([]);
    },
    10 * minutes,
  );

  it("leaves out exactly the lines that cannot be converted, and says so", async () => {
    const excluded = at(known.truth, "revenue_eur.excluded_lines");
    const truth = Object.entries(excluded).flatMap(([code, byCurrency]) =>
      Object.entries(byCurrency as object).map(([currency, byMonth]) => [
        code,
        currency,
        Object.values(byMonth as Record<string, number>).reduce((sum, count) => sum + count, 0),
      ]),
    );
    const told = (await workspace.warnings())
      .filter(({ params }) => params.fact === "revenue_lines")
      .map(({ code, params }) => [code, params.currency, Number(params.count)]);
    expect(told.sort()).toEqual(truth.filter(([, , count]) => count !== 0).sort());
  });

  it("warns of the missing day and of nothing that was not planted", async () => {
    const warnings = await workspace.warnings();
    const holes = warnings.filter(({ code }) => code === "coverage_hole");
    const day = await rows(
      `SELECT CAST(CAST('${period.from}' AS DATE) + CAST(floor((CAST('${period.to}' AS DATE) - CAST('${period.from}' AS DATE)) * 0.62) AS INTEGER) AS VARCHAR) AS day`,
    );
    expect(holes.find(({ params }) => params.source === "ga4/events")?.params.days).toBe(
      day[0]?.day,
    );
    // On the day of a mailing a company this small may send none, which nobody can tell from a missing export.
    const others = warnings.filter(
      ({ code, params }) =>
        !(code === "coverage_hole" && /ga4|sendgrid/.test(params.source ?? "")) &&
        params.fact !== "revenue_lines",
    );
    expect(others).toEqual([]);
  });

  it("merges the addresses of one person, and neither role addresses nor shared devices", async () => {
    const found = await rows(`SELECT string_agg(i.value, ' ' ORDER BY i.value) AS emails
      FROM ledger.identities AS i LEFT JOIN derived.identity_map AS m ON m.identity = i.identity
      WHERE i.kind = 'email' GROUP BY coalesce(m.person, i.identity) HAVING count(*) > 1`);
    const merges = known.truth.merges as unknown as readonly { emails: readonly string[] }[];
    const pairs = merges.map(({ emails }) => emails.toSorted().join(" "));
    expect(pairs.length).toBeGreaterThan(0);
    expect(found.map(({ emails }) => emails).sort()).toEqual(pairs.sort());
    const report = await mergeReport(workspace.store);
    const roles = new Set(fault("role_addresses").rows.map(({ note }) => note));
    expect(report.sharedAddresses).toBe(roles.size);
    const devices = (known.truth.shared_devices ?? []) as unknown as readonly string[];
    expect(devices.length).toBeGreaterThan(0);
    expect(report.sharedDevices).toBe(devices.length);
  });

  it("tells machines from people in the delivery log, action by action", async () => {
    // The generator gives people, the privacy proxy and scanners networks of their own; no rule knows them.
    const [found] =
      await rows(`SELECT count(*) FILTER (e.network IN ('17.58.0.1', '198.51.100.7') AND i.machine IS NOT NULL) AS hits,
        count(*) FILTER (e.network IN ('17.58.0.1', '198.51.100.7') AND i.machine IS NULL) AS misses,
        count(*) FILTER (e.network = '203.0.113.9' AND i.machine IS NOT NULL) AS wronged
      FROM ledger.events AS e JOIN derived.interactions AS i ON i.row_key = e.row_key WHERE e.network IS NOT NULL`);
    const [hits, misses, wronged] = [found?.hits, found?.misses, found?.wronged].map(Number);
    const recall = (hits ?? 0) / ((hits ?? 0) + (misses ?? 0));
    const precision = (hits ?? 0) / ((hits ?? 0) + (wronged ?? 0));
    process.stdout.write(
      `machine rules: precision ${precision}, recall ${recall} of ${hits} actions\n`,
    );
    expect(hits).toBeGreaterThan(500);
    // Never a person called a machine: opens and clicks by people are what the figures are for. Of machines, every
    // proxy open and every burst has a trait that a rule names, so that none may be missed.
    expect(precision).toBe(1);
    expect(recall).toBe(1);
  });

  it("knows robots among the visits", async () => {
    const [found] = await rows(
      `SELECT count(*) AS n FROM derived.interactions WHERE machine = 'bot' AND kind = 'page_viewed'`,
    );
    expect(Number(found?.n)).toBe(fault("robot_page_views").count);
  });
});
