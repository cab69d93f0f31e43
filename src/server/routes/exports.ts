import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "@hono/zod-openapi";
import { LastpennyError } from "../../errors.ts";
import type { Workspace } from "../../workspace.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { languageQuery } from "../schemas/basics.ts";
import { exportRequest, tableExportRequest } from "../schemas/figures.ts";
import { exportedFile, exportTypes, tableFile } from "./figures.ts";

const file = z.string().openapi({ format: "binary" });

/** Routes that answer with files. */
export const exportEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/api/export",
    group: "Figures",
    summary: "The answer to a question as CSV or XLSX",
    query: languageQuery,
    body: exportRequest,
    answer: file,
    types: Object.values(exportTypes),
    run: async ({ body, locale }, { owner, version }) => {
      const exported = await exportedFile(owner, body, { locale, version });
      const { from, to } = body.question;
      const title = body.title ?? `lastpenny ${from} ${to}`;
      return attachment(exported.bytes, exported.type, `${title}.${exported.ending}`);
    },
  }),
  endpoint({
    method: "post",
    path: "/api/export/table",
    group: "Figures",
    summary: "A table that a screen shows and no single question answers, as XLSX",
    query: languageQuery,
    body: tableExportRequest,
    answer: file,
    types: [exportTypes.xlsx],
    run: async ({ body, locale }, { owner, version }) => {
      const exported = await tableFile(owner, body, { locale, version });
      return attachment(exported.bytes, exported.type, `${body.title}.${exported.ending}`);
    },
  }),
  endpoint({
    method: "get",
    path: "/api/rejects.csv",
    group: "Data",
    summary: "Open rejects of a load, to be corrected and uploaded again",
    query: z.object({ load: z.coerce.number().int() }),
    answer: file,
    types: [exportTypes.csv],
    run: async ({ query }, { owner }) => {
      const text = await owner.read((workspace) => rejectsCsv(workspace, query.load));
      return attachment(text, "text/csv; charset=utf-8", `rejects-${query.load}.csv`);
    },
  }),
];

/** File names in other scripts travel as RFC 5987 writes them, with a plain one beside. */
function attachment(bytes: string | Buffer, type: string, name: string): Response {
  const safe = name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, "_").slice(0, 150);
  const plain = safe.replace(/[^\x20-\x7e]/g, "_");
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(typeof bytes === "string" ? bytes : new Uint8Array(bytes), {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
      "cache-control": "no-store",
    },
  });
}

/** The same file as on the command line: a row that is corrected in it closes its reject when it is uploaded. */
async function rejectsCsv(workspace: Workspace, load: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lastpenny-rejects-"));
  try {
    const files = await workspace.exportRejects(folder);
    const found = files.find(({ path }) => path.endsWith(`-${load}.csv`));
    if (found) return await readFile(found.path, "utf8");
    throw new LastpennyError("not_found", `load ${load} has no open rejects`, {
      load: String(load),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
