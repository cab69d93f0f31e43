import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readForm } from "../../src/server/multipart.ts";
import { safeName } from "../../src/server/uploads.ts";

async function* inPieces(bytes: Buffer, sizes: readonly number[]) {
  let from = 0;
  for (let index = 0; from < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

async function partsOf(bytes: Buffer, type: string, sizes: readonly number[]) {
  const parts: { name: string; fileName: string | null; bytes: Buffer }[] = [];
  for await (const piece of readForm(inPieces(bytes, sizes), type)) {
    if (piece.kind === "part") parts.push({ ...piece, bytes: Buffer.alloc(0) });
    const last = parts.at(-1);
    if (piece.kind === "bytes" && last) last.bytes = Buffer.concat([last.bytes, piece.bytes]);
  }
  return parts.map(({ name, fileName, bytes: content }) => [
    name,
    fileName,
    content.toString("hex"),
  ]);
}

describe("a form", () => {
  it("gives back what Node's own FormData wrote, however it is cut into pieces", async () => {
    const file = fc.record({
      name: fc.string({ minLength: 1, unit: "grapheme" }).filter((name) => !/[\r\n]/.test(name)),
      content: fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom("\r\n--", "\r\n", "--", "\r\n----").map((text) => Buffer.from(text)),
      ),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 4 }),
        sizes,
        async (files, cut) => {
          const form = new FormData();
          for (const { name, content } of files) {
            form.append("files", new Blob([new Uint8Array(content)]), name);
          }
          form.append("as", "own/x");
          const request = new Request("http://localhost/", { method: "POST", body: form });
          const type = request.headers.get("content-type") ?? "";
          const bytes = Buffer.from(await request.arrayBuffer());
          expect(await partsOf(bytes, type, cut)).toEqual([
            ...files.map(({ name, content }) => [
              "files",
              name,
              Buffer.from(content).toString("hex"),
            ]),
            ["as", null, Buffer.from("own/x").toString("hex")],
          ]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ["no boundary", "multipart/form-data", ""],
    ["another type", "text/plain", "x"],
    ["an end that is missing", "multipart/form-data; boundary=x", "--x\r\n"],
    [
      "a part without a name",
      "multipart/form-data; boundary=x",
      "--x\r\nContent-Type: text/plain\r\n\r\n.\r\n--x--",
    ],
    [
      "headers without end",
      "multipart/form-data; boundary=x",
      `--x\r\nContent-Disposition: ${"x".repeat(20_000)}`,
    ],
  ])("with %s is refused", async (_what, type, text) => {
    await expect(partsOf(Buffer.from(text), type, [7])).rejects.toMatchObject({
      code: "request_invalid",
    });
  });
});

describe("the name of an uploaded file", () => {
  it("is one name inside its folder, whatever was given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (given) => {
        const name = safeName(given);
        expect(name).not.toMatch(/[/\\\0]|^\.|^$/);
        expect(Buffer.byteLength(name)).toBeLessThan(256);
      }),
    );
  });
});
