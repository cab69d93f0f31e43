import { z } from "zod";
import { errorCodes, LastpennyError } from "../errors.ts";
import type { SqlValue } from "../sql/fragment.ts";
import type { Workspace } from "../workspace.ts";

/** How a function of a workspace is run for another process: beside others, or as the only one that writes. */
type Manner = "read" | "write";

/** Names of the functions that another process may call. */
export type CallName = Exclude<
  {
    [Name in keyof Workspace]: Workspace[Name] extends (...args: never[]) => Promise<unknown>
      ? Name
      : never;
  }[keyof Workspace],
  "close" | "beside"
>;

/** Every function that can be called, and how it is run. */
export const calls = {
  import: "write",
  refresh: "write",
  defaultPeriod: "read",
  firstDay: "read",
  answer: "read",
  explain: "read",
  warnings: "read",
  locked: "read",
  reconcile: "read",
  replay: "write",
  decide: "write",
  exportRejects: "read",
  attributionTable: "read",
  compareModels: "read",
  journeyStatistics: "read",
  convertedJourneys: "read",
  creditOf: "read",
} as const satisfies Readonly<Record<CallName, Manner>>;

const sqlValue = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()]);

/** A statement as it goes from one process to the other. */
const statement = z.object({ strings: z.array(z.string()), values: z.array(sqlValue) });

/** What another process asks of the owner. */
export const callSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("hello") }),
  z.object({
    kind: z.literal("call"),
    name: z.enum(Object.keys(calls) as [CallName]),
    args: z.array(z.unknown()),
  }),
  z.object({ kind: z.literal("query"), statement }),
  z.object({ kind: z.literal("run"), statement }),
]);

/** A call of another process. */
export type Call =
  | { readonly kind: "hello" }
  | { readonly kind: "call"; readonly name: CallName; readonly args: readonly unknown[] }
  | {
      readonly kind: "query" | "run";
      readonly statement: {
        readonly strings: readonly string[];
        readonly values: readonly SqlValue[];
      };
    };

/** A line of what the owner answers: progress, now and then a sign of life, and at last the result or an error. */
export type CallLine =
  | { readonly kind: "alive" }
  | { readonly kind: "progress"; readonly progress: unknown }
  | { readonly kind: "result"; readonly result?: unknown }
  | { readonly kind: "error"; readonly error: unknown };

const bigintTag = "$bigint";
const errorTag = "$error";

/**
 * Writes a value for the other process on one line: bigints and errors keep what they are.
 *
 * @param value of plain objects, lists and values
 */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === "bigint") return { [bigintTag]: String(inner) };
    if (inner instanceof LastpennyError) {
      const { code, message, details } = inner;
      return { [errorTag]: { code, message, details } };
    }
    return inner instanceof Error ? { [errorTag]: { message: inner.message } } : inner;
  });
}

const taggedError = z.object({
  code: z.string().optional(),
  message: z.string(),
  details: z.record(z.string(), z.string()).optional(),
});

/**
 * Reads what {@link encode} wrote.
 *
 * @param text one line
 */
export function decode(text: string): unknown {
  return JSON.parse(text, (_key, inner: unknown) => {
    if (typeof inner !== "object" || inner === null) return inner;
    if (bigintTag in inner) return BigInt(String(inner[bigintTag]));
    return errorTag in inner ? errorOf(inner[errorTag]) : inner;
  });
}

function errorOf(written: unknown): Error {
  const { code, message, details = {} } = taggedError.parse(written);
  const isKnown = (name: string): name is keyof typeof errorCodes =>
    Object.hasOwn(errorCodes, name);
  return code !== undefined && isKnown(code)
    ? new LastpennyError(code, message, details)
    : new Error(message);
}
