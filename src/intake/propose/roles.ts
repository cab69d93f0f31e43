import { columnKey } from "../../sources/column-name.ts";
import type { ColumnProfile, ValueKind } from "./profile.ts";
import { type Role, roleWords } from "./words.ts";

/** A column that was given a meaning. */
export interface Assigned {
  readonly column: string;
  readonly confidence: number;
  readonly profile: ColumnProfile;
}

/** The columns by meaning. */
export type Roles = Partial<Readonly<Record<Role, Assigned>>>;

const kinds: Partial<Readonly<Record<Role, ValueKind>>> = {
  time: "time",
  created: "time",
  closed: "time",
  email: "email",
  currency: "currency",
  converted: "boolean",
  amount: "number",
  price: "number",
  quantity: "number",
  spend: "number",
  impressions: "number",
  clicks: "number",
  conversions: "number",
  leads: "number",
  score: "number",
  nps: "number",
  csat: "number",
  employees: "number",
  likes: "number",
  comments: "number",
  shares: "number",
  saves: "number",
  replies: "number",
  reach: "number",
  linkClicks: "number",
  followers: "number",
};

/** Meanings that are said in words, never in numbers. */
const spoken: readonly Role[] = [
  "name",
  "country",
  "city",
  "domain",
  "source",
  "medium",
  "industry",
  "job",
  "parent",
  "owner",
  "stage",
  "comment",
];

/** From this share of fitting values on, a column can have a meaning that asks for them. */
const leastFit = 0.8;

function tokensOf(name: string): readonly string[] {
  return name
    .replace(/([a-zäöü])([A-ZÄÖÜ])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== "");
}

/** How well a column's name says a word: 1 for the same name, less for a name that contains it. */
function nameScore(column: string, word: string): number {
  if (columnKey(column) === columnKey(word)) return 1;
  if (/[\u3400-\u9fff]/.test(word)) {
    return column.includes(word) ? 0.5 + (0.4 * word.length) / column.length : 0;
  }
  const tokens = tokensOf(column);
  const wanted = word.split(" ");
  const start = tokens.findIndex((_, index) =>
    wanted.every((token, place) => tokens[index + place] === token),
  );
  if (start < 0) return 0;
  // English names end in their noun: in "lead source" the source counts, in "source file" it does not.
  const isNoun = start + wanted.length === tokens.length;
  return (0.5 + (0.4 * wanted.length) / tokens.length) * (isNoun ? 1 : 0.7);
}

function typeFit(role: Role, profile: ColumnProfile): number {
  const kind = kinds[role];
  // An empty column can mean anything.
  if (profile.filled === 0) return 1;
  if (spoken.includes(role) && profile.shares.number > 0.5) return 0;
  if (!kind) return profile.shares.boolean > leastFit && profile.distinct < 0.5 ? 0 : 1;
  const share = profile.shares[kind];
  return share >= leastFit ? share : 0;
}

/**
 * Gives meanings to columns by their names and values: the surest pairs first, each column and each meaning once.
 *
 * @param profiles the columns
 */
export function assignRoles(profiles: readonly ColumnProfile[]): Roles {
  const pairs = (Object.keys(roleWords) as Role[]).flatMap((role) =>
    profiles.map((profile, place) => {
      const words = roleWords[role].split("|");
      const name = Math.max(...words.map((word) => nameScore(profile.column, word)));
      return { role, profile, place, confidence: name * typeFit(role, profile) };
    }),
  );
  const ranked = pairs
    .filter((pair) => pair.confidence >= 0.5)
    .sort((a, b) => b.confidence - a.confidence || a.place - b.place);
  const roles: Partial<Record<Role, Assigned>> = {};
  const used = new Set<string>();
  for (const { role, profile, confidence } of ranked) {
    if (roles[role] || used.has(profile.column)) continue;
    roles[role] = { column: profile.column, confidence, profile };
    used.add(profile.column);
  }
  return isUnnamed(profiles) ? rolesByValue(profiles) : roles;
}

function isUnnamed(profiles: readonly ColumnProfile[]): boolean {
  return profiles.every((profile) => /^column_\d+$/.test(profile.column));
}

/** Without names only values speak: the first time, the first address, the last number with decimals, the first repeated id. */
function rolesByValue(profiles: readonly ColumnProfile[]): Roles {
  const confidence = 0.4;
  const assigned = (profile: ColumnProfile | undefined): Assigned | undefined =>
    profile && { column: profile.column, confidence, profile };
  const time = profiles.find((profile) => profile.shares.time >= leastFit);
  const email = profiles.find((profile) => profile.shares.email >= leastFit);
  const numbers = profiles.filter(
    (profile) => profile !== time && profile.shares.number >= leastFit,
  );
  const amount = numbers.findLast((profile) => profile.hasFractions);
  const person = profiles.find(
    (profile) =>
      profile !== time && profile !== amount && profile !== email && profile.distinct > 0.05,
  );
  const entries = {
    time: assigned(time),
    email: assigned(email),
    amount: assigned(amount),
    person: assigned(person),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, one]) => one !== undefined));
}
