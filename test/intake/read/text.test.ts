import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LastpennyError } from "../../../src/errors.ts";
import { cells, errorOf, read, readAll, write } from "./reading.ts";

function withBytes(text: string, table: Readonly<Record<string, string>>): Buffer {
  const bytes = [...text].map((letter) => Buffer.from(table[letter] ?? letter, "latin1"));
  return Buffer.concat(bytes);
}

describe("delimiters", () => {
  it.each([",", ";", "\t", "|", "^"])("finds %j", async (delimiter) => {
    const lines = [
      ["name", "amount", "note"],
      ["a", "1.5", `"x${delimiter}y"`],
      ["b", "2", ""],
    ];
    const file = write(`delimited.txt`, lines.map((line) => line.join(delimiter)).join("\n"));
    const table = await read(file);
    expect(table.columns).toEqual(["name", "amount", "note"]);
    expect(cells(table)).toEqual([
      ["a", "1.5", `x${delimiter}y`],
      ["b", "2", null],
    ]);
    expect(table.format.delimiter).toBe(delimiter);
  });

  it("keeps decimal commas as text", async () => {
    const file = write("comma.csv", "name;amount;rate\na;1.234,50;0,5\nb;2,75;1,5\n");
    expect(cells(await read(file))).toEqual([
      ["a", "1.234,50", "0,5"],
      ["b", "2,75", "1,5"],
    ]);
  });

  it("reads columns set apart by blanks, without a header", async () => {
    const file = write(
      "blanks.txt",
      " 0001 19970101  2   29.33\n 0002 19970118  10  9.00\n 3 4 5 6\n",
    );
    const table = await read(file);
    expect(table.columns).toEqual(["column_1", "column_2", "column_3", "column_4"]);
    expect(cells(table)[1]).toEqual(["0002", "19970118", "10", "9.00"]);
    const named = await read(file, { text: { columns: ["id", "day", "n", "paid"] } });
    expect(named.columns).toEqual(["id", "day", "n", "paid"]);
    expect(named.rows).toBe(3);
  });

  it("takes what the caller says before what it sees", async () => {
    const file = write("colon.txt", "a:b\n1:2\n");
    const table = await read(file, { text: { delimiter: ":", header: false } });
    expect(cells(table)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it("reads a single column, and a file of only a header", async () => {
    expect(cells(await read(write("one.csv", "email\na@x.de\nb@x.de\n")))).toEqual([
      ["a@x.de"],
      ["b@x.de"],
    ]);
    const empty = await read(write("head.csv", "id,amount\n"));
    expect([empty.columns, empty.rows, empty.broken]).toEqual([["id", "amount"], 0, []]);
  });

  it("passes over a title that has more lines than the table, commas in its cells or not", async () => {
    const title = [
      "Report",
      "Start: November 1, 2025, 12:00 AM",
      "End: November 30, 2025, 11:59 PM",
      "",
    ];
    const rows = [
      "Day\tCampaign\tSpent",
      "11/1/2025\tSpring, summer\t1,234.56",
      "11/2/2025\tBrand, EU\t7",
    ];
    const table = await read(write("titled.tsv", [...title, ...rows].join("\n")));
    expect(table.columns).toEqual(["Day", "Campaign", "Spent"]);
    expect(table.rows).toBe(2);
  });

  it("passes over a title above the table", async () => {
    const text =
      'Campaign report\n"1 January 2025 - 31 January 2025"\nCampaign,Clicks\na,1\nb,2\nc,3\nd,4\n';
    const table = await read(write("title.csv", text));
    expect(table.columns).toEqual(["Campaign", "Clicks"]);
    expect(table.rows).toBe(4);
    expect(table.format.preamble).toContain("Campaign report");
  });

  it("gives empty and repeated names their own", async () => {
    const table = await read(write("names.csv", 'id,,ID,id,it\'s "x"\n1,2,3,4,5\n'));
    expect(table.columns).toEqual(["id", "column_2", "ID_2", "id_3", 'it\'s "x"']);
    expect(cells(table)).toEqual([["1", "2", "3", "4", "5"]]);
  });
});

describe("encodings", () => {
  const text = "name,city\nJosé,Köln\nMüller,Zürich\n";
  const expected = [
    ["José", "Köln"],
    ["Müller", "Zürich"],
  ];
  const utf16 = (bom: string) => Buffer.from(`${bom}${text}`, "utf16le");

  it.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\uFEFF${text}`)],
    ["utf-16le", utf16("\uFEFF")],
    ["utf-16le", utf16("")],
    ["utf-16be", Buffer.from(utf16("\uFEFF")).swap16()],
    ["utf-16be", Buffer.from(utf16("")).swap16()],
    ["windows-1252", Buffer.from(text, "latin1")],
  ])("reads %s", async (encoding, bytes) => {
    const table = await read(write("encoded.csv", bytes));
    expect(cells(table)).toEqual(expected);
    expect(table.columns).toEqual(["name", "city"]);
    expect(table.format.encoding).toBe(encoding);
    expect(table.fileHash).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  // Bytes from the tables of GB 18030 and Big5: 客户 订单 金额 / 客戶 訂單 金額.
  const gb = {
    客: "\xbf\xcd",
    户: "\xbb\xa7",
    订: "\xb6\xa9",
    单: "\xb5\xa5",
    金: "\xbd\xf0",
    额: "\xb6\xee",
  };
  const big5 = {
    客: "\xab\xc8",
    戶: "\xa4\xe1",
    訂: "\xad\x71",
    單: "\xb3\xe6",
    金: "\xaa\xf7",
    額: "\xc3\x42",
  };

  it("reads GB 18030 and Big5", async () => {
    const simplified = await read(write("gb.csv", withBytes("客户,订单,金额\n金单,2,3\n", gb)));
    expect([simplified.columns, cells(simplified)]).toEqual([
      ["客户", "订单", "金额"],
      [["金单", "2", "3"]],
    ]);
    expect(simplified.format.encoding).toBe("gb18030");
    const traditional = await read(
      write("big5.csv", withBytes("客戶,訂單,金額\n金單,2,3\n", big5)),
    );
    expect([traditional.columns, cells(traditional)]).toEqual([
      ["客戶", "訂單", "金額"],
      [["金單", "2", "3"]],
    ]);
    expect(traditional.format.encoding).toBe("big5");
  });

  it("notices another encoding far behind the beginning", async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index},plain text\n`).join("");
    const table = await read(write("late.csv", Buffer.from(`id,name\n${rows}x,Köln\n`, "latin1")));
    expect(cells(table).at(-1)).toEqual(["x", "Köln"]);
    expect(table.rows).toBe(60_001);
  });

  it("sets a damaged line of UTF-8 text apart", async () => {
    const good = "Grüße, Köln, Zürich, 中文";
    const bytes = Buffer.concat([
      Buffer.from(`id,text\n1,"${good}"\n2,`),
      Buffer.from([0xe9]),
      Buffer.from("\n3,fine\n"),
    ]);
    const table = await read(write("damaged.csv", bytes));
    expect(cells(table)).toEqual([
      ["1", good],
      ["3", "fine"],
    ]);
    expect(table.broken.map((record) => record.line)).toEqual([3]);
  });

  it("takes an encoding from the caller", async () => {
    const file = write("told.csv", Buffer.from("id,name\n1,\xb1\n", "latin1"));
    expect(cells(await read(file, { text: { encoding: "iso-8859-2" } }))).toEqual([["1", "ą"]]);
    const error = await errorOf(read(file, { text: { encoding: "klingon" } }));
    expect(error.code).toBe("format_unknown");
  });
});

