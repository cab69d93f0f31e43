import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Locale } from "../locales/translate.ts";
import type { Jobs } from "./jobs.ts";
import type { KeptLists } from "./kept.ts";
import type { Owner } from "./owner.ts";
import type { Person, SignIn } from "./sign-in.ts";

/** What every route can use. */
export interface Served {
  readonly owner: Owner;
  readonly jobs: Jobs;
  readonly kept: KeptLists;
  readonly signIn: SignIn;
  readonly version: string;
  readonly startedAt: Date;
}

/** A request after its parts were checked. */
export interface Asked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Language of the answer. */
  readonly locale: Locale;
  /** Who asks; what they may do is decided here, once there is more than one. */
  readonly person: Person | null;
  readonly context: Context;
}

/** JSON that is text already. */
export interface JsonText {
  readonly json: string;
}

type Method = "get" | "post" | "put" | "delete";

/** A route as data: what it takes, what it answers, and the function behind it. */
export interface Endpoint {
  readonly method: Method;
  /** With parameters in braces. */
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  readonly params: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  readonly answer: z.ZodType;
  /** Media types of the answer. */
  readonly types: readonly string[];
  /** Can be asked by somebody who is not signed in. */
  readonly isOpen: boolean;
  readonly run: (asked: Asked<unknown, unknown, unknown>, served: Served) => Promise<unknown>;
}

interface Declared<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly method: Method;
  readonly path: string;
  readonly group: string;
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** Of a file; answers are JSON by default. */
  readonly types?: readonly string[];
  readonly isOpen?: boolean;
  readonly run: (
    asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
    served: Served,
  ) => Promise<z.input<Answer> | JsonText | Response>;
}

/**
 * Declares a route; its function gets what the schemas let through.
 *
 * @param declared the route
 */
export function endpoint<
  Answer extends z.ZodType,
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
>(declared: Declared<Params, Query, Body, Answer>): Endpoint {
  const { params = null, query = null, body = null, isOpen = false, run } = declared;
  const { types = ["application/json"] } = declared;
  return { ...declared, params, query, body, types, isOpen, run: run as Endpoint["run"] };
}

/**
 * Whether a result is JSON text already.
 *
 * @param result what a route returned
 */
export function isJsonText(result: unknown): result is JsonText {
  return typeof result === "object" && result !== null && Object.keys(result).join() === "json";
}
