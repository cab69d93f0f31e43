import { randomUUID } from "node:crypto";
import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { LastpennyError } from "../errors.ts";
import { type Locale, locales } from "../locales/translate.ts";
import { docsPage } from "./docs-page.ts";
import { type Endpoint, isJsonText, type Served } from "./endpoint.ts";
import type { Events } from "./events.ts";
import { contentPolicy, type Door, guard } from "./guard.ts";
import { answerCall } from "./internal.ts";
import type { Log } from "./log.ts";
import { invalidRequest, problemOf } from "./problem.ts";
import { attributionEndpoints } from "./routes/attribution.ts";
import { automationEndpoints } from "./routes/automations.ts";
import { catalogueEndpoints } from "./routes/catalogue.ts";
import { dataEndpoints } from "./routes/data.ts";
import { exportEndpoints } from "./routes/exports.ts";
import { figureEndpoints } from "./routes/figures.ts";
import { importEndpoints } from "./routes/imports.ts";
import { sessionEndpoints, sessionToken } from "./routes/session.ts";
import { viewEndpoints } from "./routes/views.ts";
import { workspaceEndpoints } from "./routes/workspace.ts";
import { problem } from "./schemas/basics.ts";
import { notBuilt, type StaticFiles } from "./static-files.ts";

/** What the app is made of. */
export interface AppParts {
  readonly served: Served;
  readonly events: Events;
  readonly door: Door;
  /** The built app; null when it was not built. */
  readonly files: StaticFiles | null;
  /** What the command line shows to call. */
  readonly token: string;
  readonly log: Log;
}

interface Env {
  readonly Variables: { readonly requestId: string };
}

/** Largest JSON body. */
const mostJsonBytes = 2 * 2 ** 20;

/** Requests that took longer are told of in the log. */
const slowMs = 2_000;

/**
 * Puts the server together: guard, routes, description, app.
 *
 * @param parts what it is made of
 */
export function makeApp(parts: AppParts): OpenAPIHono<Env> {
  const { door, events, served, token, log } = parts;
  const app = new OpenAPIHono<Env>();
  const isSecure = door.publicUrl?.protocol === "https:";
  app.use(timed(log));
  app.use(
    secureHeaders({
      contentSecurityPolicy: contentPolicy,
      strictTransportSecurity: isSecure ? "max-age=15552000" : false,
      xFrameOptions: "DENY",
    }),
  );
  app.onError((error, c) => failed(c as Context<Env>, error, log));
  app.post("/internal/call", (c) => answerCall(c, served.owner, token));
  app.use(guard(door));
  const endpoints = endpointsOf(isSecure);
  for (const one of endpoints) register(app, one, served);
  app.get("/api/events", (c) => {
    personOf(c, served, false);
    return events.stream(c);
  });
  documentRoutes(app, endpoints, served);
  app.all("/api/*", (c) => {
    throw new LastpennyError("not_found", `the API has no ${c.req.method} ${c.req.path}`);
  });
  app.get("*", (c) => appFile(c, parts.files));
  return app;
}

function endpointsOf(isSecure: boolean): readonly Endpoint[] {
  return [
    ...workspaceEndpoints,
    ...catalogueEndpoints,
    ...figureEndpoints,
    ...attributionEndpoints,
    ...exportEndpoints,
    ...dataEndpoints,
    ...automationEndpoints,
    ...importEndpoints,
    ...viewEndpoints,
    ...sessionEndpoints(isSecure),
  ];
}

function register(app: OpenAPIHono<Env>, endpoint: Endpoint, served: Served): void {
  const { method, path, group, summary, params, query, body, answer, types, run } = endpoint;
  const content = Object.fromEntries(types.map((type) => [type, { schema: answer }]));
  app.openAPIRegistry.registerPath({
    ...{ method, path, summary, tags: [group] },
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(body ? { body: { content: { "application/json": { schema: body } } } } : {}),
    },
    responses: {
      200: { description: "The answer", content },
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: problem } },
      },
    },
  });
  app.on(method.toUpperCase(), path.replace(/\{(\w+)\}/g, ":$1"), async (c) => {
    const person = personOf(c, served, endpoint.isOpen);
    const asked = {
      params: checked("path", params, c.req.param()),
      query: checked("query", query, c.req.query()),
      body: body === null ? undefined : checked("body", body, await jsonOf(c)),
      locale: localeOf(c, served),
      person,
      context: c,
    };
    const result = await run(asked, served);
    if (result instanceof Response) return result;
    const text = isJsonText(result) ? result.json : JSON.stringify(result);
    return c.body(text, 200, {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
    });
  });
}

