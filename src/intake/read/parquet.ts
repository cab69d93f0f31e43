import { LastpennyError } from "../../errors.ts";
import { identifier, join, sql } from "../../sql/fragment.ts";
import { uniqueNames } from "./column-names.ts";
import type { Staged, Staging } from "./stage.ts";

/**
 * Reads a Parquet file into a temporary table of text: exact decimals, whole doubles without a point, ISO times,
 * JSON for nested values.
 *
 * @throws LastpennyError `format_unknown` when the file is damaged
 */
export async function stageParquet(staging: Staging, path: string): Promise<Staged> {
  const { store, table } = staging;
  const { files } = store.dialect;
  try {
    const described = await store.query(files.describe(files.parquetRows(path)));
    const given = described.map((row) => String(row.column_name));
    const names = uniqueNames(given);
    const columns = described.map((row, index) => {
      const value = identifier(given[index] ?? "");
      const text = files.textOf(value, String(row.column_type));
      return sql`${text} AS ${identifier(names[index] ?? "")}`;
    });
    await store.run(
      sql`CREATE OR REPLACE TEMP TABLE ${identifier(table)} AS SELECT ${join(columns)} FROM (${files.parquetRows(path)})`,
    );
    return { columns: names, broken: [], format: { format: "parquet" } };
  } catch (error) {
    if (!(error instanceof LastpennyError) || error.code !== "query_failed") throw error;
    throw new LastpennyError(
      "format_unknown",
      `${staging.label} is not a complete Parquet file: export it again`,
      { file: staging.label },
      { cause: error },
    );
  }
}
