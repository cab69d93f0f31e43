import type { MiddlewareHandler } from "hono";
import { LastpennyError } from "../errors.ts";

/** What decides who may ask, and from where. */
export interface Door {
  /** True when only this machine can reach the server. */
  readonly isLoopback: boolean;
  /** Address that people use where it is another one than the server's. */
  readonly publicUrl: URL | null;
}

/** Names by which this machine calls itself. */
const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

const changing: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/**
 * Refuses what another site's page could send: requests that name another host (a name that was made to point at this
 * machine), that come from another site, or that a plain form could make.
 *
 * @param door who may ask, and from where
 */
export function guard({ isLoopback, publicUrl }: Door): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    const name = host.replace(/:\d+$/, "").toLowerCase();
    const isPublic = publicUrl !== null && host.toLowerCase() === publicUrl.host;
    if (isLoopback && !isPublic && !loopbackNames.has(name)) {
      refuse("this server does not answer under that name: open the address it printed");
    }
    if (changing.has(c.req.method)) {
      const origins = [host.toLowerCase(), ...(publicUrl ? [publicUrl.host] : [])];
      refuseOtherSites(c.req.header("sec-fetch-site"), c.req.header("origin"), origins);
      refuseForms(c.req.header("content-type"), c.req.path);
    }
    await next();
  };
}

function refuseOtherSites(
  site: string | undefined,
  origin: string | undefined,
  own: readonly string[],
): void {
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    refuse("a page of another site may not change anything here");
  }
  if (origin === undefined) return;
  const from = URL.canParse(origin) ? new URL(origin).host : "";
  if (!own.includes(from)) refuse("a page of another site may not change anything here");
}

function refuseForms(type: string | undefined, path: string): void {
  if (type === undefined) return;
  const kind = type.split(";")[0]?.trim().toLowerCase();
  const wanted = path === "/api/uploads" ? "multipart/form-data" : "application/json";
  if (kind !== wanted) refuse(`this address takes ${wanted}`);
}

function refuse(message: string): never {
  throw new LastpennyError("request_refused", message);
}

/** Scripts come from the server alone; styles may be set by them, which the components of the app do. */
export const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};
