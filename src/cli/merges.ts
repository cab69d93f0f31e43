import { findIdentifiers, mergeReport, type NamedIdentifier } from "../derive/merges.ts";
import { LastpennyError } from "../errors.ts";
import { type Command, countOf } from "./command.ts";
import { jsonText, type Opened, withWorkspace } from "./opening.ts";

/** `lastpenny merges`: who is made of several identifiers, and decisions about it. */
export const command: Command = {
  name: "merges",
  usage: "[merge|split|undo LEFT RIGHT]",
  summary: "Reports suspicious merges of people; merges, splits, or takes a decision back.",
  options: {
    note: { type: "string", value: "TEXT", help: "why, and by whom" },
    limit: { type: "string", value: "N", help: "people to list (default 20)" },
    json: { type: "boolean", help: "print as JSON" },
  },
  examples: [
    "lastpenny merges",
    'lastpenny merges split ann@shop.example kiosk-7 --note "shared tablet"',
  ],
  run: (args, terminal) =>
    withWorkspace(args, terminal, async (opened) => {
      const [action, left, right] = args.positionals;
      if (action === undefined) {
        const report = await mergeReport(opened.workspace.store, countOf(args, "limit") ?? 20);
        if (args.flag("json")) terminal.out(jsonText(report));
        else for (const line of reportLines(report)) terminal.out(line);
        return 0;
      }
      if ((action !== "merge" && action !== "split" && action !== "undo") || !left || !right) {
        throw new LastpennyError("usage", "say merge, split or undo and two identifiers");
      }
      const note = args.text("note");
      const pair = {
        left: await identifierOf(opened, left),
        right: await identifierOf(opened, right),
      };
      await opened.workspace.decide({
        action,
        left: pair.left.identity,
        right: pair.right.identity,
        at: terminal.now().toISOString(),
        ...(note === undefined ? {} : { note }),
      });
      const report = await opened.workspace.refresh();
      terminal.out(
        `${action}: ${nameOf(pair.left)} and ${nameOf(pair.right)}; ${report.touchedPeople} people were computed again`,
      );
      return 0;
    }),
};

async function identifierOf({ workspace }: Opened, value: string): Promise<NamedIdentifier> {
  const found = await findIdentifiers(workspace.store, value);
  const [only, ...others] = found;
  if (!only)
    throw new LastpennyError("merge_invalid", `no row of the ledger has this identifier: ${value}`);
  if (others.length > 0) {
    throw new LastpennyError(
      "merge_invalid",
      `several identifiers have this value: ${found.map(nameOf).join(", ")}`,
    );
  }
  return only;
}

const nameOf = ({ kind, namespace, value }: NamedIdentifier): string =>
  `${namespace === "" ? kind : `${namespace} ${kind}`} ${value}`;

function reportLines(report: Awaited<ReturnType<typeof mergeReport>>): string[] {
  return [
    `${report.people} people; ${report.mergedPeople} of them have several identifiers`,
    `${report.sharedDevices} shared devices and ${report.sharedAddresses} role addresses merge nobody`,
    ...report.groups.flatMap(({ person, size, suspicions, identifiers, links }) => [
      "",
      `person ${person}: ${size} identifiers${suspicions.length > 0 ? ` — ${suspicions.join(", ")}` : ""}`,
      ...identifiers.map((identifier) => `  ${nameOf(identifier)}`),
      `  linked by ${[...new Set(links.map(({ source }) => source))].join(", ")}`,
    ]),
  ];
}
