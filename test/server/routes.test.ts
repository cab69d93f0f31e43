import { Readable } from "node:stream";
import type { z } from "@hono/zod-openapi";
import readWorkbook from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as attribution from "../../src/server/schemas/attribution.ts";
import * as automations from "../../src/server/schemas/automations.ts";
import * as basics from "../../src/server/schemas/basics.ts";
import * as catalogue from "../../src/server/schemas/catalogue.ts";
import * as data from "../../src/server/schemas/data.ts";
import * as figures from "../../src/server/schemas/figures.ts";
import * as views from "../../src/server/schemas/views.ts";
import * as workspace from "../../src/server/schemas/workspace.ts";
import { type Json, january, type TestServer, testServer } from "./running-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

const question = { from: "2025-01-01", to: "2025-02-01" };

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Route = readonly [path: string, schema: z.ZodType, body?: unknown];

/** Every route that answers JSON with a body that it takes. */
const routes: readonly Route[] = [
  ["/api/health", workspace.health],
  ["/api/session", workspace.signedIn],
  ["/api/workspace", workspace.workspaceInfo],
  ["/api/warnings", workspace.warnings],
  ["/api/locked", workspace.locked],
  ["/api/reconcile", workspace.reconciliation],
  ["/api/settings", workspace.shownSettings],
  ["/api/catalogue", catalogue.catalogue],
  ["/api/catalogue/clv@purchases", catalogue.metric],
  ["/api/dimensions/country/values", catalogue.values],
  ["/api/own-metrics", catalogue.ownMetrics],
  ["/api/sources", data.sources],
  ["/api/loads", data.loads],
  ["/api/rejects", data.rejects],
  ["/api/freshness", data.freshnessStrip],
  ["/api/automations", automations.automations],
  ["/api/mappings", data.mappings],
  ["/api/jobs", data.jobs],
  ["/api/views", views.views],
  ["/api/annotations", views.annotations],
  ["/api/answer", figures.answer, january],
  ["/api/answers", figures.answers, { questions: [january, { ...january, metrics: ["nope"] }] }],
  ["/api/explain", figures.explanation, { question: january }],
  ["/api/attribution/table", attribution.table, { question }],
  ["/api/attribution/models", attribution.models, { question }],
  ["/api/attribution/journeys", attribution.journeys, question],
  ["/api/attribution/conversions", attribution.journeyList, { ...question, search: "1" }],
  ["/api/attribution/credit", attribution.orderCredit, { order: "1" }],
];