describe("broken records", () => {
  it("sets records with too few or too many columns apart", async () => {
    const good = Array.from({ length: 20 }, (_, index) => `${index},x,y`).join("\n");
    const table = await read(write("ragged.csv", `a,b,c\n${good}\n4,5\n6,7,8,9\n1,2,3\n`));
    expect(table.rows).toBe(21);
    expect(table.broken.map((record) => [record.line, record.raw])).toEqual([
      [22, "4,5"],
      [23, "6,7,8,9"],
    ]);
  });

  it("fills up records where the file always leaves out empty columns at the end", async () => {
    const table = await read(write("short.csv", "a,b,c\n1,2,3\n4,5\n6\n7,8,9\n1,2,3\n"));
    expect(cells(table)[1]).toEqual(["4", "5", null]);
    expect([table.rows, table.broken.length]).toEqual([5, 0]);
  });

  it("cuts off empty columns that the header does not have", async () => {
    const table = await read(write("trailing.csv", "a,b\n1,2\n3,4,\n5,6\n7,8\n"));
    expect([table.rows, table.broken.length]).toEqual([4, 0]);
    const always = await read(write("always.csv", "a,b\n1,2,\n3,4,\n5,6,\n"));
    expect([always.columns, always.rows, always.broken.length]).toEqual([["a", "b"], 3, 0]);
  });

  it("loses nothing to a quote that is never closed, wherever the engine cuts the file", async () => {
    // The engine cuts a file into pieces of 8 MB.
    const long = "x".repeat(180);
    const text = `a,b,c\n${`1,"some\n${long}",x\n`.repeat(40_000)}1,"oops,3\n${`1,${long},3\n`.repeat(60_000)}`;
    const table = await read(write("open.csv", text));
    expect(table.rows).toBe(100_000);
    expect(table.broken).toEqual([
      { line: 80_002, reason: "a quote is not closed", raw: '1,"oops,3' },
    ]);
  });

  it("reads mixed line ends", async () => {
    const table = await read(write("mixed.csv", "a,b\r\n1,2\n3,4\r\n5,6\r7,8\n"));
    expect(cells(table).map((row) => row.join())).toEqual(["1,2", "3,4", "5,6", "7,8"]);
  });

  it("reads a record longer than the engine's own limit, and refuses one beyond the limit", async () => {
    const long = "x".repeat(3_000_000);
    const file = write("long.csv", `a,b\n1,${long}\n2,y\n`);
    expect((await read(file)).rows).toBe(2);
    const error = await errorOf(read(file, { limits: { recordBytes: 1_000_000 } }));
    expect([error.code, error.message]).toEqual([
      "file_too_large",
      expect.stringContaining("longer than 1000000 bytes"),
    ]);
  });

  it("keeps line breaks inside quotes", async () => {
    expect(cells(await read(write("lines.csv", 'a,b\n"x\r\ny",2\n')))).toEqual([["x\r\ny", "2"]]);
  });

  it("turns every record of any text into a row or a broken record", async () => {
    const line = fc.string({
      unit: fc.constantFrom("a", "1", ",", ";", '"', "é", " "),
      minLength: 1,
    });
    const text = fc.array(line, { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom("\n", "\r\n"), async (lines, end) => {
        const full = lines.filter((one) => one.trim() !== "");
        const file = write(
          "any.csv",
          `h1,h2\n1,2\n3,4\n${full.map((one) => `${one}${end}`).join("")}`,
        );
        const table = await read(file, { text: { delimiter: ",", header: true } });
        const count = (text: string) => text.split(/\r\n|\n/).length;
        const inRows = cells(table).reduce(
          (sum, row) => sum + count(row.map((cell) => cell ?? "").join(",")),
          0,
        );
        const inBroken = table.broken.reduce((sum, record) => sum + count(record.raw), 0);
        const above = table.format.preamble?.split("\n").length ?? 0;
        expect(inRows + inBroken + above).toBe(full.length + (above > 0 ? 3 : 2));
      }),
      { numRuns: 40 },
    );
  });

  it("never crashes on junk", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        try {
          for (const table of await readAll(write("junk.bin", Buffer.from(bytes)))) {
            expect(table.rows + table.broken.length).toBeGreaterThanOrEqual(0);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(LastpennyError);
        }
      }),
      { numRuns: 80 },
    );
  });
});
