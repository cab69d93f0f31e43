import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOf, makeSignIn } from "../../src/server/sign-in.ts";
import { type Json, january, type TestServer, testServer } from "./running-server.ts";

const password = "kopi-dan-teh-2025";

/** A request with headers that `fetch` does not let through. */
function plain(
  server: TestServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(server.url);
    const sent = request({ host: "127.0.0.1", port, path, headers, method }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? JSON.stringify(january) : undefined);
  });
}

describe("a server on the loopback", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ isEmpty: true });
  });
  afterAll(() => server.stop());
  const json = { "content-type": "application/json" };

  it("answers its own names and no other, however they are pointed at it", async () => {
    const { host } = new URL(server.url);
    expect((await plain(server, "/api/session", { host })).status).toBe(200);
    expect((await plain(server, "/api/session", { host: "localhost:1" })).status).toBe(200);
    const rebound = await plain(server, "/api/workspace", { host: "evil.example" });
    expect(rebound).toMatchObject({ status: 403 });
    expect(rebound.body).not.toContain("Toko");
    expect((await plain(server, "/", { host: "127.0.0.1.evil.example" })).status).toBe(403);
  });

  it.each([
    ["another origin", { ...json, origin: "https://evil.example" }],
    ["no origin that can be told", { ...json, origin: "null" }],
    ["another site", { ...json, "sec-fetch-site": "cross-site" }],
    ["a neighbouring site", { ...json, "sec-fetch-site": "same-site" }],
    ["a plain form", { "content-type": "text/plain" }],
    ["a form with files", { "content-type": "multipart/form-data; boundary=x" }],
  ])("lets no page change anything with %s", async (_what, headers) => {
    const answer = await plain(server, "/api/answer", headers, "POST");
    expect(answer.status).toBe(403);
  });

  it("lets its own page through", async () => {
    const headers = { ...json, origin: server.url, "sec-fetch-site": "same-origin" };
    expect((await plain(server, "/api/answer", headers, "POST")).status).toBe(200);
  });

  it("sends headers that let the browser run the server's own scripts only", async () => {
    const { headers } = await server.get("/");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.replace(/style-src[^;]*/, "")).not.toContain("unsafe");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("says so where the app is not built", async () => {
    expect(await (await server.get("/")).text()).toContain("is not built");
  });

  it("takes calls of the command line only with the token of the lock", async () => {
    const answer = await server.post("/internal/call", { kind: "hello" });
    expect(answer.status).toBe(403);
    const wrong = { headers: { authorization: `Bearer ${"0".repeat(64)}` } };
    expect((await server.post("/internal/call", { kind: "hello" }, wrong)).status).toBe(403);
  });
});

describe("the files of the app", () => {
  let server: TestServer;
  let folder = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "lastpenny-app-"));
    const app = join(folder, "app");
    mkdirSync(join(app, "assets"), { recursive: true });
    writeFileSync(join(app, "index.html"), "<!doctype html><title>app</title>");
    writeFileSync(join(app, "assets", "main-1a2b.js"), "console.log(1)");
    writeFileSync(join(app, "assets", "main-1a2b.js.br"), "brotli");
    writeFileSync(join(folder, "secret.js"), "hidden content");
    server = await testServer({ isEmpty: true, appFolder: app });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are kept by the browser when their names carry a hash, and asked for again otherwise", async () => {
    const page = await server.get("/");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const script = await server.get("/assets/main-1a2b.js");
    expect(script.headers.get("cache-control")).toContain("immutable");
    const tag = page.headers.get("etag") ?? "";
    expect((await server.get("/", { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  it("are sent packed where the browser takes that", async () => {
    const sent = await plain(server, "/assets/main-1a2b.js", { "accept-encoding": "gzip, br" });
    expect(sent.body).toBe("brotli");
    const bare = await plain(server, "/assets/main-1a2b.js");
    expect(bare.body).toBe("console.log(1)");
  });

  it("stand in for the addresses of screens, not for missing files", async () => {
    expect(await (await server.get("/channels?r=28d")).text()).toContain("<title>app");
    expect((await server.get("/assets/gone.js")).status).toBe(404);
    expect((await server.get("/gone.png")).status).toBe(404);
  });

  it.each([
    "/../secret.js",
    "/assets/../../secret.js",
    "/%2e%2e/secret.js",
    "/assets/%2e%2e%2f%2e%2e%2fsecret.js",
    "/assets/..%5c..%5csecret.js",
    "//etc/passwd",
    "/assets/main-1a2b.js%00.html",
  ])("are all that can be had: not %s", async (path) => {
    const answer = await plain(server, path);
    expect(answer.body).not.toContain("hidden content");
    expect(answer.body).not.toContain("root:");
  });
});

describe("a server with a password", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer({ passwordHash: await hashOf(password) });
  });
  afterAll(() => server.stop());
  const enter = (given: string) => server.post("/api/session", { password: given });

  it.each([
    "/api/workspace",
    "/api/catalogue",
    "/api/events",
    "/api/jobs",
    "/api/rejects.csv?load=2",
  ])("tells strangers nothing at %s", async (path) => {
    const answer = await server.get(path);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: "sign_in_needed" });
  });

  it("lets in whoever knows it, until they leave", async () => {
    const entered = await enter(password);
    expect(entered.status).toBe(200);
    const cookie = entered.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure/);
    const headers = { cookie: cookie.split(";")[0] ?? "" };
    expect((await server.get("/api/workspace", { headers })).status).toBe(200);
    await server.get("/api/session", { method: "DELETE", headers });
    expect((await server.get("/api/workspace", { headers })).status).toBe(401);
  });

  it("lets nobody in with a wrong one, nor with a cookie that it did not give", async () => {
    expect((await enter("kopi-dan-teh-2024")).status).toBe(401);
    const headers = { cookie: "lastpenny_session=owner" };
    expect((await server.get("/api/workspace", { headers })).status).toBe(401);
  });

  it("makes those wait who guess", async () => {
    const guesses = await Promise.all(Array.from({ length: 8 }, () => enter("wrong-guess")));
    expect(guesses.map(({ status }) => status)).toContain(429);
    const right = await enter(password);
    expect(right.status).toBe(429);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(((await right.json()) as Json).detail).toMatch(/wait \d+ s/);
  });
});

describe("the door", () => {
  it("stays shut for other machines while there is no password", async () => {
    await expect(testServer({ isEmpty: true, host: "0.0.0.0" })).rejects.toThrow(/set a password/);
  });

  it("takes no short password", async () => {
    await expect(hashOf("kurz")).rejects.toThrow(/at least 8/);
  });

  it("forgets sessions after twelve quiet hours", async () => {
    let at = 0;
    const door = makeSignIn(await hashOf(password), () => at);
    const token = await door.enter(password, "a");
    at += 11 * 3_600_000;
    expect(door.personOf(token)).toMatchObject({ role: "owner" });
    at += 13 * 3_600_000;
    expect(door.personOf(token)).toBeNull();
  });

  it("asks for a cookie over https only, where people come by https", async () => {
    const server = await testServer({
      isEmpty: true,
      passwordHash: await hashOf(password),
      settings: "server:\n  public_url: https://pennies.example\n",
    });
    const host = "pennies.example";
    const headers = { host, "content-type": "application/json", origin: `https://${host}` };
    expect((await plain(server, "/api/session", { host })).status).toBe(200);
    const entered = await server.post("/api/session", { password }, { headers });
    expect(entered.headers.get("set-cookie") ?? "").toMatch(/Secure/);
    expect(entered.headers.get("strict-transport-security")).toContain("max-age");
    await server.stop();
  });
});
