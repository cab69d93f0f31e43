// Writes into docs/attribution.md how far each model is from the truth of a simulated company: tsx scripts/model-errors.ts
// [PEOPLE MONTHS SEED]. The same numbers give the same table; it takes minutes, so that
// `npm run generate` leaves it out.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AttributionModel, attributionModels } from "../src/ledger/attribution.ts";
import { modelTexts } from "../src/locales/model-texts.ts";
import { simulate } from "../src/simulate/simulate.ts";
import { identifier, sql } from "../src/sql/fragment.ts";
import { openWorkspace } from "../src/workspace.ts";

const page = fileURLToPath(new URL("../docs/attribution.md", import.meta.url));
const marks = {
  begin: "<!-- The truth: written by scripts/model-errors.ts -->",
  end: "<!-- End of the truth -->",
};

type Shares = ReadonlyMap<string, number>;

interface Truth {
  readonly effects: {
    readonly channels: Readonly<
      Record<string, Readonly<Record<"incremental_revenue_eur", Readonly<Record<string, string>>>>>
    >;
    readonly uncaused_revenue_eur: Readonly<Record<string, string>>;
  };
  readonly revenue_eur: { readonly total: Readonly<Record<string, string>> };
}

const summed = (months: Readonly<Record<string, string>> = {}): number =>
  Object.values(months).reduce((sum, amount) => sum + Number(amount), 0);

function sharesOf(amounts: ReadonlyMap<string, number>): Shares {
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  return new Map([...amounts].map(([channel, amount]) => [channel, amount / total]));
}

/** Share of the money that lies with the wrong channel: half the sum of all differences (total variation distance). */
function misplaced(truth: Shares, model: Shares): number {
  const channels = new Set([...truth.keys(), ...model.keys()]);
  const differences = [...channels].map((channel) =>
    Math.abs((model.get(channel) ?? 0) - (truth.get(channel) ?? 0)),
  );
  return differences.reduce((sum, difference) => sum + difference, 0) / 2;
}

interface Measured {
  readonly truth: Truth;
  readonly credited: ReadonlyMap<AttributionModel, Shares>;
}

async function measured(people: number, months: number, seed: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "lastpenny-truth-"));
  try {
    const report = await simulate({ people, months, seed, out: folder });
    const workspace = await openWorkspace(folder, { create: true });
    try {
      await workspace.import(report.exports);
      await workspace.refresh();
      const credited = new Map<AttributionModel, Shares>();
      for (const model of attributionModels) {
        const rows = await workspace.store.query(
          sql`SELECT channel, CAST(sum(${identifier(`credit_${model}`)}) AS DOUBLE) AS credit FROM derived.credits
            WHERE touch IS NOT NULL AND excluded IS NULL AND entry_kind <> 'cost_of_goods' GROUP BY channel`,
        );
        const amounts = rows.map((row) => [String(row.channel), Number(row.credit)] as const);
        credited.set(model, sharesOf(new Map(amounts)));
      }
      return { truth: JSON.parse(readFileSync(report.truth, "utf8")) as Truth, credited };
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const percent = (share: number | undefined) => `${(100 * (share ?? 0)).toFixed(1)} %`;

function tableOf({ truth, credited }: Measured, run: readonly number[]): readonly string[] {
  const [people = 0, months = 0, seed = 0] = run;
  const caused = new Map(
    Object.entries(truth.effects.channels).map(([channel, { incremental_revenue_eur }]) => [
      channel,
      summed(incremental_revenue_eur),
    ]),
  );
  const shares = sharesOf(caused);
  const channels = [...shares.keys()].sort(
    (left, right) => (shares.get(right) ?? 0) - (shares.get(left) ?? 0),
  );
  const revenue = summed(truth.revenue_eur.total);
  const uncaused = summed(truth.effects.uncaused_revenue_eur);
  const rows = [...credited]
    .map(([model, found]) => ({ model, found, error: misplaced(shares, found) }))
    .sort((left, right) => left.error - right.error);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const others = (found: Shares) =>
    [...found].reduce((sum, [channel, share]) => (shares.has(channel) ? sum : sum + share), 0);
  return [
    `\`npx tsx scripts/model-errors.ts ${run.join(" ")}\`: ${people.toLocaleString("en-US")} visitors in ${months} months, seed ${seed}; attribution as the settings have it by default.`,
    `Of the revenue, ${percent(uncaused / revenue)} would exist without any channel or automation: a model cannot know that and divides all of it.`,
    "",
    line(["share of", ...channels, "others", "on the wrong channel"]),
    line(["---", ...channels.map(() => "---:"), "---:", "---:"]),
    line([
      "**what channels caused**",
      ...channels.map((one) => `**${percent(shares.get(one))}**`),
      "",
      "",
    ]),
    ...rows.map(({ model, found, error }) =>
      line([
        modelTexts("en")[model].name,
        ...channels.map((channel) => percent(found.get(channel))),
        percent(others(found)),
        percent(error),
      ]),
    ),
  ];
}

const given = process.argv.slice(2).map(Number);
const run = given.length === 3 ? given : [20_000, 18, 7];
const [people = 0, months = 0, seed = 0] = run;
const table = tableOf(await measured(people, months, seed), run).join("\n");
process.stdout.write(`${table}\n`);
const text = readFileSync(page, "utf8");
const [before, after] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
if (before < 0 || after < before)
  throw new Error(`${page} lacks the marks ${marks.begin} … ${marks.end}`);
writeFileSync(
  page,
  `${text.slice(0, before + marks.begin.length)}\n\n${table}\n\n${text.slice(after)}`,
);
