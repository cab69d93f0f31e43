import type { Problem } from "../../server/api.ts";

/** An error of the server, with what it says about itself. */
export interface ProblemError extends Error {
  readonly problem: Problem;
}

/**
 * Tells whether an error is one that the server described.
 *
 * @param error anything thrown
 */
export function isProblem(error: unknown): error is ProblemError {
  return error instanceof Error && "problem" in error;
}

/** What is asked of the server, beside the path. */
export interface Asked {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks the server and returns its answer as it came.
 *
 * @param path such as /api/answer
 * @param asked method, body, query
 * @throws ProblemError when the server refuses
 */
export async function send(path: string, asked: Asked = {}): Promise<Response> {
  const { method = "GET", body, query = {}, signal } = asked;
  const params = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const search = params.size > 0 ? `?${params}` : "";
  const response = await fetch(`${path}${search}`, {
    method,
    ...(signal ? { signal } : {}),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Asks the server for JSON. The type is that of the route; the server checks what it sends.
 *
 * @param path such as /api/answer
 * @param asked method, body, query
 * @throws ProblemError when the server refuses
 */
export async function request<Answered>(path: string, asked: Asked = {}): Promise<Answered> {
  const response = await send(path, asked);
  return (await response.json()) as Answered;
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  const problem: Problem = isProblemBody(body)
    ? body
    : {
        type: "about:blank",
        title: response.statusText,
        status: response.status,
        code: "internal",
        detail: `${response.status} ${response.statusText}`,
        details: {},
        requestId: response.headers.get("x-request-id") ?? "",
      };
  return Object.assign(new Error(problem.detail), { problem });
}

function isProblemBody(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body;
}
