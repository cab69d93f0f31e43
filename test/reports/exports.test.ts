import { describe, expect, it } from "vitest";
import { answerCsv } from "../../src/reports/answer-csv.ts";
import type { AnswerTable } from "../../src/reports/answer-table.ts";
import { answerWorkbook } from "../../src/reports/answer-workbook.ts";
import { csvLine } from "../../src/reports/csv.ts";

const table = (text: string): AnswerTable => ({
  columns: [{ title: "Kampanye", isNumber: false }],
  rows: [[{ text }]],
});

describe("a cell of a CSV file", () => {
  it.each([
    ["=cmd|' /C calc'!A0", `'=cmd|' /C calc'!A0`],
    ["+1+cmd", "'+1+cmd"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["-A1", "'-A1"],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ])("does not run as a formula: %s", (given, written) => {
    expect(csvLine([given])).toBe(written);
  });

  it.each([
    "-12.5",
    "-€12.50",
    "-NT$12",
    "-Rp 1.234",
    "+12.3%",
    "-0.5 pp",
    "+1.2 个百分点",
    "-TWD 5",
  ])("stays a number as printed: %s", (given) => {
    expect(csvLine([given])).toBe(/,/.test(given) ? `"${given}"` : given);
  });

  it("is quoted where it holds a comma, a quote or a line break (RFC 4180)", () => {
    expect(csvLine(["a,b", 'say "x"', "two\r\nlines", "plain"])).toBe(
      '"a,b","say ""x""","two\r\nlines",plain',
    );
  });
});

describe("an exported file", () => {
  it("starts with the mark that lets spreadsheets read every script", () => {
    expect(answerCsv(table("價格"))).toBe("\ufeffKampanye\r\n價格\r\n");
  });

  it("keeps text that looks like a formula as text in a workbook", async () => {
    const bytes = await answerWorkbook(table("=1+1"), [], "en");
    // The parts of the file are packed; a formula would be the element <f>.
    const { Readable } = await import("node:stream");
    const { default: read } = await import("read-excel-file/node");
    const sheets = await read(Readable.from(bytes));
    expect(JSON.stringify(sheets)).toContain("=1+1");
  });
});
