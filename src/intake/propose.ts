import type { Settings } from "../ledger/settings.ts";
import { type LedgerTableName, ledgerTable } from "../ledger/tables.ts";
import { constant, day, money, number, time } from "../sources/expressions.ts";
import type { Expression, Recording, Source } from "../sources/source.ts";
import type { Store } from "../store/store.ts";
import type { Draft } from "./propose/drafts.ts";
import { type ColumnProfile, profileColumns, type ValueKind } from "./propose/profile.ts";
import { assignRoles, type Roles } from "./propose/roles.ts";
import { type TableRule, tableRules } from "./propose/tables.ts";
import type { Role } from "./propose/words.ts";
import type { RawTable } from "./raw-table.ts";

/** What a proposal says about one column of the file. */
export interface ProposedColumn {
  readonly column: string;
  /** Kind of its values. */
  readonly kind: ValueKind;
  /** Ledger columns that it fills, such as deals.amount; empty when it is not used. */
  readonly into: readonly string[];
  /** From 0 to 1: how well name and values fit. */
  readonly confidence: number;
  readonly samples: readonly string[];
}

/** A column that the ledger needs and the file does not have. */
export interface MissingColumn {
  readonly into: LedgerTableName;
  readonly column: string;
  readonly meaning: string;
}

/** A mapping for an unknown file, for a person to confirm. */
export interface Proposal {
  readonly source: Source;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly columns: readonly ProposedColumn[];
  /** What has to be given before the mapping can be used, as `given`. */
  readonly missing: readonly MissingColumn[];
  /** Things to know, as codes: currency_unknown. */
  readonly notes: readonly string[];
}

/** What a person adds to a proposal: ledger column → value, the same for every row. */
export type Given = Readonly<Record<string, string>>;

/**
 * Proposes a mapping for a file that no source recognises, from the names of its columns (English, German, Chinese, Indonesian)
 * and from its values.
 *
 * @param store where the raw table is
 * @param raw the file
 * @param settings the workspace's currency for files that name none
 * @param given values for what the file does not have, such as { from_day: "2017-08-30" }
 * @returns null when the file is like no table of the ledger
 */
export async function proposeMapping(
  store: Store,
  raw: RawTable,
  settings: Pick<Settings, "default_currency">,
  given: Given = {},
): Promise<Proposal | null> {
  const profiles = await profileColumns(store, raw);
  const roles = assignRoles(profiles);
  const rule = bestRule(roles);
  if (!rule) return null;
  const draft = rule.draft({ roles, fileName: raw.fileName });
  const recordings = draft.recordings.map((recording) => withGiven(recording, given));
  const used = new Set(draft.uses.map((role) => roles[role]?.column ?? ""));
  const source = sourceOf(raw, profiles, recordings, used);
  const missing = missingOf(recordings);
  return {
    source,
    confidence: confidenceOf(rule, roles, missing),
    columns: profiles.map((profile) => proposedColumn(profile, roles, draft, recordings)),
    missing,
    notes:
      needsCurrency(recordings) && settings.default_currency === null ? ["currency_unknown"] : [],
  };
}

function bestRule(roles: Roles): TableRule | null {
  const scored = tableRules
    .filter((rule) => rule.needs.every((group) => group.some((role) => roles[role])))
    .filter((rule) => rule.fits?.(roles) ?? true)
    .map((rule) => ({ rule, score: evidenceOf(rule, roles) }))
    .sort((a, b) => b.score - a.score);
  return scored[0]?.rule ?? null;
}

function evidenceOf(rule: TableRule, roles: Roles): number {
  return Object.entries(rule.evidence).reduce(
    (total, [role, weight]) => total + weight * (roles[role as Role]?.confidence ?? 0),
    0,
  );
}

/** The weighted confidence of the meanings that were found; what is missing halves it. */
function confidenceOf(rule: TableRule, roles: Roles, missing: readonly MissingColumn[]): number {
  const found = Object.entries(rule.evidence).filter(([role]) => roles[role as Role]);
  const weight = found.reduce((total, [, one]) => total + one, 0);
  const share = weight === 0 ? 0 : evidenceOf(rule, roles) / weight;
  return Math.round(share * (missing.length > 0 ? 0.5 : 1) * 100) / 100;
}

