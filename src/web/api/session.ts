import { queryOptions } from "@tanstack/react-query";
import type { SignedIn } from "../../server/api.ts";
import { request, send } from "./request.ts";

/** Whether somebody is signed in, and has to be. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => request<SignedIn>("/api/session", { signal }),
});

/**
 * Signs in.
 *
 * @param password of the workspace
 * @throws ProblemError when it is wrong, or was tried too often
 */
export async function signIn(password: string): Promise<void> {
  await send("/api/session", { method: "POST", body: { password } });
}

/** Signs out. */
export async function signOut(): Promise<void> {
  await send("/api/session", { method: "DELETE" });
}
