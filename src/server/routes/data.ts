import { z } from "@hono/zod-openapi";
import { latestInstant } from "../../derive/latest-instant.ts";
import { LastpennyError } from "../../errors.ts";
import { coverageOf, daysInRanges, type SourceCoverage } from "../../figures/coverage.ts";
import { freshnessOf } from "../../figures/freshness.ts";
import { spanOfDays } from "../../figures/spans.ts";
import { knownSources } from "../../intake/import.ts";
import { addDays, daysBetween, toLocalDay } from "../../ledger/calendar.ts";
import { needsNeighbours } from "../../sources/compile.ts";
import type { Source } from "../../sources/source.ts";
import { all, literal, type Sql, sql } from "../../sql/fragment.ts";
import type { Row } from "../../store/store.ts";
import type { Workspace } from "../../workspace.ts";
import { type Endpoint, endpoint } from "../endpoint.ts";
import { isoInstant } from "../instant.ts";
import { languageQuery } from "../schemas/basics.ts";
import * as schemas from "../schemas/data.ts";
import { shownFile } from "../uploads.ts";

type Sources = z.input<typeof schemas.sources>;
type Strip = z.input<typeof schemas.freshnessStrip>;

/** Routes about where rows come from. */
export const dataEndpoints: readonly Endpoint[] = [
  endpoint({
    method: "get",
    path: "/api/sources",
    group: "Data",
    summary: "Sources in use, and what can be recognised",
    query: languageQuery,
    answer: schemas.sources,
    run: (_asked, { owner }) => owner.readOnce("sources", sourcesOf),
  }),
  endpoint({
    method: "get",
    path: "/api/loads",
    group: "Data",
    summary: "Loads with their receipts, the latest first",
    query: schemas.loadsQuery,
    answer: schemas.loads,
    run: ({ query }, { owner }) =>
      owner.readOnce(`loads ${JSON.stringify(query)}`, (workspace) => loadsOf(workspace, query)),
  }),
  endpoint({
    method: "get",
    path: "/api/rejects",
    group: "Data",
    summary: "Open rejects: reasons, and rows as they were read",
    query: schemas.rejectsQuery,
    answer: schemas.rejects,
    run: ({ query }, { owner }) => owner.read((workspace) => rejectsOf(workspace, query)),
  }),
  endpoint({
    method: "get",
    path: "/api/freshness",
    group: "Data",
    summary: "Rows by source and day, and days on which rows are missing",
    query: schemas.freshnessQuery,
    answer: schemas.freshnessStrip,
    run: ({ query: { from, to } }, { owner }) =>
      owner.readOnce(`strip ${from} ${to}`, (workspace) => stripOf(workspace, from, to)),
  }),
];

const titleOf = (sources: readonly Source[], id: string): string =>
  sources.find((source) => source.id === id)?.title ?? id;

const isOwn = (id: string): boolean => id.startsWith("own/");

async function sourcesOf(workspace: Workspace): Promise<Sources> {
  const { store, folder } = workspace;
  const sources = await knownSources(folder);
  const counts = await store.query(
    sql`SELECT l."source" AS "source", l."loads" AS "loads", coalesce(r."rows", 0) AS "open"
      FROM (SELECT "source", count(*) AS "loads" FROM "ledger"."loads" GROUP BY 1) AS l
      LEFT JOIN (SELECT "source", count(*) AS "rows" FROM "ledger"."rejects" WHERE "state" = 'open' GROUP BY 1) AS r
        ON r."source" = l."source"`,
  );
  const covers = await recentCoverage(workspace);
  const used = (await freshnessOf(store)).map((fresh) => {
    const row = counts.find(({ source }) => source === fresh.source);
    const cover = covers.find(({ source }) => source === fresh.source);
    const { source, firstDay, lastDay, rows, loadedAt, file } = fresh;
    return {
      ...{ source, title: titleOf(sources, source), firstDay, lastDay, rows },
      loadedAt: loadedAt === null ? null : isoInstant(loadedAt),
      vendor: sources.find(({ id }) => id === source)?.vendor ?? source.split("/")[0] ?? source,
      isOwn: isOwn(source),
      loads: Number(row?.loads ?? 0),
      lastFile: file === null ? null : shownFile(file, folder),
      openRejects: Number(row?.open ?? 0),
      // Nothing is missing before the first row.
      missingDays: daysInRanges(
        (cover?.missing ?? []).filter((one) => firstDay !== null && one >= firstDay),
      ),
      staleDays: cover?.staleDays ?? 0,
    };
  });
  const known = sources.map(({ id, vendor, title, columns, record }) => ({
    ...{ id, vendor, title, columns },
    into: [...new Set(record.map(({ into }) => into))],
    isOwn: isOwn(id),
  }));
  return { used, known };
}

/** Coverage of the year before the end of the ledger. */
async function recentCoverage(workspace: Workspace): Promise<readonly SourceCoverage[]> {
  const { store, settings } = workspace;
  if ((await workspace.firstDay()) === null) return [];
  const asOf = await latestInstant(store);
  const end = addDays(toLocalDay(settings.time_zone, asOf), 1);
  return coverageOf({ store, settings, asOf }, spanOfDays(addDays(end, -365), end, settings));
}

