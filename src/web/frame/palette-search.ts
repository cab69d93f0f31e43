/** Something that the palette can do. */
export interface Entry<Group extends string> {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly about?: string;
  /** Further names, in any language. */
  readonly synonyms: readonly string[];
  readonly run: () => void;
}

/** As many of a group as can be looked over. */
const most = 12;

const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFKC")
    .replaceAll(/[\s_-]+/g, " ")
    .trim();

/**
 * Tells how well something fits what was typed: 0 is best, null not at all.
 *
 * @param entry its title, and further names in any language
 * @param typed what was typed
 */
export function distance(
  entry: Pick<Entry<string>, "title" | "synonyms">,
  typed: string,
): number | null {
  const query = plain(typed);
  if (query === "") return 0;
  const title = plain(entry.title);
  if (title === query) return 0;
  if (title.startsWith(query)) return 1;
  const names = entry.synonyms.map(plain);
  if (names.includes(query)) return 1;
  if (title.includes(query)) return 2;
  if (names.some((name) => name.startsWith(query))) return 3;
  if (names.some((name) => name.includes(query))) return 4;
  const words = query.split(" ");
  const all = [title, ...names].join(" ");
  return words.length > 1 && words.every((word) => all.includes(word)) ? 5 : null;
}

/**
 * Returns the entries that fit what was typed, the best first, a few of each group.
 *
 * @param entries everything on offer
 * @param typed what was typed
 */
export function found<Group extends string>(
  entries: readonly Entry<Group>[],
  typed: string,
): readonly Entry<Group>[] {
  const fitting = entries.flatMap((entry) => {
    const away = distance(entry, typed);
    return away === null ? [] : [{ entry, away }];
  });
  const ordered = fitting.toSorted((a, b) => a.away - b.away).map(({ entry }) => entry);
  const taken = new Map<Group, number>();
  return ordered.filter(({ group }) => {
    const count = taken.get(group) ?? 0;
    taken.set(group, count + 1);
    return count < most;
  });
}
