import type { Locked } from "../figures/unlock.ts";
import type { CliText } from "../locales/cli-texts.ts";
import { layoutTable, wrap } from "./layout.ts";
import { metricName } from "./names.ts";
import type { Opened } from "./opening.ts";

type Input = Locked["inputs"][number];
const fewCombinations = 2;

type Topic = Extract<CliText, `unlock.of.${string}`>;

/** Topics of events, by their kind or medium; the first that fits counts. */
const eventTopics: readonly (readonly [RegExp, Topic])[] = [
  [/^email/, "unlock.of.email"],
  [/^page_viewed$/, "unlock.of.web"],
  [/^(sms|whatsapp|push)/, "unlock.of.messages"],
  [/^social_/, "unlock.of.social"],
  [/^video_/, "unlock.of.video"],
  [/^(form_|call|meeting|goal_)/, "unlock.of.contacts"],
];

/** Topics of other tables, by the first that brings the rows. */
const tableTopics: Readonly<Record<string, Topic>> = {
  people: "unlock.of.leads",
  stages: "unlock.of.leads",
  deals: "unlock.of.deals",
  orders: "unlock.of.orders",
  costs: "unlock.of.costs",
  carts: "unlock.of.carts",
  tasks: "unlock.of.tasks",
  placements: "unlock.of.placements",
  followers: "unlock.of.followers",
  surveys: "unlock.of.surveys",
  products: "unlock.of.products",
};

/**
 * Returns the lines that say what more data would add: what to export, its table, how many metrics that gives and which.
 *
 * @param locked metrics that cannot be computed
 * @param opened the workspace, for names
 */
export function unlockLines(
  locked: readonly Locked[],
  { workspace, locale, t, width, style }: Opened,
): string[] {
  if (locked.length === 0) return [];
  const byTopic = new Map<Topic, { readonly table: string; readonly metrics: string[] }>();
  const together = new Map<string, string[]>();
  for (const { metric, variant, inputs } of locked) {
    const name = metricName({ metric, variant }, workspace.catalogue, locale);
    const topics = new Set(inputs.map(topicOf));
    const [topic] = topics;
    const table = inputs[0]?.tables[0] ?? "events";
    if (topic === undefined || topics.size > 1) {
      const label = [...topics].map((one) => t(one)).join(" + ");
      together.set(label, [...(together.get(label) ?? []), name]);
    } else {
      const known = byTopic.get(topic);
      byTopic.set(topic, { table, metrics: [...(known?.metrics ?? []), name] });
    }
  }
  const rows = [...byTopic]
    .sort(([, left], [, right]) => right.metrics.length - left.metrics.length)
    .map(([topic, { table, metrics }]) => [
      `+${metrics.length}`,
      `${t(topic)} (${table})`,
      metrics.join(", "),
    ]);
  if (together.size <= fewCombinations) {
    for (const [label, names] of together) rows.push([`+${names.length}`, label, names.join(", ")]);
  } else {
    const names = [...together.values()].flat();
    rows.push([`+${names.length}`, t("unlock.several"), names.join(", ")]);
  }
  const columns = [{ title: "", align: "right" as const }, { title: "" }, { title: "", max: 72 }];
  return [
    "",
    style("bold", t("unlock.title")),
    ...layoutTable(columns, rows, 2, width),
    ...wrap(`  ${t("unlock.hint")}`, width, 2).map((line) => style("dim", line)),
  ];
}

function topicOf({ tables, kinds }: Input): Topic {
  const [table = "events"] = tables;
  if (table !== "events") return tableTopics[table] ?? "unlock.of.events";
  const [kind = ""] = kinds;
  return eventTopics.find(([pattern]) => pattern.test(kind))?.[1] ?? "unlock.of.events";
}
