import { LastpennyError } from "../errors.ts";
import { oneOf } from "./ask.ts";
import { attributionOptions, chosenAttribution } from "./attribution-options.ts";
import type { Arguments, Command } from "./command.ts";
import { creditLines } from "./credit-lines.ts";
import { refreshed } from "./import.ts";
import { latestConversions, nearConversions } from "./near-conversions.ts";
import { jsonText, withWorkspace } from "./opening.ts";

/** `lastpenny credit`: which touch got how much of one order. */
export const command: Command = {
  name: "credit",
  usage: "ORDER",
  summary: "Shows which touch got how much of an order, under every model, and which got nothing.",
  options: {
    ...attributionOptions,
    format: { type: "string", value: "FORMAT", help: "table (default) or json" },
  },
  examples: ["lastpenny credit 1001", "lastpenny credit deal:42 --model w_shaped --level account"],
  run: (args, terminal) => {
    const { order, choice, format } = askedOf(args);
    return withWorkspace(args, terminal, async (opened) => {
      await refreshed(opened, terminal);
      const credit = await opened.workspace.creditOf(order, choice);
      if (credit.conversions.length === 0) {
        throw await unknownOrder(order, credit.attribution.goal, opened.workspace.store);
      }
      if (format === "json") terminal.out(jsonText(credit));
      else for (const line of creditLines(credit, opened)) terminal.out(line);
      return 0;
    });
  },
};

function askedOf(args: Arguments) {
  const [order, ...others] = args.positionals;
  if (order === undefined || order.trim() === "" || others.length > 0) {
    throw new LastpennyError("usage", "name one order, deal or goal event, such as 1001");
  }
  const choice = chosenAttribution(args);
  const format = oneOf("format", args.text("format"), ["table", "json"] as const) ?? "table";
  return { order: order.trim(), choice, format };
}

async function unknownOrder(
  order: string,
  goal: string,
  store: Parameters<typeof nearConversions>[0],
): Promise<LastpennyError> {
  const near = await nearConversions(store, order);
  const what = goal === "orders" ? "" : ` that reached the goal ${goal}`;
  const some = near.length > 0 ? near : await latestConversions(store);
  const hint =
    near.length > 0
      ? `did you mean ${near.join(", ")}?`
      : `name it as its source does${some.length > 0 ? `, such as ${some.join(", ")}` : ""}`;
  return new LastpennyError("usage", `nothing is known of ${order}${what}: ${hint}`, { order });
}
