import { describe, expect, it } from "vitest";
import { writtenSql } from "../../src/cli/written-sql.ts";

describe("SQL as it is shown", () => {
  it("starts a line before each clause and indents by brackets", () => {
    const sql = `SELECT count(*) AS n FROM (SELECT "a" FROM t LEFT JOIN u USING ("b") WHERE "a" > 1) AS kept GROUP BY 1 UNION ALL SELECT 2`;
    expect(writtenSql(sql)).toBe(
      [
        "SELECT count(*) AS n",
        `FROM (SELECT "a"`,
        "  FROM t",
        `  LEFT JOIN u USING ("b")`,
        `  WHERE "a" > 1) AS kept`,
        "GROUP BY 1",
        "UNION ALL SELECT 2",
      ].join("\n"),
    );
  });

  it("leaves what stands in quotes as it is", () => {
    const sql = `SELECT 'it''s FROM here (' AS "a WHERE b" FROM t`;
    expect(writtenSql(sql)).toBe(`SELECT 'it''s FROM here (' AS "a WHERE b"\nFROM t`);
  });
});
