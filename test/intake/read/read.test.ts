import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { literal, sql } from "../../../src/sql/fragment.ts";
import { workbookOf, zipOf } from "./archives.ts";
import { cells, errorOf, folder, read, readAll, store, write } from "./reading.ts";

describe("JSON", () => {
  const nested = '{"id":1,"amount":10.50,"tags":["x"],"who":{"e":"a@x.de"}}';

  it.each([
    ["an array", `[${nested},{"id":2,"late":true}]`],
    ["a wrapped list", `{"data":[${nested},{"id":2,"late":true}],"next":null}`],
    ["objects one after the other", `${nested}\n{"id":2,\n"late":true}`],
    ["one object per line", `${nested}\n{"id":2,"late":true}\n`],
  ])("reads %s", async (_name, text) => {
    const table = await read(write("rows.json", text));
    expect(table.columns).toEqual(["id", "amount", "tags", "who", "late"]);
    expect(cells(table)).toEqual([
      ["1", "10.5", '["x"]', '{"e":"a@x.de"}', null],
      ["2", null, null, null, "true"],
    ]);
  });

  it("reads a single object as one row", async () => {
    const table = await read(write("one.json", '{"id": 7,\n "list": [1, 2], "a/b\\"~c": "d"}'));
    expect([table.columns, cells(table)]).toEqual([
      ["id", "list", 'a/b"~c'],
      [["7", "[1,2]", "d"]],
    ]);
  });

  it("sets lines that are not JSON objects apart", async () => {
    const table = await read(write("lines.ndjson", '{"id":1}\n{"id":2\n\n{"id":3}\n[4]\n'));
    expect(cells(table)).toEqual([["1"], ["3"]]);
    expect(table.broken.map(({ reason, raw }) => [reason, raw])).toEqual([
      ["not valid JSON", '{"id":2'],
      ["not a JSON object", "[4]"],
    ]);
  });

  it("names the place where a document breaks off", async () => {
    const error = await errorOf(read(write("cut.json", '[{"id":1},{"id":')));
    expect(error.code).toBe("format_unknown");
    expect(error.message).toContain("byte");
  });

  it("reads UTF-16, and refuses a value beyond the limit", async () => {
    const file = write("wide.json", Buffer.from('\uFEFF[{"ort":"Köln"}]', "utf16le"));
    expect(cells(await read(file))).toEqual([["Köln"]]);
    const long = write("long.json", `[{"a":"${"x".repeat(40_000_000)}"}]`);
    const error = await errorOf(read(long, { limits: { recordBytes: 1_000_000 } }));
    expect(error.code).toBe("file_too_large");
  });
});

describe("Parquet", () => {
  it("turns every type into exact text", async () => {
    const path = join(folder, "types.parquet");
    const row = sql`SELECT 17850.0::DOUBLE AS customer, 2.55::DOUBLE AS price, 0.10::DECIMAL(18,6) AS exact,
      TIMESTAMP '2010-12-01 08:26:00' AS at, TIMESTAMPTZ '2025-03-30 02:30:00+02' AS zoned, DATE '2025-01-31' AS day,
      [1, 2] AS list, {'a': 'b'} AS nested, true AS flag, 9007199254740993::BIGINT AS big, NULL::VARCHAR AS nothing`;
    await store.run(sql`COPY (${row}) TO ${literal(path)} (FORMAT parquet)`);
    const table = await read(path);
    expect(table.values).toEqual([
      {
        customer: "17850",
        price: "2.55",
        exact: "0.100000",
        at: "2010-12-01 08:26:00",
        zoned: "2025-03-30 00:30:00+00",
        day: "2025-01-31",
        list: "[1,2]",
        nested: '{"a":"b"}',
        flag: "true",
        big: "9007199254740993",
        nothing: null,
      },
    ]);
  });

  it("refuses a file that was cut off", async () => {
    const error = await errorOf(read(write("cut.parquet", "PAR1 and then nothing")));
    expect(error.code).toBe("format_unknown");
  });
});

describe("workbooks", () => {
  it("reads each sheet as a table, dates as ISO days and numbers without noise", async () => {
    const orders = [
      `<row r="1"><c r="A1" t="inlineStr"><is><t>day</t></is></c><c r="B1" t="inlineStr"><is><t>amount</t></is></c></row>`,
      `<row r="2"><c r="A2" s="1"><v>45688</v></c><c r="B2"><v>0.30000000000000004</v></c></row>`,
      `<row r="3"><c r="A3" s="1"><v>45688.5</v></c><c r="B3"><v>1234567</v></c></row>`,
    ].join("");
    const other = `<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>`;
    const tables = await readAll(
      write("book.xlsx", workbookOf({ Orders: orders, Empty: "", People: other })),
    );
    expect(tables.map((table) => table.file.split("#")[1])).toEqual(["Orders", "People"]);
    expect(tables[0]?.values).toEqual([
      { day: "2025-01-31", amount: "0.3" },
      { day: "2025-01-31 12:00:00", amount: "1234567" },
    ]);
  });

  it("refuses an old workbook with advice, and one beyond the limit", async () => {
    const old = write("old.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"));
    expect((await errorOf(read(old))).message).toContain("save it as .xlsx or CSV");
    const file = write("large.xlsx", workbookOf({ A: " ".repeat(100_000) }));
    expect((await errorOf(read(file, { limits: { workbookBytes: 50_000 } }))).code).toBe(
      "file_too_large",
    );
  });
});

