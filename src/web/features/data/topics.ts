import type { ShownLocked } from "../../../server/api.ts";

/** Kinds of data that unlock metrics, in the order in which they are worth bringing. */
export const topics = [
  "orders",
  "costs",
  "leads",
  "deals",
  "email",
  "web",
  "messages",
  "contacts",
  "events",
  "carts",
  "social",
  "video",
  "surveys",
  "tasks",
  "placements",
  "followers",
  "products",
] as const;

/** A kind of data. */
export type Topic = (typeof topics)[number];

type Input = ShownLocked["locked"][number]["inputs"][number];

/** Topics of events, by their kind; the first that fits counts. */
const eventTopics: readonly (readonly [RegExp, Topic])[] = [
  [/^email/, "email"],
  [/^page_viewed$/, "web"],
  [/^(sms|whatsapp|push)/, "messages"],
  [/^social_/, "social"],
  [/^video_/, "video"],
  [/^(form_|call|meeting|goal_)/, "contacts"],
];

/** Topics of other tables. */
const tableTopics: Readonly<Record<string, Topic>> = {
  ...{ people: "leads", stages: "leads" },
  ...{ deals: "deals", orders: "orders", costs: "costs", carts: "carts", tasks: "tasks" },
  ...{ placements: "placements", followers: "followers", surveys: "surveys" },
  products: "products",
};

/**
 * Returns the kind of data that brings an input of a metric.
 *
 * @param input tables of which any will do, and kinds of rows
 */
export function topicOf({ tables, kinds }: Input): Topic {
  const [table = "events"] = tables;
  if (table !== "events") return tableTopics[table] ?? "events";
  const [kind = ""] = kinds;
  return eventTopics.find(([pattern]) => pattern.test(kind))?.[1] ?? "events";
}
