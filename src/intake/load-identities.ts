import type { CompiledIdentifier, CompiledRecording } from "../sources/compile.ts";
import { identifier, join, literal, renderSql, type Sql, sql } from "../sql/fragment.ts";
import { touch } from "./load-recording.ts";
import { goodRows, type LoadContext, type Stage } from "./stage.ts";

/**
 * Keeps the identifiers of all good rows in clear, and which of them belong together. Rows that bring nothing else new
 * count too, so that the order in which files are loaded does not matter.
 *
 * @param context the load
 * @param stage the typed rows
 */
export async function writeIdentities(context: LoadContext, stage: Stage): Promise<void> {
  const done = new Set<string>();
  for (const recording of context.compiled.recordings) {
    const { identifiers, links } = recording;
    const named = [goodRows(recording), ...identifiers.map((one) => one.identity), ...links.flat()];
    const text = named.map((piece) => renderSql(piece).text).join(" ");
    if (identifiers.length > 0 && !done.has(text)) await writeNamed(context, stage, recording);
    done.add(text);
  }
}

/** Who the rows of one recording name: rows that name the same become one, before anything else is done. */
async function writeNamed(
  context: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
): Promise<void> {
  const { store } = context;
  const named = identifier(`named_${stage.name}`);
  const groups = new Map<string, { readonly name: string; readonly sql: Sql }>();
  const groupOf = (piece: Sql): Sql => {
    const { text } = renderSql(piece);
    const group = groups.get(text) ?? { name: `g${groups.size}`, sql: piece };
    groups.set(text, group);
    return identifier(group.name);
  };
  const identities = recording.identifiers.map((one) => groupOf(one.identity));
  const links = recording.links.map(([one, other]) => [groupOf(one), groupOf(other)] as const);
  const columns = [...groups.values()].map(
    (group) => sql`${group.sql} AS ${identifier(group.name)}`,
  );
  const values = recording.identifiers.map(
    (one, index) => sql`${store.dialect.texts.common(one.value)} AS ${identifier(`t${index}`)}`,
  );
  await store.run(sql`CREATE TEMPORARY TABLE ${named} AS SELECT ${join([...columns, ...values])}
    FROM ${stage.table} WHERE ${goodRows(recording)}
    GROUP BY ${join([...groups.values()].map((group) => group.sql))}`);
  for (const [index, one] of recording.identifiers.entries()) {
    const identity = identities[index];
    if (identity) await writeIdentifier(context, named, one, identity, identifier(`t${index}`));
  }
  for (const [one, other] of links) await writeLinks(context, named, one, other);
  await store.run(sql`DROP TABLE ${named}`);
}

async function writeIdentifier(
  context: LoadContext,
  named: Sql,
  one: CompiledIdentifier,
  identity: Sql,
  value: Sql,
): Promise<void> {
  const { store, load, sourceId } = context;
  const key = store.dialect.key([
    literal("identities"),
    literal(one.kind),
    literal(one.namespace),
    sql`"value"`,
  ]);
  const columns = "row_key source load row_hash identity kind namespace value is_shared".split(" ");
  await store.run(sql`INSERT INTO "ledger"."identities" (${join(columns.map((name) => identifier(name)))})
    SELECT ${key}, ${literal(sourceId)}, ${literal(load)}, ${key}, "identity", ${literal(one.kind)},
      ${literal(one.namespace)}, "value", ${one.isShared(sql`"value"`)}
    FROM (SELECT ${identity} AS "identity", ${store.dialect.texts.common(value)} AS "value"
      FROM ${named} WHERE ${identity} IS NOT NULL GROUP BY 1) AS given
    WHERE NOT EXISTS (SELECT 1 FROM "ledger"."identities" AS known WHERE known."identity" = given."identity")`);
}

async function writeLinks(context: LoadContext, named: Sql, one: Sql, other: Sql): Promise<void> {
  const { store, load, sourceId } = context;
  const links = identifier("new_links");
  await store.run(sql`CREATE OR REPLACE TEMPORARY TABLE ${links} AS
    SELECT given.* FROM (SELECT DISTINCT least(${one}, ${other}) AS "left_identity", greatest(${one}, ${other}) AS "right_identity"
      FROM ${named} WHERE ${one} <> ${other}) AS given
    WHERE NOT EXISTS (SELECT 1 FROM "ledger"."identity_links" AS known
      WHERE known."left_identity" = given."left_identity" AND known."right_identity" = given."right_identity")`);
  const key = store.dialect.key([
    literal("identity_links"),
    store.dialect.textOf(sql`"left_identity"`),
    store.dialect.textOf(sql`"right_identity"`),
  ]);
  const columns = "row_key source load row_hash left_identity right_identity".split(" ");
  const written =
    await store.run(sql`INSERT INTO "ledger"."identity_links" (${join(columns.map((name) => identifier(name)))})
    SELECT ${key}, ${literal(sourceId)}, ${literal(load)}, ${key}, "left_identity", "right_identity" FROM ${links}`);
  if (written > 0) {
    await touch(
      store,
      sql`SELECT "left_identity" AS "identity" FROM ${links}
      UNION ALL SELECT "right_identity" FROM ${links}`,
    );
  }
  await store.run(sql`DROP TABLE ${links}`);
}
