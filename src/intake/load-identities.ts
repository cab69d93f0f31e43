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
  const isNew = (...parts: readonly Sql[]): boolean => {
    const text = parts.map((part) => renderSql(part).text).join(" ");
    if (done.has(text)) return false;
    done.add(text);
    return true;
  };
  for (const recording of context.compiled.recordings) {
    const good = goodRows(recording);
    for (const one of recording.identifiers) {
      if (isNew(good, one.identity)) await writeIdentifier(context, stage, recording, one);
    }
    for (const [left, right] of recording.links) {
      if (isNew(good, left, right)) await writeLinks(context, stage, recording, left, right);
    }
  }
}

async function writeIdentifier(
  context: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  one: CompiledIdentifier,
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
    FROM (SELECT ${one.identity} AS "identity", ${store.dialect.texts.common(one.value)} AS "value"
      FROM ${stage.table} WHERE ${goodRows(recording)} AND ${one.identity} IS NOT NULL GROUP BY 1) AS given
    WHERE NOT EXISTS (SELECT 1 FROM "ledger"."identities" AS known WHERE known."identity" = given."identity")`);
}

async function writeLinks(
  context: LoadContext,
  stage: Stage,
  recording: CompiledRecording,
  one: Sql,
  other: Sql,
): Promise<void> {
  const { store, load, sourceId } = context;
  const links = identifier(`links_${stage.name}`);
  await store.run(sql`CREATE OR REPLACE TEMPORARY TABLE ${links} AS
    SELECT given.* FROM (SELECT DISTINCT least(${one}, ${other}) AS "left_identity", greatest(${one}, ${other}) AS "right_identity"
      FROM ${stage.table} WHERE ${goodRows(recording)} AND ${one} <> ${other}) AS given
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
