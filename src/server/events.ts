import type { Context } from "hono";
import type { ServerEvent } from "./api.ts";
import type { Jobs } from "./jobs.ts";
import type { Owner } from "./owner.ts";

/** Seconds between two comments that keep a quiet stream open. */
const heartbeatSeconds = 15;

/** Who listens to what happens. */
export interface Events {
  readonly send: (event: ServerEvent) => void;
  /** Answers with a stream of events. */
  readonly stream: (c: Context) => Response;
  /** Ends all streams. */
  readonly close: () => void;
}

/**
 * Tells browsers what happens (server-sent events): figures that may have changed, jobs, kept lists.
 *
 * @param owner who has the workspace
 * @param jobs work that goes on
 */
export function makeEvents(owner: Owner, jobs: Jobs): Events {
  const open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const encoder = new TextEncoder();
  const write = (controller: ReadableStreamDefaultController<Uint8Array>, text: string) => {
    try {
      controller.enqueue(encoder.encode(text));
    } catch {
      open.delete(controller);
    }
  };
  const send = (event: ServerEvent) => {
    const text = `event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`;
    for (const controller of open) write(controller, text);
  };
  const stopOwner = owner.onChange((ledgerVersion) => send({ event: "changed", ledgerVersion }));
  const stopJobs = jobs.onChange((job) => send({ event: "job", job }));
  const heart = setInterval(() => {
    for (const controller of open) write(controller, ": here\n\n");
  }, heartbeatSeconds * 1000);
  heart.unref();
  return {
    send,
    stream: (c) => {
      let own: ReadableStreamDefaultController<Uint8Array> | undefined;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          own = controller;
          open.add(controller);
          const hello: ServerEvent = { event: "changed", ledgerVersion: owner.version() };
          write(controller, `retry: 2000\nevent: changed\ndata: ${JSON.stringify(hello)}\n\n`);
        },
        cancel: () => {
          if (own) open.delete(own);
        },
      });
      return c.body(body, 200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
    },
    close: () => {
      clearInterval(heart);
      stopOwner();
      stopJobs();
      for (const controller of open) controller.close();
      open.clear();
    },
  };
}
