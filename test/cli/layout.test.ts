import { describe, expect, it } from "vitest";
import { layoutParts, layoutTable, shorten } from "../../src/cli/layout.ts";

describe("a table on the terminal", () => {
  it("lines columns up when text is Chinese", () => {
    const lines = layoutTable(
      [{ title: "指标" }, { title: "数值", align: "right" }],
      [
        ["转化率", "3.1 %"],
        ["ROI", "12 %"],
      ],
      0,
    );
    expect(lines).toEqual(["指标     数值", "转化率  3.1 %", "ROI      12 %"]);
  });

  it("cuts long cells by terminal cells, not by characters", () => {
    expect(shorten("转化率很高", 7)).toBe("转化率…");
    expect(shorten("short", 7)).toBe("short");
  });

  it("shows control characters of people's data as blanks", () => {
    expect(shorten("a\u001b[31mred\nb")).toBe("a [31mred b");
  });
});

describe("a table that is wider than the line", () => {
  it("goes on below, with the names of its rows again", () => {
    const columns = ["", "first", "second", "third"].map((title) => ({ title }));
    const lines = layoutParts(columns, [["渠道", "1", "2", "3"]], 2, 21);
    expect(lines).toEqual([
      "        first  second",
      "  渠道  1      2",
      "",
      "        third",
      "  渠道  3",
    ]);
    expect(layoutParts(columns, [["渠道", "1", "2", "3"]], 2)).toHaveLength(2);
  });
});
