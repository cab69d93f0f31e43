import { LastpennyError } from "../errors.ts";
import { literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Cell, Row, Store } from "../store/store.ts";
import { count } from "./components.ts";

/** Why a group of identifiers may be more than one person. */
export type MergeSuspicion =
  | "many_emails"
  | "many_ids"
  | "many_identifiers"
  | "several_countries"
  | "several_names"
  | "joined_by_phone";

/** An identifier in clear. */
export interface NamedIdentifier {
  readonly identity: bigint;
  readonly kind: string;
  readonly namespace: string;
  readonly value: string;
}

/** A person made of several identifiers, and what put them together. */
export interface MergedPerson {
  readonly person: bigint;
  readonly size: number;
  readonly suspicions: readonly MergeSuspicion[];
  /** The first of its identifiers, at most twenty. */
  readonly identifiers: readonly NamedIdentifier[];
  /** The links between them, at most twenty, each with the source that told it or `decision`. */
  readonly links: readonly {
    readonly left: bigint;
    readonly right: bigint;
    readonly source: string;
  }[];
}

/** Who was merged, and what was left apart on purpose. */
export interface MergeReport {
  readonly people: number;
  readonly mergedPeople: number;
  /** Devices linked to two or more people, and role addresses: their links count for nothing. */
  readonly sharedDevices: number;
  readonly sharedAddresses: number;
  /** Suspicious people first, then by size. */
  readonly groups: readonly MergedPerson[];
}

/** From how many on a group is suspicious. */
const many = { emails: 4, ids: 3, identifiers: 50 } as const;

const shown = 20;

/**
 * Returns who was merged and why, the suspicious ones first.
 *
 * @param store the workspace, refreshed
 * @param limit how many groups to describe
 */
export async function mergeReport(store: Store, limit = 50): Promise<MergeReport> {
  const groups = await store.query(sql`${groupsSql(store)} LIMIT ${limit}`);
  const described: MergedPerson[] = [];
  for (const row of groups) described.push(await mergedPerson(store, row));
  return {
    people: await count(store, sql`SELECT count(*) AS n FROM derived.people`),
    mergedPeople: await count(
      store,

      sql`SELECT count(DISTINCT m.person) AS n FROM derived.identity_map AS m ${personal("m.identity")}`,
    ),
    sharedDevices: await count(store, sharedDevicesSql()),
    sharedAddresses: await count(
      store,

      sql`SELECT count(*) AS n FROM ledger.identities WHERE is_shared AND deleted IS NOT TRUE`,
    ),
    groups: described,
  };
}

/** A decision about two identifiers. */
export interface Decision {
  /** `merge`: the same person; `split`: their own link counts for nothing; `undo`: withdraws the decision before. */
  readonly action: "merge" | "split" | "undo";
  readonly left: bigint;
  readonly right: bigint;
  readonly note?: string;
  /** UTC time, as text; now by default. */
  readonly at?: string;
}

/**
 * Records a decision about who is who; the next refresh follows it through history.
 *
 * @param store the workspace
 * @param decision what, about whom, why
 * @throws LastpennyError `merge_invalid` when an identifier is unknown, both are the same, a split finds nothing to cut
 *   or an undo nothing to withdraw
 */
export async function decide(store: Store, decision: Decision): Promise<void> {
  const { action, note = null } = decision;
  const pair =
    decision.left < decision.right
      ? ([decision.left, decision.right] as const)
      : ([decision.right, decision.left] as const);
  await store.transaction(async () => {
    const standing = await standingDecision(store, pair);
    await check(store, action, pair, standing?.action ?? null);
    const given = decision.at ?? new Date().toISOString();
    const at = instant(store, given.replace("T", " ").replace(/Z$/, ""));
    const after = standing ? sql`greatest(${at}, ${store.dialect.addSeconds(standing.at, 1)})` : at;
    const key = store.dialect.key(
      ["merges", action, ...pair.map(String)]
        .map((part) => literal(part))
        .concat(store.dialect.textOf(sql`d.decided_at`)),
    );
    await store.run(
      sql`INSERT INTO ledger.merges (row_key, source, load, decided_at, action, left_identity, right_identity, note)
        SELECT ${key}, 'lastpenny/decisions', 0, d.decided_at, ${action}, ${identity(pair[0])}, ${identity(pair[1])}, ${note}
        FROM (SELECT ${after} AS decided_at) AS d`,
    );
    await store.run(
      sql`INSERT INTO ledger.touched (identity) VALUES (${identity(pair[0])}), (${identity(pair[1])})`,
    );
  });
}

