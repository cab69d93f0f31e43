import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import type { Context } from "hono";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};

const encodings = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;

interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly tag: string;
}

/** Serves the files of a folder as they are when it is called; null where there is no such file. */
export type StaticFiles = (c: Context, path: string) => Response | null;

/**
 * Makes the function that serves the built app. Only files that the folder held at the start can be asked for, by their
 * whole name, so no path leads out of it.
 *
 * @param folder where the build is
 * @returns null when nothing was built
 */
export function staticFiles(folder: string): StaticFiles | null {
  if (!existsSync(join(folder, "index.html"))) return null;
  const files = filesOf(folder);
  return (c, path) => {
    const file = files.get(path);
    const type = types[/\.\w+$/.exec(path)?.[0] ?? ""];
    if (!file || type === undefined) return null;
    const accepted = (c.req.header("accept-encoding") ?? "").split(/[\s,;]+/);
    const encoding = encodings.find(
      ([name, ending]) => accepted.includes(name) && files.has(path + ending),
    );
    const sent = (encoding && files.get(path + encoding[1])) ?? file;
    const headers: Record<string, string> = {
      "content-type": type,
      // Names of the build's assets carry a hash of their content.
      "cache-control": /^\/assets\//.test(path)
        ? "public, max-age=31536000, immutable"
        : "no-cache",
      etag: file.tag,
      vary: "accept-encoding",
      ...(encoding ? { "content-encoding": encoding[0] } : {}),
    };
    if (c.req.header("if-none-match") === file.tag) return c.body(null, 304, headers);
    headers["content-length"] = String(sent.size);
    if (c.req.method === "HEAD") return c.body(null, 200, headers);
    const body = Readable.toWeb(createReadStream(sent.path)) as ReadableStream;
    return c.body(body, 200, headers);
  };
}

function filesOf(folder: string): ReadonlyMap<string, FoundFile> {
  const found = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    found.map((path) => {
      const { size, mtimeMs } = statSync(path);
      const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
      return [`/${relative(folder, path).split(sep).join("/")}`, { path, size, tag }];
    }),
  );
}

/** What is shown instead of the app where it was not built. */
export const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>lastpenny</title>
<body><h1>lastpenny</h1><p>The server runs, and the app is not built. Run <code>npm start</code>, or
<code>node scripts/build.mjs</code> in the checkout, and start the server again.</p>
<p>The <a href="/api/docs">HTTP API</a> works.</p></body></html>
`;
