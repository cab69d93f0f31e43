import type { CsvLayout, FileDialect } from "./files.ts";
import { identifier, join, literal, raw, type Sql, sql } from "./fragment.ts";

/** `read_csv` options that leave nothing to guessing, so that a file is read the same way every time. */
function csvOptions(layout: CsvLayout, rejects: string, maxLineBytes: number): Sql {
  const columns = join(layout.columns.map((name) => sql`${literal(name)}: 'VARCHAR'`));
  return join([
    sql`auto_detect = false`,
    sql`columns = {${columns}}`,
    sql`delim = ${literal(layout.delimiter)}`,
    sql`quote = ${literal(layout.quote)}`,
    sql`escape = ${literal(layout.escape)}`,
    sql`header = ${literal(layout.hasHeader)}`,
    sql`skip = ${literal(layout.skipLines)}`,
    sql`max_line_size = ${literal(maxLineBytes)}`,
    sql`compression = 'none'`,
    sql`store_rejects = true`,
    sql`rejects_limit = 0`,
    sql`rejects_table = ${literal(rejects)}`,
    sql`rejects_scan = ${literal(`${rejects}_scan`)}`,
  ]);
}

/** Pointers (RFC 6901) reach every key, whatever characters it holds. */
function pointer(key: string): Sql {
  return literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

function textOf(value: Sql, engineType: string): Sql {
  if (engineType === "VARCHAR") return value;
  if (engineType === "DOUBLE" || engineType === "FLOAT") {
    return sql`CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 1e15
      THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END`;
  }
  if (/^(STRUCT|MAP|UNION)|\[\d*\]$/.test(engineType))
    return sql`CAST(to_json(${value}) AS VARCHAR)`;
  return sql`CAST(${value} AS VARCHAR)`;
}

/** DuckDB's readers. */
export const duckdbFiles: FileDialect = {
  csvRows: (path, layout, rejects, maxLineBytes) =>
    sql`SELECT * FROM read_csv(${literal(path)}, ${csvOptions(layout, rejects, maxLineBytes)})`,
  csvRejects: (rejects, rawLength) => sql`
    SELECT line_byte_position AS position, string_agg(DISTINCT CAST(error_type AS VARCHAR), ', ') AS kinds,
      arg_min(error_message, column_idx) AS reason, left(any_value(csv_line), ${rawLength}) AS raw
    FROM ${identifier(rejects)} GROUP BY line_byte_position ORDER BY line_byte_position`,
  dropRejects: (rejects) => [
    sql`DROP TABLE IF EXISTS ${identifier(rejects)}`,
    sql`DROP TABLE IF EXISTS ${identifier(`${rejects}_scan`)}`,
  ],
  jsonArray: (path, maxValueBytes) =>
    sql`SELECT json FROM read_json_objects(${literal(path)}, format = 'array',
      maximum_object_size = ${literal(maxValueBytes)}, compression = 'uncompressed')`,
  jsonValues: (path, maxValueBytes) =>
    sql`SELECT json FROM read_json_objects(${literal(path)}, format = 'unstructured',
      maximum_object_size = ${literal(maxValueBytes)}, compression = 'uncompressed')`,
  isJson: (text) => sql`json_valid(${text})`,
  jsonKind: (json) => sql`json_type(${json})`,
  jsonKeys: (json) => sql`json_keys(${json})`,
  jsonTexts: (json, keys) => sql`json_extract_string(${json}, [${join(keys.map(pointer))}])`,
  element: (list, position) => sql`${list}[${literal(position)}]`,
  jsonElements: (json, key) => sql`unnest(CAST(json_extract(${json}, ${pointer(key)}) AS JSON[]))`,
  jsonKindAt: (json, key) => sql`json_type(${json}, ${pointer(key)})`,
  placesOf: (list) => sql`generate_subscripts(${list}, 1)`,
  eachOf: (list) => sql`unnest(${list})`,
  parquetRows: (path) => sql`SELECT * FROM read_parquet(${literal(path)}, binary_as_string = true)`,
  describe: (query) => sql`DESCRIBE ${query}`,
  textOf,
  rowPosition: raw("rowid"),
};
