import type { z } from "@hono/zod-openapi";
import { type ErrorCode, errorCodes, LastpennyError } from "../errors.ts";
import type { problem } from "./schemas/basics.ts";

type Problem = z.output<typeof problem>;

/** HTTP status of each error; what is not listed is the fault of the server. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  settings_invalid: 422,
  file_unreadable: 422,
  file_too_large: 413,
  format_unknown: 422,
  source_unknown: 422,
  mapping_invalid: 422,
  metric_unknown: 422,
  metric_invalid: 422,
  formula_invalid: 422,
  question_invalid: 422,
  dimension_unknown: 422,
  filter_invalid: 422,
  rate_missing: 422,
  cost_invalid: 422,
  merge_invalid: 422,
  workspace_locked: 503,
  out_of_memory: 503,
  query_interrupted: 503,
  too_busy: 503,
  request_invalid: 400,
  request_refused: 403,
  sign_in_needed: 401,
  not_found: 404,
};

/**
 * Turns whatever was thrown into what the API answers; of what nobody foresaw it tells nothing but the request's id.
 *
 * @param error what was thrown
 * @param requestId by which the server's log names the request
 */
export function problemOf(error: unknown, requestId: string): Problem {
  const isForeseen = error instanceof LastpennyError && error.code !== "query_failed";
  if (!isForeseen) {
    return {
      type: "about:blank",
      title: "the server failed",
      status: 500,
      code: "internal",
      detail: `something went wrong that is not your fault; the server's log names it as request ${requestId}`,
      details: {},
      requestId,
    };
  }
  return {
    type: `urn:lastpenny:error:${error.code}`,
    title: errorCodes[error.code],
    status: statuses[error.code] ?? 500,
    code: error.code,
    detail: error.message,
    details: { ...error.details },
    requestId,
  };
}

/**
 * Says what is wrong with a part of a request.
 *
 * @param part body, query or path
 * @param error of its schema
 */
export function invalidRequest(part: string, error: z.ZodError): LastpennyError {
  const [issue] = error.issues;
  const field = issue?.path.join(".") ?? "";
  const where = field === "" ? part : `${part}, ${field}`;
  return new LastpennyError(
    "request_invalid",
    `${where}: ${issue?.message ?? "not valid"} (see /api/docs)`,
    { part, field },
  );
}
