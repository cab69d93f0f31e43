import { LastpennyError } from "../errors.ts";
import { cliTexts } from "../locales/cli-texts.ts";
import { simulate } from "../simulate/simulate.ts";
import type { Command } from "./command.ts";
import { localeOf, pathOf } from "./opening.ts";

const defaults = { people: 5000, months: 18, seed: 7 } as const;

/** `lastpenny simulate`: writes the exports of a company whose truth is known. */
export const command: Command = {
  name: "simulate",
  usage: "--out DIR",
  summary: "Writes the exports of a simulated company, and the truth about it.",
  options: {
    people: {
      type: "string",
      value: "N",
      help: `visitors of the shop (default ${defaults.people})`,
    },
    months: { type: "string", value: "N", help: `months (default ${defaults.months})` },
    seed: {
      type: "string",
      value: "N",
      help: `the same seed writes the same bytes (default ${defaults.seed})`,
    },
    start: { type: "string", value: "DAY", help: "first day" },
    out: { type: "string", value: "DIR", help: "folder to write to" },
  },
  examples: ["lastpenny simulate --people 100000 --months 18 --seed 7 --out ./demo"],
  run: async (args, terminal) => {
    const out = args.text("out");
    if (out === undefined) throw new LastpennyError("usage", "say where to write: --out DIR");
    const t = cliTexts(localeOf(args) ?? "en");
    const startDay = args.text("start");
    if (startDay !== undefined && !isDay(startDay)) {
      throw new LastpennyError(
        "usage",
        `--start is not a day: ${startDay}; write it as 2025-01-31`,
      );
    }
    const report = await simulate({
      people: positive("people", args.text("people"), defaults.people),
      months: positive("months", args.text("months"), defaults.months),
      seed: positive("seed", args.text("seed"), defaults.seed),
      out: pathOf(terminal, out),
      ...(startDay === undefined ? {} : { startDay }),
      onProgress: (done, of) =>
        terminal.progress(
          t("progress.simulating", { detail: `${Math.floor((100 * done) / of)} %` }),
        ),
    });
    const files = Object.keys(report.files).length;
    terminal.out(
      t("simulate.done", { rows: report.rows, files, from: report.from, to: report.to }),
    );
    for (const path of [report.exports, report.settings, report.truth]) terminal.out(`  ${path}`);
    return 0;
  },
};

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function positive(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new LastpennyError("usage", `--${name} has to be a whole number above 0: ${given}`);
}
