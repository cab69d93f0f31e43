import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "@hono/zod-openapi";
import { LastpennyError } from "../errors.ts";
import { writeWhole } from "../store/whole-file.ts";
import { annotations, views } from "./schemas/views.ts";

/** A list of things that people keep in a file of the workspace. */
export interface KeptList<Item, New> {
  readonly all: () => readonly Item[];
  readonly add: (item: New) => Item;
  /** @throws LastpennyError `not_found` */
  readonly change: (id: string, item: New) => Item;
  /** @throws LastpennyError `not_found` */
  readonly remove: (id: string) => void;
}

type Views = z.output<typeof views>["views"];
type Annotations = z.output<typeof annotations>["annotations"];
type View = Views[number];
type Annotation = Annotations[number];

/** Everything that people keep beside the ledger. */
export interface KeptLists {
  readonly views: KeptList<View, Omit<View, "id" | "createdAt">>;
  readonly annotations: KeptList<Annotation, Omit<Annotation, "id" | "createdAt" | "changedAt">>;
}

/** Most items of one list. */
const most = 5_000;

/**
 * Opens the lists that a workspace keeps.
 *
 * @param folder the workspace
 * @param now the clock
 * @param changed told which list changed
 */
export function keptLists(
  folder: string,
  now: () => Date,
  changed: (what: "views" | "annotations") => void,
): KeptLists {
  const at = () => now().toISOString();
  const newId = () => randomBytes(8).toString("hex");
  return {
    views: keptList({
      path: join(folder, "views.json"),
      read: (json) => views.parse({ views: json }).views,
      order: (left, right) => (left.name < right.name ? -1 : 1),
      make: (item: Omit<View, "id" | "createdAt">, before) => ({
        ...item,
        id: before?.id ?? newId(),
        createdAt: before?.createdAt ?? at(),
      }),
      changed: () => changed("views"),
    }),
    annotations: keptList({
      path: join(folder, "annotations.json"),
      read: (json) => annotations.parse({ annotations: json }).annotations,
      order: (left, right) => (left.from < right.from ? -1 : 1),
      make: (item: Omit<Annotation, "id" | "createdAt" | "changedAt">, before) => ({
        ...item,
        id: before?.id ?? newId(),
        createdAt: before?.createdAt ?? at(),
        changedAt: at(),
      }),
      changed: () => changed("annotations"),
    }),
  };
}

interface ListDeclared<Item, New> {
  readonly path: string;
  readonly read: (json: unknown) => readonly Item[];
  readonly order: (left: Item, right: Item) => number;
  readonly make: (item: New, before: Item | null) => Item;
  readonly changed: () => void;
}

function keptList<Item extends { readonly id: string }, New>({
  path,
  read,
  order,
  make,
  changed,
}: ListDeclared<Item, New>): KeptList<Item, New> {
  const all = () => (existsSync(path) ? readItems(path, read) : []);
  const write = (items: readonly Item[]) => {
    writeWhole(path, `${JSON.stringify(items.toSorted(order), null, 2)}\n`);
    changed();
  };
  const find = (id: string): Item => {
    const found = all().find((item) => item.id === id);
    if (found) return found;
    throw new LastpennyError("not_found", `nothing with the id ${id} is kept (any more)`, { id });
  };
  return {
    all,
    add: (item) => {
      if (all().length >= most) {
        throw new LastpennyError("request_invalid", `${most} are kept already: remove some first`);
      }
      const made = make(item, null);
      write([...all(), made]);
      return made;
    },
    change: (id, item) => {
      const made = make(item, find(id));
      write([...all().filter((one) => one.id !== id), made]);
      return made;
    },
    remove: (id) => {
      find(id);
      write(all().filter((one) => one.id !== id));
    },
  };
}

function readItems<Item>(path: string, read: (json: unknown) => readonly Item[]): readonly Item[] {
  try {
    return read(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new LastpennyError(
      "settings_invalid",
      `${path} cannot be read: correct it or move it away`,
      { file: path },
      { cause },
    );
  }
}