async function loadsOf(
  { store, folder }: Workspace,
  { limit, offset, source }: z.output<typeof schemas.loadsQuery>,
): Promise<z.input<typeof schemas.loads>> {
  const sources = await knownSources(folder);
  const wanted = source === undefined ? sql`TRUE` : sql`l."source" = ${source}`;
  const rows = await store.query(
    sql`SELECT l."load", l."source", l."file", CAST(l."started_at" AS VARCHAR) AS "started_at",
        CAST(l."finished_at" AS VARCHAR) AS "finished_at", l."read", l."taken", l."repeated", l."rejected",
        (SELECT count(*) FROM "ledger"."rejects" AS r WHERE r."load" = l."load" AND r."state" = 'open') AS "open"
      FROM "ledger"."loads" AS l WHERE ${wanted} ORDER BY l."load" DESC LIMIT ${literal(limit)} OFFSET ${literal(offset)}`,
  );
  const [total] = await store.query(
    sql`SELECT count(*) AS "n" FROM "ledger"."loads" AS l WHERE ${wanted}`,
  );
  const number = (row: Row, name: string) => Number(row[name] ?? 0);
  return {
    loads: rows.map((row) => ({
      load: number(row, "load"),
      source: String(row.source),
      title: titleOf(sources, String(row.source)),
      file: shownFile(String(row.file), folder),
      startedAt: isoInstant(String(row.started_at)),
      finishedAt: isoInstant(String(row.finished_at)),
      read: number(row, "read"),
      taken: number(row, "taken"),
      repeated: number(row, "repeated"),
      rejected: number(row, "rejected"),
      openRejects: number(row, "open"),
    })),
    total: Number(total?.n ?? 0),
    offset,
  };
}

async function rejectsOf(
  { store, folder }: Workspace,
  query: z.output<typeof schemas.rejectsQuery>,
): Promise<z.input<typeof schemas.rejects>> {
  const { load, source, code, limit, offset } = query;
  const conditions: readonly Sql[] = [
    sql`"state" = 'open'`,
    ...(load === undefined ? [] : [sql`"load" = ${load}`]),
    ...(source === undefined ? [] : [sql`"source" = ${source}`]),
    ...(code === undefined ? [] : [sql`"code" = ${code}`]),
  ];
  const wanted = all(conditions);
  const sources = await knownSources(folder);
  const reasons = await store.query(
    sql`SELECT "source", "file", "load", "field", "code", "reason", count(*) AS "rows", min("line") AS "line"
      FROM "ledger"."rejects" WHERE ${wanted} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 7 DESC, 2, 8 LIMIT 200`,
  );
  const rows = await store.query(
    sql`SELECT "load", "source", "file", "line", "field", "code", "reason", CAST("raw" AS VARCHAR) AS "raw"
      FROM "ledger"."rejects" WHERE ${wanted} ORDER BY "load" DESC, "line" LIMIT ${literal(limit)} OFFSET ${literal(offset)}`,
  );
  const [total] = await store.query(
    sql`SELECT count(*) AS "n" FROM "ledger"."rejects" WHERE ${wanted}`,
  );
  const shared = (row: Row) => ({
    load: Number(row.load),
    source: String(row.source),
    file: shownFile(String(row.file), folder),
    line: Number(row.line),
    field: row.field === null ? null : String(row.field),
    code: String(row.code),
    reason: String(row.reason),
  });
  return {
    total: Number(total?.n ?? 0),
    offset,
    reasons: reasons.map((row) => ({
      ...shared(row),
      rows: Number(row.rows),
      needsFile: sources.some((one) => one.id === row.source && needsNeighbours(one)),
    })),
    rows: rows.map((row) => ({ ...shared(row), row: cellsOf(String(row.raw)) })),
  };
}

const cells = z.record(z.string(), z.unknown());

function cellsOf(raw: string): Record<string, string | null> {
  const row = cells.parse(JSON.parse(raw));
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null || value === undefined ? null : String(value),
    ]),
  );
}

/** Days that the strip shows at most. */
const mostDays = 800;

async function stripOf(workspace: Workspace, from?: string, to?: string): Promise<Strip> {
  const { store, settings, folder } = workspace;
  const asOf = await latestInstant(store);
  const end = to ?? addDays(toLocalDay(settings.time_zone, asOf), 1);
  const begin = from ?? addDays(end, -91);
  const length = daysBetween(begin, end);
  if (length < 1 || length > mostDays) {
    throw new LastpennyError(
      "request_invalid",
      `the strip shows 1 to ${mostDays} days, not ${length}: ask for others`,
    );
  }
  const sources = await knownSources(folder);
  const counted = await store.query(
    sql`SELECT "data_source" AS "source", CAST("day" AS VARCHAR) AS "day", sum("rows") AS "rows"
      FROM "derived"."coverage" WHERE "day" >= CAST(${begin} AS DATE) AND "day" < CAST(${end} AS DATE) GROUP BY 1, 2`,
  );
  const rows = new Map(counted.map((row) => [`${row.source} ${row.day}`, Number(row.rows)]));
  const covers = await coverageOf({ store, settings, asOf }, spanOfDays(begin, end, settings));
  const days = Array.from({ length }, (_, index) => addDays(begin, index));
  return {
    from: begin,
    to: end,
    sources: covers.map((cover) => {
      const missing = new Set(cover.missing);
      const { source, firstDay, lastDay, staleDays } = cover;
      return {
        ...{ source, title: titleOf(sources, source), firstDay, lastDay, staleDays },
        days: days.map((day) => {
          const count = rows.get(`${source} ${day}`) ?? 0;
          return { day, rows: count, state: stateOf(day, count, missing, cover) };
        }),
      };
    }),
  };
}

function stateOf(
  day: string,
  rows: number,
  missing: ReadonlySet<string>,
  { firstDay, lastDay, staleDays }: SourceCoverage,
): "rows" | "missing" | "none" | "outside" {
  if (rows > 0) return "rows";
  if (missing.has(day) || (staleDays > 0 && day > lastDay)) return "missing";
  return day < firstDay || day > lastDay ? "outside" : "none";
}
