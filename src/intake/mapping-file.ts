import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { type LedgerTableName, ledgerTable, ledgerTables } from "../ledger/tables.ts";
import { parseYaml } from "../ledger/yaml-file.ts";
import type { Condition, Expression, Recording, Source, Who } from "../sources/source.ts";
import { writeWhole } from "../store/whole-file.ts";
import { parseTerm, type Term, writeTerm } from "./mapping-syntax.ts";
import { conditionOf, conditionTerm, expressionOf, expressionTerm } from "./mapping-terms.ts";

function parsedBy<Parsed>(read: (term: Term) => Parsed) {
  return (value: string | number | boolean, context: z.RefinementCtx<unknown>): Parsed => {
    try {
      return read(typeof value === "string" ? parseTerm(value) : { kind: "constant", value });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  };
}

const written = z.union([z.string(), z.number(), z.boolean()]);
const expression = written.transform(parsedBy<Expression>(expressionOf));
const condition = written.transform(parsedBy<Condition>(conditionOf));
const pattern = z.string().transform((text, context) => {
  try {
    const [, body, flags] = /^\/([\s\S]*)\/([a-z]*)$/.exec(text) ?? [];
    return new RegExp(body ?? text, body === undefined ? "i" : flags);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : "" });
    return z.NEVER;
  }
});

const who = z.strictObject({
  id: expression.optional(),
  email: expression.optional(),
  phone: expression.optional(),
  anonymous: expression.optional(),
  sameAs: z.array(expression).optional(),
});

const tableNames = ledgerTables.map((table) => table.name) as [LedgerTableName];

const draftRecording = z.strictObject({
  into: z.enum(tableNames),
  when: condition.optional(),
  key: z.array(expression).min(1),
  version: expression.optional(),
  deleted: condition.optional(),
  who: who.optional(),
  set: z.record(z.string(), expression),
});

const recording = draftRecording.superRefine(({ into, set }, context) => {
  const { columns } = ledgerTable(into);
  for (const name of Object.keys(set).filter((name) => !Object.hasOwn(columns, name))) {
    const message = `${into} has no column ${name}; it has ${Object.keys(columns).join(", ")}`;
    context.addIssue({ code: "custom", message, path: ["set", name] });
  }
  for (const [name, column] of Object.entries(columns)) {
    if (!column.required || Object.hasOwn(set, name)) continue;
    const message = `${into} needs ${name}: ${column.meaning}`;
    context.addIssue({ code: "custom", message, path: ["set"] });
  }
});

const texts = z.array(z.string());

const mapping = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "must look like own/orders"),
  vendor: z.string().min(1),
  title: z.string().min(1),
  keySpace: z.string().optional(),
  columns: texts.min(1),
  also: texts.optional(),
  without: texts.optional(),
  fileName: pattern.optional(),
  needsFileName: z.boolean().optional(),
  isClosed: z.boolean().optional(),
  placeholders: texts.optional(),
  unnest: z.string().optional(),
  zone: z.string().optional(),
  dayFirst: z.boolean().optional(),
  skip: z.strictObject({ when: condition, reason: z.string().min(1) }).optional(),
  after: texts.optional(),
  record: z.array(recording).min(1),
});

const draft = z.strictObject({ ...mapping.shape, record: z.array(draftRecording).min(1) });

/** Leaves out what is undefined, deeply: an absent property and an undefined one are different things. */
function compact<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(compact) as Value;
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, compact(one)])) as Value;
}

/**
 * Reads a mapping file.
 *
 * @param text YAML in the shape of a source, expressions as described in docs/own-mappings.md
 * @param file name for messages
 * @throws LastpennyError `mapping_invalid` with line and field of every problem
 */
export function readMapping(text: string, file: string): Source {
  return compact(parseYaml(mapping, text, file, "mapping_invalid")) as Source;
}

/**
 * Reads a proposed mapping, which may still lack what the ledger needs.
 *
 * @param text YAML as of {@link readMapping}
 * @param file name for messages
 * @throws LastpennyError `mapping_invalid` with line and field of every problem
 */
export function readDraft(text: string, file: string): Source {
  return compact(parseYaml(draft, text, file, "mapping_invalid")) as Source;
}

/**
 * Writes a source as a mapping file; reading it gives the same source.
 *
 * @param source the source
 * @param notes comments to put at the top, one line each
 */
export function writeMapping(source: Source, notes: readonly string[] = []): string {
  const { fileName, skip, record, ...plain } = source;
  const document = {
    ...plain,
    ...(fileName ? { fileName: String(fileName) } : {}),
    ...(skip ? { skip: { when: writtenCondition(skip.when), reason: skip.reason } } : {}),
    record: record.map(writtenRecording),
  };
  const comments = notes.flatMap((note) => note.split("\n")).map((line) => `# ${line}\n`);
  return `${comments.join("")}${stringify(document, { lineWidth: 0 })}`;
}

const writtenExpression = (one: Expression) => writeTerm(expressionTerm(one));
const writtenCondition = (one: Condition) => writeTerm(conditionTerm(one));

function writtenRecording(one: Recording): Readonly<Record<string, unknown>> {
  return {
    into: one.into,
    ...(one.when ? { when: writtenCondition(one.when) } : {}),
    key: one.key.map(writtenExpression),
    ...(one.version ? { version: writtenExpression(one.version) } : {}),
    ...(one.deleted ? { deleted: writtenCondition(one.deleted) } : {}),
    ...(one.who ? { who: writtenWho(one.who) } : {}),
    set: Object.fromEntries(
      Object.entries(one.set).map(([name, value]) => [name, writtenExpression(value)]),
    ),
  };
}

function writtenWho({ sameAs, ...ids }: Who): Readonly<Record<string, unknown>> {
  const single = Object.entries(ids).map(([name, value]) => [name, writtenExpression(value)]);
  return {
    ...Object.fromEntries(single),
    ...(sameAs ? { sameAs: sameAs.map(writtenExpression) } : {}),
  };
}

/**
 * Saves a mapping in the workspace.
 *
 * @param workspace the workspace's folder
 * @param source the mapping
 * @param notes comments to put at the top
 * @returns the file's path: mappings/vendor-format.yaml
 */
export async function saveMapping(
  workspace: string,
  source: Source,
  notes: readonly string[] = [],
): Promise<string> {
  const folder = join(workspace, "mappings");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${source.id.replaceAll("/", "-")}.yaml`);
  writeWhole(path, writeMapping(source, notes), 0o644);
  return path;
}