function withGiven(recording: Recording, given: Given): Recording {
  const { columns } = ledgerTable(recording.into);
  const added = Object.entries(given).flatMap(([name, value]) => {
    const type = columns[name]?.type;
    return type === undefined ? [] : [[name, givenValue(type, value)] as const];
  });
  return { ...recording, set: { ...recording.set, ...Object.fromEntries(added) } };
}

function givenValue(type: string, value: string): Expression {
  const text = constant(value);
  if (type === "day") return day(text);
  if (type === "time") return time(text);
  if (type === "money") return money(text);
  return type === "number" || type === "count" ? number(text) : text;
}

function sourceOf(
  raw: RawTable,
  profiles: readonly ColumnProfile[],
  recordings: readonly Recording[],
  used: ReadonlySet<string>,
): Source {
  const placeholders = [...new Set(profiles.flatMap((profile) => profile.placeholders))].sort();
  const name = raw.fileName.replace(/\.[^.]*$/, "");
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return {
    id: `own/${slug || "file"}`,
    vendor: "own",
    title: name,
    columns: profiles.map((profile) => profile.column).filter((column) => used.has(column)),
    ...(placeholders.length > 0 ? { placeholders } : {}),
    record: recordings,
  };
}

/**
 * Returns what recordings lack before they can be used.
 *
 * @param recordings of a mapping
 */
export function missingOf(recordings: readonly Recording[]): readonly MissingColumn[] {
  const missing = new Map<string, MissingColumn>();
  for (const { into, set } of recordings) {
    for (const [name, column] of Object.entries(ledgerTable(into).columns)) {
      if (!column.required || Object.hasOwn(set, name)) continue;
      missing.set(`${into}.${name}`, { into, column: name, meaning: column.meaning });
    }
    // An order line may borrow its time from a header, which an own file does not have.
    if (into === "orders" && !Object.hasOwn(set, "booked_at")) {
      missing.set("orders.booked_at", {
        into,
        column: "booked_at",
        meaning: "When it was booked.",
      });
    }
  }
  return [...missing.values()];
}

/**
 * Tells whether amounts come without a currency.
 *
 * @param recordings of a mapping
 */
export function needsCurrency(recordings: readonly Recording[]): boolean {
  return recordings.some(
    ({ set }) => Object.hasOwn(set, "amount") && !Object.hasOwn(set, "currency"),
  );
}

function proposedColumn(
  profile: ColumnProfile,
  roles: Roles,
  draft: Draft,
  recordings: readonly Recording[],
): ProposedColumn {
  const role = draft.uses.find((one) => roles[one]?.column === profile.column);
  const confidence = role ? (roles[role]?.confidence ?? 0) : 0;
  const kinds: readonly ValueKind[] = ["time", "email", "boolean", "number", "currency", "url"];
  return {
    column: profile.column,
    kind:
      profile.filled > 0 ? (kinds.find((kind) => profile.shares[kind] >= 0.95) ?? "text") : "text",
    into: role ? targetsOf(profile.column, recordings) : [],
    confidence: Math.round(confidence * 100) / 100,
    samples: profile.values.slice(0, 3),
  };
}

function targetsOf(column: string, recordings: readonly Recording[]): readonly string[] {
  const reads = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(reads);
    if (typeof value !== "object" || value === null) return false;
    if ("op" in value && value.op === "text" && "column" in value) return value.column === column;
    return Object.values(value).some(reads);
  };
  const targets = recordings.flatMap(({ into, set, who }) => [
    ...(who && reads(Object.values(who)) ? [`${into}.identity`] : []),
    ...Object.entries(set)
      .filter(([, value]) => reads(value))
      .map(([name]) => `${into}.${name}`),
  ]);
  return [...new Set(targets)];
}