describe("the HTTP API", () => {
  it.each(routes.map(([path, schema, body]) => ({ path, schema, body })))(
    "answers $path as its schema says",
    async ({ path, schema, body }) => {
      const response = await (body ? server.post(path, body) : server.get(path));
      const answered = await response.json();
      expect(response.status, JSON.stringify(answered)).toBe(200);
      expect(schema.safeParse(answered).error?.issues).toBeUndefined();
      expect(response.headers.get("cache-control")).toBe("no-store");
    },
  );

  it("answers with the ledger's numbers, printed in the language asked for", async () => {
    const answer = await (await server.post("/api/answer?lang=id", january)).json();
    expect((answer as Json).figures[0]).toMatchObject({ value: "130", text: "€130,00" });
  });

  it("explains down to rows that tie, page by page", async () => {
    const body = { question: january, rowLimit: 2, rowOffset: 2 };
    const explained = (await (await server.post("/api/explain", body)).json()) as Json;
    expect(explained).toMatchObject({ ties: true, name: "Revenue" });
    expect(explained.rows[0]).toMatchObject({ count: "3", total: "130", offset: 2, ties: true });
    expect(explained.rows[0].rows).toHaveLength(1);
  });

  it("answers several questions and lets a wrong one stop no other", async () => {
    const body = { questions: [january, { ...january, metrics: ["revenu"] }] };
    const { answers } = (await (await server.post("/api/answers", body)).json()) as Json;
    expect(answers[0].answer.figures[0].value).toBe("130");
    expect(answers[1]).toMatchObject({ ok: false, error: { code: "metric_unknown" } });
  });

  it("looks through another window without disturbing the others", async () => {
    const through = { ...january, metrics: ["attributed_revenue"], attribution: { windowDays: 7 } };
    const [seven, usual] = await Promise.all([
      server.post("/api/answer", through),
      server.post("/api/answer", january),
    ]);
    expect([seven.status, usual.status]).toEqual([200, 200]);
    expect(((await seven.json()) as Json).attribution).toMatchObject({ windowDays: 7 });
  });

  it("describes every route of this test in OpenAPI 3.1, and on a page that loads nothing", async () => {
    const described = await server.json("/api/openapi.json");
    expect(described.openapi).toBe("3.1.0");
    const paths = Object.keys(described.paths).map((path) => path.replace(/\{\w+\}/g, "[^/]+"));
    const missing = routes.filter(
      ([path]) => !paths.some((one) => new RegExp(`^${one}$`).test(path)),
    );
    expect(missing.map(([path]) => path)).toEqual([]);
    const page = await (await server.get("/api/docs")).text();
    expect(page).toContain("/api/attribution/models");
    expect(page).not.toMatch(/<script|src=|https?:/);
  });

  it("describes files by their own media types", async () => {
    const { paths } = await server.json("/api/openapi.json");
    const typesOf = (operation: Json) => Object.keys(operation.responses[200].content);
    expect(typesOf(paths["/api/export"].post)).toEqual(["text/csv", workbookType]);
    expect(typesOf(paths["/api/export/table"].post)).toEqual([workbookType]);
    expect(typesOf(paths["/api/rejects.csv"].get)).toEqual(["text/csv"]);
    expect(typesOf(paths["/api/answer"].post)).toEqual(["application/json"]);
  });

  it("saves a table of a screen as a workbook whose numbers are numbers", async () => {
    const response = await server.post("/api/export/table?lang=en", {
      title: "Credit by model",
      columns: ["Channel", "Linear", "Share", "Age"],
      rows: [
        ["email", "€1,204.50", "12.3%", "2 days"],
        ['=HYPERLINK("x")', "–", "", "1 day"],
      ],
      values: [
        [null, "1204.5", "0.1234", "172800"],
        [null, null, null],
      ],
      asked: { period: { from: "2025-01-01", to: "2025-02-01" }, attribution: {} },
    });
    expect(response.headers.get("content-type")).toBe(workbookType);
    expect(response.headers.get("content-disposition")).toContain("Credit by model.xlsx");
    const bytes = Buffer.from(await response.arrayBuffer());
    const [table, about] = (await readWorkbook(Readable.from(bytes))) as Json;
    expect(table.data).toEqual([
      ["Channel", "Linear", "Share", "Age"],
      ["email", 1204.5, 0.1234, "2 days"],
      ['=HYPERLINK("x")', "–", null, "1 day"],
    ]);
    const told = JSON.stringify(about.data);
    for (const word of ["Credit by model", "2025-01-01 – 2025-01-31", "Linear, ", "EUR"]) {
      expect(told).toContain(word);
    }
  });

  it("refuses a table whose values are no numbers", async () => {
    const table = { title: "T", columns: ["A"], rows: [["1"]], values: [["=1+1"]] };
    expect((await server.post("/api/export/table", table)).status).toBe(400);
  });

  it("keeps views and annotations in files of the workspace", async () => {
    const view = (await (
      await server.post("/api/views", { name: "Pagi", path: "/channels?r=28d" })
    ).json()) as Json;
    const put = await server.post(
      `/api/views/${view.id}`,
      { name: "Sore", path: "/channels?r=7d" },
      { method: "PUT" },
    );
    expect(await put.json()).toMatchObject({ id: view.id, name: "Sore" });
    const note = { from: "2025-01-10", text: "=cmd() <b>价格</b>", kind: "price" };
    const made = (await (await server.post("/api/annotations", note)).json()) as Json;
    expect(made).toMatchObject({ ...note, to: null, tags: [] });
    await server.get(`/api/annotations/${made.id}`, { method: "DELETE" });
    expect(await server.json("/api/annotations")).toEqual({ annotations: [] });
    expect((await server.json("/api/views")).views).toHaveLength(1);
  });

  it("tells of the workspace what the ledger knows", async () => {
    expect(await server.json("/api/workspace")).toMatchObject({
      ...{ name: "Toko", isDemo: false, currency: "EUR", firstDay: "2025-01-01" },
      ...{ lastDay: "2025-02-10", asOf: "2025-02-10T10:00:00Z" },
      defaultPeriod: { from: "2025-01-01", to: "2025-02-01" },
      freshness: { openRejects: 1 },
    });
  });

  it("gives rejects back as the file that closes them", async () => {
    const [load] = (await server.json("/api/loads")).loads.filter(
      ({ rejected }: Json) => rejected > 0,
    );
    const csv = await (await server.get(`/api/rejects.csv?load=${load.load}`)).text();
    expect(csv).toMatch(/^order,line,.*lastpenny_reject\r\n4,1,sale,someday/);
  });
});

