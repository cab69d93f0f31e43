import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** A room may import from the rooms before it in this list; the second column names what it must not use all the same. */
const rooms: readonly (readonly [room: string, never?: readonly string[]])[] = [
  ["errors.ts"],
  ["locales"],
  ["ledger"],
  ["sql"],
  ["store"],
  ["sources", ["store"]],
  ["intake"],
  ["stats", ["sql", "store", "sources", "intake"]],
  ["models", ["sql", "store", "sources", "intake"]],
  ["derive", ["intake"]],
  ["catalogue", ["store", "intake", "sources"]],
  ["figures", ["intake", "sources"]],
  [
    "simulate",
    ["sql", "store", "sources", "intake", "stats", "models", "derive", "catalogue", "figures"],
  ],
  ["workspace.ts"],
  ["version.ts"],
  ["charts", ["store", "sql", "sources", "intake", "derive", "simulate", "workspace.ts"]],
  ["reports"],
  ["server"],
  ["web"],
  ["cli"],
  ["index.ts", ["cli", "server", "web"]],
];

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function roomOf(path: string): string {
  return relative(src, path).split("/")[0] ?? "";
}

function importsOf(file: string): Import[] {
  const found = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g);
  return [...found].map((match) => ({
    file: relative(src, file),
    from: roomOf(file),
    to: roomOf(join(dirname(file), match[1] ?? "")),
  }));
}

function violations(imports: readonly Import[]): string[] {
  const order = rooms.map(([room]) => room);
  return imports
    .filter(({ from, to }) => from !== to)
    .filter(({ from, to }) => {
      const never = rooms.find(([room]) => room === from)?.[1] ?? [];
      return order.indexOf(to) > order.indexOf(from) || never.includes(to);
    })
    .map(({ file, to }) => `${file} imports ${to}`);
}

describe("the rooms of src", () => {
  const files = filesOf(src);

  it("are all in the table, and the table names no other", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(rooms.map(([room]) => room).sort());
  });

  it("import only from rooms above them", () => {
    expect(violations(files.flatMap(importsOf))).toEqual([]);
  });

  it("are checked by a rule that can fail", () => {
    expect(violations([{ file: "ledger/x.ts", from: "ledger", to: "store" }])).toEqual([
      "ledger/x.ts imports store",
    ]);
    expect(violations([{ file: "catalogue/x.ts", from: "catalogue", to: "store" }])).toHaveLength(
      1,
    );
    expect(files.flatMap(importsOf).length).toBeGreaterThan(files.length);
  });

  it("keep the screens of the app apart", () => {
    const screenOf = (path: string) => /web\/features\/([^/]+)\//.exec(path)?.[1];
    const crossing = files
      .filter((file) => screenOf(file))
      .flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)]
          .map((match) => join(dirname(file), match[1] ?? ""))
          .filter((to) => screenOf(to) && screenOf(to) !== screenOf(file))
          .map((to) => `${relative(src, file)} imports ${relative(src, to)}`),
      );
    expect(crossing).toEqual([]);
  });

  it("name no folder after a role", () => {
    const folders = readdirSync(src, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(
      folders.filter((name) => /^(utils?|helpers?|common|shared|services?|types|lib)$/.test(name)),
    ).toEqual([]);
  });
});
