import { LastpennyError } from "../errors.ts";
import type { JourneyStatistics } from "../figures/paths.ts";
import { askedPeriod, oneOf, questionOptions } from "./ask.ts";
import { formats } from "./attribute.ts";
import { attributionOptions, chosenAttribution } from "./attribution-options.ts";
import { type Arguments, type Command, countOf } from "./command.ts";
import { refreshed } from "./import.ts";
import { jsonText, type Opened, withWorkspace } from "./opening.ts";
import { pathCsv, pathLines, type Section, sections } from "./path-lines.ts";

/** `lastpenny paths`: how people come to buy. */
export const command: Command = {
  name: "paths",
  usage: "",
  summary: "Shows how people come to buy: frequent paths, length, time lag, positions, assists.",
  options: {
    by: { type: "string", value: "PART", help: "paths, length, lag, position or assists only" },
    top: { type: "string", value: "N", help: "so many paths (default 10)" },
    channel: { type: "string", value: "CHANNEL", help: "only journeys that touch this channel" },
    from: questionOptions.from,
    to: questionOptions.to,
    window: attributionOptions.window,
    level: attributionOptions.level,
    goal: attributionOptions.goal,
    format: { type: "string", value: "FORMAT", help: "table (default), json or csv" },
  },
  examples: ["lastpenny paths --top 20", "lastpenny paths --by lag --goal deals --level account"],
  run: (args, terminal) => {
    const asked = askedOf(args);
    return withWorkspace(args, terminal, async (opened) => {
      await refreshed(opened, terminal);
      terminal.progress(opened.t("progress.asking"));
      const period = await askedPeriod(args, opened.workspace);
      const found = await opened.workspace.journeyStatistics({ ...period, ...asked.question });
      for (const line of linesOf(found, asked, opened)) terminal.out(line);
      return 0;
    });
  },
};

function linesOf(
  found: JourneyStatistics,
  { by, format, question }: ReturnType<typeof askedOf>,
  opened: Opened,
): readonly string[] {
  if (format === "json") return [jsonText(found)];
  return format === "csv"
    ? pathCsv(found, by ?? "paths")
    : pathLines(found, { only: by, channel: question.channel }, opened);
}

function askedOf(args: Arguments) {
  if (args.positionals.length > 0) {
    throw new LastpennyError(
      "usage",
      `paths takes options only, not ${args.positionals.join(" ")} (see lastpenny paths --help)`,
    );
  }
  const channel = args.text("channel");
  return {
    by: oneOf<Section>("part", args.text("by"), sections),
    format: oneOf("format", args.text("format"), formats) ?? "table",
    question: {
      attribution: chosenAttribution(args),
      limit: countOf(args, "top") ?? 10,
      ...(channel === undefined ? {} : { channel: channel.trim().toLowerCase() }),
    },
  };
}
