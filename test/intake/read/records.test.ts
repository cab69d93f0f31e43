import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitRecords, splitText, type TextRecord } from "../../../src/intake/read/records.ts";

const plain = { delimiter: ",", quote: '"', escape: '"' };

async function split(chunks: readonly string[], columns: number): Promise<readonly TextRecord[]> {
  const records: TextRecord[] = [];
  for await (const record of splitRecords(chunks, plain, columns, 1_000_000)) records.push(record);
  return records;
}

describe("splitting text into records", () => {
  it("keeps line breaks and doubled quotes inside quotes", () => {
    const [record] = splitText('a,"b\r\n""c""",d\n', plain, true);
    expect(record?.fields).toEqual(["a", 'b\r\n"c"', "d"]);
  });

  it("takes line ends of every kind in one file", () => {
    const records = splitText("1,2\r\n3,4\n5,6\r7,8", plain, true);
    expect(records.map((record) => record.fields.join())).toEqual(["1,2", "3,4", "5,6", "7,8"]);
    expect(records.map((record) => record.line)).toEqual([1, 2, 3, 4]);
  });

  it("charges a quote that never closes to its own line only", async () => {
    const records = await split(['1,2\n3,"4\n5,6\n7,8\n'], 2);
    expect(records.map((record) => [record.line, record.fault])).toEqual([
      [1, null],
      [2, "open_quote"],
      [3, null],
      [4, null],
    ]);
  });

  it("charges a stray quote that closes at a later one to its own line only", async () => {
    const records = await split(['1,"2\n3,4\n5,6"\n7,8\n'], 2);
    expect(records.map((record) => record.fault)).toEqual([null, null]);
    const wider = await split(['1,2,"x\n3,4,"y"\n7,8,9\n'], 3);
    expect(wider.map((record) => record.fault)).toEqual(["text_after_quote", null, null]);
  });

  it("reads backslash escapes", () => {
    const how = { delimiter: ",", quote: '"', escape: "\\" };
    const [record] = splitText('"a \\"b\\", c","d\\\\"\n', how, true);
    expect(record?.fields).toEqual(['a "b", c', "d\\"]);
  });

  it("splits runs of blanks", () => {
    const how = { delimiter: "blanks", quote: "", escape: '"' };
    expect(splitText(" 00004 0001  1   29.33\n", how, true)[0]?.fields).toEqual([
      "00004",
      "0001",
      "1",
      "29.33",
    ]);
  });

  it("stops at a record beyond the limit", async () => {
    const long = Array.from({ length: 50 }, () => "x".repeat(1000));
    const run = async () => {
      for await (const _ of splitRecords(long, plain, 1, 10_000));
    };
    await expect(run()).rejects.toThrow(RangeError);
  });

  it("gives the same records however the text is cut into pieces", async () => {
    const alphabet = fc.constantFrom("a", "1", ",", '"', "\n", "\r", "\r\n", " ", "é");
    await fc.assert(
      fc.asyncProperty(
        fc.array(alphabet, { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 3 }),
        async (letters, size, columns) => {
          const text = letters.join("");
          const pieces = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
          expect(await split(pieces, columns)).toEqual(await split([text], columns));
        },
      ),
    );
  });

  it("returns every record that was written", async () => {
    const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "ß", "中") });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 10 }), async (rows) => {
        const text = rows.map(
          (row) => `${row.map((c) => `"${c.replaceAll('"', '""')}"`).join()}\n`,
        );
        const records = await split(text, 2);
        expect(records.map((record) => record.fields)).toEqual(rows);
      }),
    );
  });
});