/**
 * Returns the identifiers with a value, whatever their kind: an e-mail address, a phone number, a vendor's id.
 *
 * @param store the workspace
 * @param value the normalised value
 */
export async function findIdentifiers(
  store: Store,
  value: string,
): Promise<readonly NamedIdentifier[]> {
  const rows = await store.query(
    sql`SELECT identity, kind, namespace, value FROM ledger.identities
      WHERE value = ${value} AND deleted IS NOT TRUE ORDER BY kind, namespace`,
  );
  return rows.map(named);
}

interface Standing {
  readonly action: string;
  readonly at: Sql;
}

async function standingDecision(
  store: Store,
  [left, right]: readonly [bigint, bigint],
): Promise<Standing | null> {
  const [row] = await store.query(
    sql`SELECT action, decided_at FROM ledger.merges
      WHERE left_identity = ${identity(left)} AND right_identity = ${identity(right)}
      ORDER BY decided_at DESC LIMIT 1`,
  );
  if (!row) return null;
  return { action: String(row.action), at: instant(store, String(row.decided_at)) };
}

async function check(
  store: Store,
  action: Decision["action"],
  [left, right]: readonly [bigint, bigint],
  standing: string | null,
): Promise<void> {
  const refuse = (message: string): never => {
    throw new LastpennyError("merge_invalid", message, {
      left: String(left),
      right: String(right),
    });
  };
  if (left === right) refuse(`cannot ${action} an identifier with itself: ${left}`);
  const known = await count(
    store,
    sql`SELECT count(DISTINCT identity) AS n FROM ledger.identities WHERE identity IN (${identity(left)}, ${identity(right)})`,
  );
  if (known < 2) refuse(`cannot ${action}: one of ${left} and ${right} is not in the ledger`);
  const isStanding = standing === "merge" || standing === "split";
  if (action === "undo" && !isStanding) {
    refuse(`cannot undo: no decision on ${left} and ${right} stands`);
  }
  const links = await count(
    store,
    sql`SELECT count(*) AS n FROM ledger.identity_links WHERE left_identity = ${identity(left)} AND right_identity = ${identity(right)}`,
  );
  if (action === "split" && links === 0 && !isStanding) {
    refuse(`cannot split ${left} and ${right}: nothing links them directly; see the merge report`);
  }
}

function groupsSql({ dialect }: Store): Sql {
  const distinct = (value: string, when: string): Sql =>
    dialect.countDistinct(raw(value), raw(when));
  return sql`WITH members AS (
      SELECT coalesce(m.person, i.identity) AS person, i.identity, i.kind, i.namespace
      FROM ledger.identities AS i LEFT JOIN derived.identity_map AS m ON m.identity = i.identity
      WHERE i.kind IN ('email', 'phone', 'id', 'anonymous') AND i.deleted IS NOT TRUE
        AND coalesce(m.person, i.identity) IN (SELECT person FROM derived.identity_map)
    ), sizes AS (
      SELECT person, count(*) AS size, ${distinct("identity", "kind = 'email'")} AS emails FROM members GROUP BY person
    ), ids AS (
      SELECT person, max(n) AS ids FROM (
        SELECT person, namespace, count(*) AS n FROM members WHERE kind = 'id' GROUP BY person, namespace
      ) AS per_source GROUP BY person
    ), told AS (
      SELECT m.person, count(DISTINCT lower(trim(p.country))) AS countries, count(DISTINCT lower(trim(p.name))) AS names
      FROM members AS m JOIN ledger.people AS p ON p.identity = m.identity WHERE p.deleted IS NOT TRUE GROUP BY m.person
    ), phones AS (
      SELECT person, max(n) AS emails_of_a_phone FROM (
        SELECT p.person, p.identity, count(DISTINCT e.identity) AS n FROM members AS p
        JOIN (
          SELECT left_identity AS a, right_identity AS b FROM ledger.identity_links
          UNION SELECT right_identity, left_identity FROM ledger.identity_links
        ) AS l ON l.a = p.identity
        JOIN members AS e ON e.identity = l.b AND e.kind = 'email'
        WHERE p.kind = 'phone' GROUP BY p.person, p.identity
      ) AS per_phone GROUP BY person
    ), judged AS (
      SELECT s.person, s.size,
        s.emails >= ${literal(many.emails)} AS many_emails,
        coalesce(i.ids, 0) >= ${literal(many.ids)} AS many_ids,
        s.size >= ${literal(many.identifiers)} AS many_identifiers,
        coalesce(t.countries, 0) > 1 AS several_countries,
        coalesce(t.names, 0) > 1 AS several_names,
        coalesce(p.emails_of_a_phone, 0) > 1 AS joined_by_phone
      FROM sizes AS s LEFT JOIN ids AS i ON i.person = s.person
      LEFT JOIN told AS t ON t.person = s.person LEFT JOIN phones AS p ON p.person = s.person
    )
    SELECT * FROM judged ORDER BY
      CASE WHEN many_emails OR many_ids OR many_identifiers OR several_countries OR several_names OR joined_by_phone
        THEN 0 ELSE 1 END, size DESC, person`;
}

