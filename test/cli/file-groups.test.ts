import { describe, expect, it } from "vitest";
import { fileRows, sumOf } from "../../src/cli/file-groups.ts";
import type { FileOutcome } from "../../src/intake/import.ts";

const loaded = (file: string, source: string, read: number): FileOutcome => ({
  kind: "loaded",
  file,
  source,
  title: "title",
  receipt: {
    load: 1,
    file,
    source,
    read,
    taken: read - 1,
    repeated: 1,
    rejected: 0,
    reasons: [],
  } as unknown as Extract<FileOutcome, { readonly kind: "loaded" }>["receipt"],
});

describe("the table of files", () => {
  const files = Array.from({ length: 50 }, (_, index) =>
    loaded(`/x/ga4/${index}`, "ga4/events", 10),
  );
  const others: readonly FileOutcome[] = [
    loaded("/x/ga4/people", "ga4/people", 5),
    { kind: "unknown", file: "/x/ga4/odd", columns: [] },
  ];

  it("puts many files of one source and folder into one row that adds them up", () => {
    const rows = fileRows([...files, ...others]);
    expect(rows).toMatchObject([
      {
        kind: "many",
        folder: "/x/ga4",
        files: 50,
        counts: { read: 500, taken: 450, repeated: 50, rejected: 0 },
      },
      { kind: "one" },
      { kind: "one", outcome: { kind: "unknown" } },
    ]);
    expect(sumOf([...files, ...others]).read).toBe(505);
  });

  it("lists every file while there are few", () => {
    expect(fileRows(files.slice(0, 40))).toHaveLength(40);
  });
});
