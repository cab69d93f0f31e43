import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { credentials, health, signedIn } from "../schemas/workspace.ts";

const cookieName = "lastpenny_session";

/**
 * Returns the token of the session that a request shows.
 *
 * @param c the request
 */
export const sessionToken = (c: Context): string | undefined => getCookie(c, cookieName);

/**
 * Routes of signing in, and whether the process is well.
 *
 * @param isSecure true where people reach the server by https
 */
export function sessionEndpoints(isSecure: boolean): readonly Endpoint[] {
  const cookie = { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure } as const;
  return [
    endpoint({
      method: "get",
      path: "/api/health",
      group: "Server",
      summary: "Whether the process is well",
      answer: health,
      isOpen: true,
      run: async (_asked, { version, startedAt }) => ({
        ok: true,
        version,
        uptimeSeconds: Math.floor((Date.now() - startedAt.getTime()) / 1000),
      }),
    }),
    endpoint({
      method: "get",
      path: "/api/session",
      group: "Server",
      summary: "Whether somebody is signed in",
      answer: signedIn,
      isOpen: true,
      run: async ({ person }, { signIn }) => ({
        isSignedIn: person !== null,
        needsSignIn: signIn.isNeeded,
      }),
    }),
    endpoint({
      method: "post",
      path: "/api/session",
      group: "Server",
      summary: "Signs in",
      body: credentials,
      answer: signedIn,
      isOpen: true,
      run: async ({ body, context }, { signIn }) => {
        if (!signIn.isNeeded) return { isSignedIn: true, needsSignIn: false };
        const from = getConnInfo(context).remote.address ?? "";
        const token = await signIn.enter(body.password, from);
        setCookie(context, cookieName, token, { ...cookie, maxAge: 30 * 24 * 3600 });
        return { isSignedIn: true, needsSignIn: true };
      },
    }),
    endpoint({
      method: "delete",
      path: "/api/session",
      group: "Server",
      summary: "Signs out",
      answer: signedIn,
      isOpen: true,
      run: async ({ context }, { signIn }) => {
        signIn.leave(sessionToken(context));
        deleteCookie(context, cookieName, cookie);
        return { isSignedIn: !signIn.isNeeded, needsSignIn: signIn.isNeeded };
      },
    }),
  ];
}