const suspicions = [
  "many_emails",
  "many_ids",
  "many_identifiers",
  "several_countries",
  "several_names",
  "joined_by_phone",
] as const satisfies readonly MergeSuspicion[];

async function mergedPerson(store: Store, row: Row): Promise<MergedPerson> {
  const person = wholeNumber(row.person);
  const member = (column: string): Sql =>
    sql`(${raw(column)} = ${identity(person)} OR ${raw(column)} IN (
      SELECT identity FROM derived.identity_map WHERE person = ${identity(person)}))`;
  const identifiers = await store.query(
    sql`SELECT identity, kind, namespace, value FROM ledger.identities
      WHERE ${member("identity")} AND deleted IS NOT TRUE ORDER BY kind, value LIMIT ${literal(shown)}`,
  );
  const links = await store.query(
    sql`SELECT left_identity, right_identity, source FROM ledger.identity_links
      WHERE ${member("left_identity")} AND ${member("right_identity")} AND deleted IS NOT TRUE
      UNION
      SELECT left_identity, right_identity, 'decision' FROM ledger.merges
      WHERE action = 'merge' AND ${member("left_identity")} AND ${member("right_identity")}
      ORDER BY 1, 2, 3 LIMIT ${literal(shown)}`,
  );
  return {
    person,
    size: Number(row.size),
    suspicions: suspicions.filter((name) => row[name] === true),
    identifiers: identifiers.map(named),
    links: links.map((link) => ({
      left: wholeNumber(link.left_identity),
      right: wholeNumber(link.right_identity),
      source: String(link.source),
    })),
  };
}

function sharedDevicesSql(): Sql {
  return sql`WITH pairs AS (
      SELECT left_identity AS a, right_identity AS b FROM ledger.identity_links WHERE deleted IS NOT TRUE
      UNION SELECT right_identity, left_identity FROM ledger.identity_links WHERE deleted IS NOT TRUE
    ), owners AS (
      SELECT d.identity, count(DISTINCT coalesce(m.person, p.b)) AS people
      FROM ledger.identities AS d JOIN pairs AS p ON p.a = d.identity
      JOIN ledger.identities AS o ON o.identity = p.b AND o.kind <> 'anonymous' AND o.is_shared IS NOT TRUE
      LEFT JOIN derived.identity_map AS m ON m.identity = p.b
      WHERE d.kind = 'anonymous' GROUP BY d.identity
    )
    SELECT count(*) AS n FROM owners WHERE people > 1`;
}

function personal(identityColumn: string): Sql {
  return sql`JOIN ledger.identities AS i ON i.identity = ${raw(identityColumn)}
    WHERE i.kind IN ('email', 'phone', 'id', 'anonymous')`;
}

function named(row: Row): NamedIdentifier {
  return {
    identity: wholeNumber(row.identity),
    kind: String(row.kind),
    namespace: String(row.namespace ?? ""),
    value: String(row.value),
  };
}

function wholeNumber(cell: Cell | undefined): bigint {
  return BigInt(String(cell ?? 0));
}

function instant({ dialect }: Store, text: string): Sql {
  return sql`CAST(${text} AS ${raw(dialect.types.time)})`;
}

function identity(value: bigint): Sql {
  return literal(value);
}
