import { describe, expect, it } from "vitest";
import { recognise } from "../../src/intake/recognise.ts";
import { sources } from "../../src/sources/index.ts";
import type { Source } from "../../src/sources/source.ts";

const source = (id: string, more: Partial<Source>): Source => ({
  id,
  vendor: "shop",
  title: id,
  columns: [],
  record: [],
  ...more,
});

const orders = source("shop/orders", { columns: ["Order ID", "Total"], also: ["Tags"] });
const lines = source("shop/lines", { columns: ["order_id", "total", "sku"] });
const archive = source("shop/archive", { columns: ["order id", "total"], fileName: /archive/ });
const idOf = (columns: readonly string[], among: readonly Source[], fileName = "export.csv") => {
  const found = recognise(columns, fileName, among);
  return found.kind === "recognised" ? found.source.id : found.kind;
};

describe("recognising a file by its columns", () => {
  it("ignores case, spaces, dots, dashes, underscores and a byte order mark", () => {
    expect(idOf(["\uFEFFORDER-ID", "to.tal"], [orders])).toBe("shop/orders");
  });

  it("needs every required column", () => {
    expect(idOf(["Order ID"], [orders])).toBe("unknown");
  });

  it("prefers the source of which more columns are there", () => {
    expect(idOf(["Order ID", "Total", "SKU"], [orders, lines])).toBe("shop/lines");
    expect(idOf(["Order ID", "Total", "Tags"], [orders, archive])).toBe("shop/orders");
  });

  it("leaves out a source that a column speaks against", () => {
    const whole = source("shop/whole", { columns: ["Order ID", "Total"], without: ["sku"] });
    expect(idOf(["Order ID", "Total", "SKU"], [whole])).toBe("unknown");
  });

  it("breaks a tie by file name, and reports one that stays", () => {
    const columns = ["Order ID", "Total"];
    expect(idOf(columns, [orders, archive], "archive-2025.csv")).toBe("shop/archive");
    expect(recognise(columns, "export.csv", [orders, archive])).toMatchObject({
      kind: "tie",
      candidates: [{ source: { id: "shop/orders" } }, { source: { id: "shop/archive" } }],
    });
  });

  it("leaves out a source that needs a file name, or knows all its columns, where that does not hold", () => {
    const named = { ...archive, needsFileName: true };
    expect(idOf(["Order ID", "Total"], [named])).toBe("unknown");
    expect(idOf(["Order ID", "Total"], [named], "archive.csv")).toBe("shop/archive");
    const closed = { ...orders, isClosed: true };
    expect(idOf(["Order ID", "Total", "Tags"], [closed])).toBe("shop/orders");
    expect(idOf(["Order ID", "Total", "Colour"], [closed])).toBe("unknown");
  });

  it("does not depend on the order of the sources", () => {
    const columns = ["Order ID", "Total", "SKU", "Tags"];
    expect(idOf(columns, [orders, lines, archive])).toBe(idOf(columns, [archive, lines, orders]));
  });

  it.each(
    sources.filter((known) => !known.needsFileName).map((known) => [known.id, known] as const),
  )("tells %s from all others by its own columns", (id, known) => {
    const columns = [...known.columns, ...(known.also ?? [])].map((name) =>
      name.replace("*", "EUR"),
    );
    const found = recognise(columns, `${id.replace("/", "_")}.csv`, sources);
    const ids = found.kind === "tie" ? found.candidates.map((one) => one.source.id) : [];
    expect(found.kind === "recognised" ? [found.source.id] : ids).toContain(id);
  });
});
