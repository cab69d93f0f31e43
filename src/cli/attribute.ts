import { LastpennyError } from "../errors.ts";
import type { AttributionQuestion } from "../figures/question.ts";
import { askedPeriod, oneOf, questionOptions } from "./ask.ts";
import { attributionCsv, attributionLines } from "./attribution-lines.ts";
import { attributionOptions, chosenAttribution } from "./attribution-options.ts";
import { type Arguments, type Command, countOf } from "./command.ts";
import { comparisonCsv, comparisonLines } from "./comparison-lines.ts";
import { refreshed } from "./import.ts";
import { jsonText, type Opened, withWorkspace } from "./opening.ts";

/** Formats of reports about credits. */
export const formats = ["table", "json", "csv"] as const;

/** `lastpenny attribute`: what each channel earned and cost, by a model or by all of them. */
export const command: Command = {
  name: "attribute",
  usage: "",
  summary: "Gives credit for sales to channels, campaigns or automations, to the cent.",
  options: {
    ...attributionOptions,
    by: {
      type: "string",
      value: "DIM",
      multiple: true,
      help: "channel (default), campaign, automation, asset, tool, landing_page …",
    },
    "compare-models": { type: "boolean", help: "all models side by side" },
    from: questionOptions.from,
    to: questionOptions.to,
    filter: questionOptions.filter,
    limit: questionOptions.limit,
    format: { type: "string", value: "FORMAT", help: "table (default), json or csv" },
  },
  examples: [
    "lastpenny attribute --model u_shaped --window 60d --from 2025-01-01 --to 2025-07-01",
    "lastpenny attribute --compare-models --by campaign --format csv",
  ],
  run: (args, terminal) => {
    const asked = askedOf(args);
    return withWorkspace(args, terminal, async (opened) => {
      await refreshed(opened, terminal);
      terminal.progress(opened.t("progress.asking"));
      for (const line of await reportLines(asked, args, opened)) terminal.out(line);
      return 0;
    });
  },
};

/** What was asked for, checked before the workspace is opened. */
interface Asked {
  readonly by: string;
  readonly format: (typeof formats)[number];
  readonly question: Omit<AttributionQuestion, "from" | "to">;
}

function askedOf(args: Arguments): Asked {
  if (args.positionals.length > 0) {
    const [first = ""] = args.positionals;
    throw new LastpennyError(
      "usage",
      `attribute takes options only: did you mean --by ${first}, or lastpenny credit ${first}?`,
    );
  }
  const by = (args.text("by") ?? "channel").trim().replaceAll("-", "_");
  if (by === "" || by.includes(",") || args.texts("by").length > 1) {
    throw new LastpennyError(
      "usage",
      "--by takes one dimension, such as channel; lastpenny ask attributed_revenue takes several",
    );
  }
  const limit = countOf(args, "limit");
  const filter = args.text("filter");
  return {
    by,
    format: oneOf("format", args.text("format"), formats) ?? "table",
    question: {
      attribution: chosenAttribution(args),
      ...(filter === undefined ? {} : { filter }),
      ...(limit === undefined ? {} : { limit }),
    },
  };
}

async function reportLines(
  { by, format, question }: Asked,
  args: Arguments,
  opened: Opened,
): Promise<readonly string[]> {
  const { workspace } = opened;
  const whole = { ...question, ...(await askedPeriod(args, workspace)) };
  if (args.flag("compare-models")) {
    const compared = await workspace.compareModels(whole, by);
    if (format === "json") return [jsonText(compared)];
    return format === "csv" ? comparisonCsv(compared) : comparisonLines(compared, opened);
  }
  const table = await workspace.attributionTable(whole, by);
  if (format === "json") return [jsonText(table)];
  return format === "csv" ? attributionCsv(table) : attributionLines(table, opened);
}