describe("archives", () => {
  const csv = Buffer.from("id,amount\n1,2\n");
  const bomb = { freeBytes: 100_000, ratio: 20 };

  it("reads gzip by content, whatever its name", async () => {
    const table = await read(write("packed.csv", gzipSync(csv)));
    expect([table.fileName, table.rows]).toEqual(["packed.csv", 1]);
    expect((await read(write("orders.csv.gz", gzipSync(csv)))).fileName).toBe("orders.csv");
  });

  it("reads every member of a zip by name, without the hidden ones", async () => {
    const file = write(
      "export.zip",
      zipOf([
        { name: "b/second.csv", data: csv },
        { name: "__MACOSX/._first.csv", data: Buffer.from("x") },
        { name: "a.json", data: Buffer.from('[{"id":1}]') },
        { name: "b/", data: Buffer.alloc(0) },
      ]),
    );
    const tables = await readAll(file);
    expect(tables.map((table) => table.file)).toEqual([`${file}!a.json`, `${file}!b/second.csv`]);
    expect(tables.map((table) => table.fileName)).toEqual(["a.json", "second.csv"]);
  });

  it("stops at a bomb", async () => {
    const zeros = Buffer.alloc(5_000_000, "1,2\n");
    const packed = write("bomb.csv.gz", gzipSync(zeros));
    expect((await errorOf(read(packed, { limits: bomb }))).code).toBe("file_too_large");
    const zip = write("bomb.zip", zipOf([{ name: "a.csv", data: zeros }]));
    expect((await errorOf(read(zip, { limits: bomb }))).code).toBe("file_too_large");
    const absolute = { expandedBytes: 1_000_000 };
    expect((await errorOf(read(zip, { limits: absolute }))).code).toBe("file_too_large");
    const many = write("many.zip", zipOf([1, 2, 3].map((n) => ({ name: `${n}.csv`, data: csv }))));
    expect((await errorOf(read(many, { limits: { archiveMembers: 2 } }))).code).toBe(
      "file_too_large",
    );
  });

  it("refuses archives inside archives, names that leave the folder, and damage", async () => {
    const inner = zipOf([{ name: "a.csv", data: csv }]);
    const nested = write("nested.zip", zipOf([{ name: "inner.zip", data: inner }]));
    expect((await errorOf(read(nested))).message).toContain("archive inside an archive");
    const twice = write("twice.csv.gz", gzipSync(gzipSync(csv)));
    expect((await errorOf(read(twice))).message).toContain("archive inside an archive");
    const escaping = write("escaping.zip", zipOf([{ name: "../../evil.csv", data: csv }]));
    expect((await errorOf(read(escaping))).code).toBe("format_unknown");
    const cut = write("cut.csv.gz", gzipSync(Buffer.alloc(100_000, "abcdefg,\n")).subarray(0, 60));
    expect((await errorOf(read(cut))).code).toBe("format_unknown");
    expect((await errorOf(read(write("cut.zip", inner.subarray(0, 40))))).code).toBe(
      "format_unknown",
    );
  });
});

describe("folders", () => {
  it("reads everything below in the order of names and tells what it passes over", async () => {
    write("tree/b.csv", "id\n1\n");
    write("tree/a/z.csv", "id\n1\n");
    write("tree/.DS_Store", "x");
    write("tree/readme.md", "# read me");
    write("tree/bad.json", '[{"id":');
    const passed: string[] = [];
    const unreadable: string[] = [];
    const tables = await readAll(join(folder, "tree"), {
      passOver: ({ file, reason }) => passed.push(`${file.split("/").at(-1)}: ${reason}`),
      unreadable: (file) => unreadable.push(file.split("/").at(-1) ?? ""),
    });
    expect(tables.map((table) => table.fileName)).toEqual(["z.csv", "b.csv"]);
    expect(passed).toEqual([".DS_Store: hidden", "readme.md: not a data format"]);
    expect(unreadable).toEqual(["bad.json"]);
  });

  it("refuses a loop, a missing path, and a folder or file without content", async () => {
    mkdirSync(join(folder, "loop/inner"), { recursive: true });
    symlinkSync("..", join(folder, "loop/inner/back"));
    expect((await errorOf(readAll(join(folder, "loop")))).message).toContain("loop");
    symlinkSync("self", join(folder, "self"));
    expect((await errorOf(readAll(join(folder, "self")))).code).toBe("file_unreadable");
    expect((await errorOf(readAll(join(folder, "nowhere")))).message).toContain("does not exist");
    mkdirSync(join(folder, "hollow"));
    expect((await errorOf(readAll(join(folder, "hollow")))).message).toContain("holds no file");
    expect((await errorOf(read(write("empty.csv", "")))).message).toContain("is empty");
    expect((await errorOf(read(write("blank.csv", "\n \n")))).message).toContain("holds no text");
  });

  it("follows a link to a file", async () => {
    symlinkSync(write("target.csv", "id\n1\n"), join(folder, "link.csv"));
    expect((await read(join(folder, "link.csv"))).rows).toBe(1);
  });
});