const wrong: readonly (readonly [what: string, path: string, body: unknown, code: string])[] = [
  ["no metric of that name", "/api/answer", { ...january, metrics: ["revenu"] }, "metric_unknown"],
  [
    "a filter that does not parse",
    "/api/answer",
    { ...january, filter: "country =" },
    "filter_invalid",
  ],
  [
    "SQL in a filter",
    "/api/answer",
    { ...january, filter: `country = "x" ; DROP TABLE` },
    "filter_invalid",
  ],
  ["a dimension that is none", "/api/answer", { ...january, by: [`x" FROM`] }, "dimension_unknown"],
  ["days that do not exist", "/api/answer", { ...january, from: "2025-02-31" }, "question_invalid"],
  [
    "a period that ends before it begins",
    "/api/answer",
    { ...january, to: "2024-01-01" },
    "question_invalid",
  ],
  ["fields that nobody knows", "/api/answer", { ...january, sql: "SELECT 1" }, "request_invalid"],
  ["a list instead of an object", "/api/answer", [], "request_invalid"],
  ["too many questions", "/api/answers", { questions: Array(41).fill(january) }, "request_invalid"],
  [
    "an address of another site as a view",
    "/api/views",
    { name: "x", path: "//evil.example" },
    "request_invalid",
  ],
];

describe("a wrong request", () => {
  it.each(wrong)("with %s is told so", async (_what, path, body, code) => {
    const response = await server.post(path, body);
    const told = (await response.json()) as Json;
    expect(told).toMatchObject({ code });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(basics.problem.safeParse(told).success).toBe(true);
  });

  it("with a broken body is told so", async () => {
    const response = await server.get("/api/answer", {
      method: "POST",
      body: '{"metrics":',
      headers: { "content-type": "application/json" },
    });
    expect(await response.json()).toMatchObject({ status: 400, code: "request_invalid" });
  });

  it("to nowhere is not answered with the app", async () => {
    const response = await server.get("/api/nowhere");
    expect(await response.json()).toMatchObject({ status: 404, code: "not_found" });
  });

  it("that is too large is refused before it is read", async () => {
    const response = await server.post("/api/answer", { filter: "x".repeat(3_000_000) });
    expect(response.status).toBe(413);
  });

  it("leaves nothing of what was asked in the log", () => {
    const text = JSON.stringify(server.log);
    expect(text).toContain('"route":"/api/answer"');
    expect(text).not.toMatch(/revenu|DROP|evil|Pagi|cmd/);
  });
});
