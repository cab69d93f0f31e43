import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { layoutTable, shorten, wrap } from "../../src/cli/layout.ts";
import { harmless } from "../../src/cli/terminal.ts";

describe("text on a terminal", () => {
  it("keeps colours and loses every other command to the terminal", () => {
    const shown = harmless("\u001b[1mbold\u001b[22m \u001b[2J\u001b]0;title\u0007\nnext");
    expect(shown).toBe("\u001b[1mbold\u001b[22m  [2J ]0;title \nnext");
  });

  it("shows marks that turn the direction of writing", () => {
    expect(shorten("\u202egnp.exe")).toBe("\ufffdgnp.exe");
  });

  it("cuts a path in the middle, so that both ends can be read", () => {
    expect(shorten("hubspot/contacts-2025-05-26.csv", 15, "middle")).toBe("hubspot…-26.csv");
    expect(shorten("数据/中文活动名称.csv", 11, "middle")).toBe("数据/….csv");
  });

  it("wraps at blanks", () => {
    expect(wrap("  ! eleven cells wide", 11, 4)).toEqual(["  ! eleven", "    cells", "    wide"]);
    expect(wrap("one line", 80)).toEqual(["one line"]);
  });
});

describe("a table that is wider than the terminal", () => {
  it("shrinks the columns that may shrink, and no others", () => {
    const columns = [
      { title: "file", max: 40 },
      { title: "what", max: 40 },
      { title: "rows", align: "right" as const },
    ];
    const rows = [["a".repeat(40), "b".repeat(30), "1,234,567"]];
    const lines = layoutTable(columns, rows, 0, 60);
    expect(Math.max(...lines.map((line) => line.length))).toBe(60);
    expect(lines[1]).toMatch(/… {2}b+… {2}1,234,567$/);
    expect(layoutTable(columns, rows, 0)[1]).toContain("b".repeat(30));
  });
});

describe("a reader that has seen enough", () => {
  it("ends nothing with an error", () => {
    const script = `
      const { processTerminal } = await import("./src/cli/terminal.ts");
      const terminal = processTerminal();
      for (let line = 0; line < 20_000; line += 1) {
        terminal.out("line " + line);
        if (line % 1_000 === 0) await new Promise((done) => setTimeout(done, 1));
      }
      process.stderr.write("done");`;
    const command = `node --import tsx --input-type=module -e '${script}' | head -1`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command], {
      cwd: new URL("../..", import.meta.url),
      encoding: "utf8",
    });
    expect(stdout).toBe("line 0\n");
    expect(stderr).toBe("done");
  });
});