function personOf(c: Context, { signIn }: Served, isOpen: boolean) {
  const person = signIn.personOf(sessionToken(c));
  if (person || isOpen) return person;
  throw new LastpennyError("sign_in_needed", "sign in first");
}

function checked(part: string, schema: z.ZodType | null, given: unknown): unknown {
  if (schema === null) return undefined;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidRequest(part, parsed.error);
}

async function jsonOf(c: Context): Promise<unknown> {
  const text = await textOf(c);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LastpennyError(
      "request_invalid",
      "the body is not JSON (see /api/docs)",
      {},
      { cause },
    );
  }
}

async function textOf(c: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostJsonBytes) {
      throw new LastpennyError("file_too_large", "the request is larger than 2 MB");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function localeOf(c: Context, { owner }: Served): Locale {
  const asked = c.req.query("lang");
  return locales.find((one) => one === asked) ?? owner.workspace().settings.locale;
}

function documentRoutes(
  app: OpenAPIHono<Env>,
  endpoints: readonly Endpoint[],
  { version }: Served,
): void {
  const described = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "lastpenny", version, license: { name: "Apache-2.0" } },
  });
  const page = docsPage(z.looseObject({}).parse(described) as never, endpoints);
  app.get("/api/openapi.json", (c) => c.json(described as object));
  app.get("/api/docs", (c) => c.html(page));
}

function appFile(c: Context, files: StaticFiles | null): Response {
  if (!files) return c.html(notBuilt, c.req.path === "/" ? 200 : 404) as unknown as Response;
  const path = c.req.path === "/" ? "/index.html" : c.req.path;
  const found = files(c, path);
  if (found) return found;
  // Screens have addresses of their own, which all begin with the app; missing assets stay missing.
  const isScreen = !/^\/assets\/|\.\w+$/.test(path);
  const index = isScreen ? files(c, "/index.html") : null;
  if (index) return index;
  throw new LastpennyError("not_found", `there is no ${path}`);
}

/** Gives each request an id, and tells the log what took long: which route, never what was asked. */
function timed(log: Log): MiddlewareHandler<Env> {
  return async (c, next) => {
    const requestId = randomUUID();
    c.set("requestId", requestId);
    const begun = performance.now();
    await next();
    c.header("x-request-id", requestId);
    const milliseconds = Math.round(performance.now() - begun);
    log({
      level: milliseconds > slowMs ? "warning" : "info",
      what: "request",
      ...{ requestId, method: c.req.method, route: c.req.routePath },
      ...{ status: c.res.status, milliseconds },
    });
  };
}

function failed(c: Context<Env>, error: unknown, log: Log): Response {
  const requestId = c.get("requestId") ?? "";
  const told = problemOf(error, requestId);
  if (told.status >= 500) {
    log({
      ...{ level: "error", what: "failed", requestId, route: c.req.routePath, code: told.code },
      ...placeOf(error),
    });
  }
  const { retryAfter } = told.details;
  const isHurry = retryAfter !== undefined;
  const status = (isHurry ? 429 : told.status) as ContentfulStatusCode;
  return c.body(JSON.stringify({ ...told, status }), {
    status,
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      ...(isHurry ? { "retry-after": retryAfter } : {}),
    },
  });
}

/** Where it broke; messages of the engine may quote rows, so they stay out of the log. */
function placeOf(error: unknown): { readonly error: string; readonly stack: string } {
  if (!(error instanceof Error)) return { error: typeof error, stack: "" };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return { error: error.name, stack: frames.slice(0, 12).join("\n") };
}
