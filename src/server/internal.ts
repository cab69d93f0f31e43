import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { LastpennyError } from "../errors.ts";
import type { Workspace } from "../workspace.ts";
import { needsLens } from "./lens.ts";
import type { Owner } from "./owner.ts";
import { type Call, type CallLine, callSchema, calls, decode, encode } from "./wire.ts";

/** Seconds between two signs of life while a call goes on. */
const aliveSeconds = 10;

/**
 * Answers a call of the command line: one line per step, the last one with the result.
 *
 * @param c the request
 * @param owner who has the workspace
 * @param token what the caller has to show
 * @throws LastpennyError `request_refused` without the token
 */
export async function answerCall(c: Context, owner: Owner, token: string): Promise<Response> {
  if (!isSame(c.req.header("authorization") ?? "", `Bearer ${token}`)) {
    throw new LastpennyError("request_refused", "only the command line of this machine may call");
  }
  const call = callSchema.parse(decode(await c.req.text())) as Call;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let isOpen = true;
      const send = (line: CallLine) => {
        if (isOpen) controller.enqueue(encoder.encode(`${encode(line)}\n`));
      };
      const alive = setInterval(() => send({ kind: "alive" }), aliveSeconds * 1000);
      const end = (line: CallLine) => {
        clearInterval(alive);
        try {
          send(line);
          controller.close();
        } catch {
          // The caller has gone; the work is done all the same.
        }
        isOpen = false;
      };
      send({ kind: "alive" });
      perform(owner, call, (progress) => send({ kind: "progress", progress })).then(
        (result) => end({ kind: "result", result }),
        (error: unknown) => end({ kind: "error", error }),
      );
    },
  });
  return c.body(body, 200, { "content-type": "application/x-ndjson", "cache-control": "no-store" });
}

async function perform(
  owner: Owner,
  call: Call,
  onProgress: (progress: unknown) => void,
): Promise<unknown> {
  switch (call.kind) {
    case "hello":
      await owner.reread();
      return null;
    case "query":
      return owner.read(({ store }) => store.query(call.statement));
    case "run":
      return changing(owner, () => owner.write(({ store }) => store.run(call.statement)));
    case "call": {
      const work = (workspace: Workspace) => callFunction(workspace, call, onProgress);
      if (calls[call.name] === "read") {
        return looksThroughLens(owner, call.args) ? owner.write(work) : owner.read(work);
      }
      return changing(owner, () => owner.write(work));
    }
  }
}

/** Questions carry their choice of attribution, and the credit of an order is asked with the choice itself. */
function looksThroughLens(owner: Owner, args: readonly unknown[]): boolean {
  const { settings } = owner.workspace();
  return args.some((arg) => {
    if (typeof arg !== "object" || arg === null) return false;
    return needsLens("attribution" in arg ? (arg.attribution ?? undefined) : arg, settings);
  });
}

async function changing<Result>(owner: Owner, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } finally {
    owner.changed();
  }
}

type Called = (...args: readonly unknown[]) => Promise<unknown>;

function callFunction(
  workspace: Workspace,
  { name, args }: Extract<Call, { readonly kind: "call" }>,
  onProgress: (progress: unknown) => void,
): Promise<unknown> {
  const work = workspace[name] as Called;
  const last = { import: 1, refresh: 0 }[name as string];
  if (last === undefined) return work(...args);
  const given = [...args];
  given[last] = { ...(given[last] as object | undefined), onProgress };
  return work(...given);
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
