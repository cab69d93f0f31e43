import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../src/errors.ts";

describe("the table of errors", () => {
  it("has an entry in the documentation for every code, and for no other", () => {
    const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");
    const documented = [...page.matchAll(/^## `([a-z_]+)`$/gm)].map((match) => match[1]);
    expect(documented.sort()).toEqual(Object.keys(errorCodes).sort());
  });
});
