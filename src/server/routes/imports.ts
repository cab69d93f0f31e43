import { z } from "@hono/zod-openapi";
import { LastpennyError } from "../../errors.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { startImport, startMapping, startReplay } from "../imports.ts";
import { mappingOf, mappingsOf, removeMapping } from "../mappings.ts";
import * as schemas from "../schemas/data.ts";
import { receiveUpload } from "../uploads.ts";

const byName = z.object({ id: z.string().max(200) });

/** Routes that bring rows in. */
export const importEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "post",
    path: "/api/uploads",
    group: "Imports",
    summary: "Imports files: multipart/form-data with `files`, and `as` or `accept` where wanted",
    answer: schemas.job,
    run: async ({ context }, served) => {
      const { folder, settings } = served.owner.workspace();
      const { body } = context.req.raw;
      if (!body) throw new LastpennyError("request_invalid", "the form has no file");
      const type = context.req.header("content-type") ?? "";
      const limits = { bytes: settings.server.upload_megabytes * 2 ** 20 };
      const upload = await receiveUpload(folder, body, type, limits);
      const { as, accept } = upload.fields;
      return startImport(served, upload, {
        ...(as ? { as } : {}),
        ...(accept === "true" ? { accept: true } : {}),
      });
    },
  }),
  endpoint({
    method: "post",
    path: "/api/replay",
    group: "Imports",
    summary: "Reads open rejects again, with the mappings as they are now",
    answer: schemas.job,
    run: async (_asked, served) => startReplay(served),
  }),
  endpoint({
    method: "get",
    path: "/api/jobs",
    group: "Imports",
    summary: "Jobs, the latest first",
    answer: schemas.jobs,
    run: async (_asked, { jobs }) => ({ jobs: jobs.all() }),
  }),
  endpoint({
    method: "get",
    path: "/api/jobs/{id}",
    group: "Imports",
    summary: "A job: progress, receipts, rejects",
    params: byName,
    answer: schemas.job,
    run: async ({ params }, { jobs }) => jobs.of(params.id),
  }),
  endpoint({
    method: "get",
    path: "/api/mappings",
    group: "Imports",
    summary: "The workspace's own mappings, and proposals that wait",
    answer: schemas.mappings,
    run: async (_asked, { owner }) => ({ own: await mappingsOf(owner.workspace().folder) }),
  }),
  endpoint({
    method: "get",
    path: "/api/mappings/{id}",
    group: "Imports",
    summary:
      "A mapping: columns of the file with samples, the fields that they fill, what is missing",
    params: byName,
    answer: schemas.mapping,
    run: async ({ params }, { owner }) => {
      const { folder, settings } = owner.workspace();
      return mappingOf(folder, params.id, settings);
    },
  }),
  endpoint({
    method: "post",
    path: "/api/mappings/{id}",
    group: "Imports",
    summary:
      "Accepts or corrects a mapping: its waiting files are imported, its rejects read again",
    params: byName,
    body: schemas.mappingDecision,
    answer: schemas.job,
    run: ({ params, body }, served) => startMapping(served, params.id, body),
  }),
  endpoint({
    method: "delete",
    path: "/api/mappings/{id}",
    group: "Imports",
    summary: "Removes a mapping; rows that it brought stay",
    params: byName,
    answer: z.object({ removed: z.boolean() }),
    run: async ({ params }, { owner }) => {
      await removeMapping(owner.workspace().folder, params.id);
      return { removed: true };
    },
  }),
];
