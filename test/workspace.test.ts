import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorkspace } from "../src/index.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lastpenny-workspace-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date("2025-04-01T12:00:00Z");
const head = "order,line,line_type,booked_at,amount,currency,email\n";

async function withOrders<Result>(
  rows: string,
  work: (workspace: Awaited<ReturnType<typeof openWorkspace>>) => Promise<Result>,
): Promise<Result> {
  const file = join(folder, "orders.csv");
  writeFileSync(file, head + rows);
  const workspace = await openWorkspace(join(folder, "home"), { create: true, now });
  try {
    await workspace.import(file);
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

describe("a workspace", () => {
  it("answers right after an import, without being told to refresh", async () => {
    const value = await withOrders(
      "1,1,sale,2025-03-05T10:00:00Z,100.00,EUR,ann@shop.example\n",
      async (workspace) => {
        const question = { metrics: ["revenue"], from: "2025-03-01", to: "2025-04-01" };
        return (await workspace.answer(question)).figures[0]?.value;
      },
    );
    expect(value).toBe("100");
  });

  it("does not take a mistyped year for the present, and warns of it", async () => {
    const [period, warnings] = await withOrders(
      "1,1,sale,2025-02-05T10:00:00Z,100.00,EUR,ann@shop.example\n2,1,sale,2025-03-31T10:00:00Z,5.00,EUR,ann@shop.example\n3,1,sale,2052-03-05T10:00:00Z,1.00,EUR,ann@shop.example\n",
      (workspace) => Promise.all([workspace.defaultPeriod(), workspace.warnings()]),
    );
    expect(warnings).toContainEqual({
      code: "future_rows",
      params: { source: "template/orders", count: "1", day: "2052-03-05" },
    });
    expect(period).toEqual({ from: "2025-03-01", to: "2025-04-01" });
  });

  it("computes again what a changed setting decides", async () => {
    const rows =
      "1,1,sale,2025-03-05T10:00:00Z,119.00,EUR,ann@shop.example\n1,2,tax,2025-03-05T10:00:00Z,19.00,EUR,ann@shop.example\n";
    const question = { metrics: ["revenue"], from: "2025-03-01", to: "2025-04-01" };
    const net = await withOrders(rows, (workspace) => workspace.answer(question));
    writeFileSync(join(folder, "home", "lastpenny.yaml"), "revenue:\n  tax: gross\n");
    const workspace = await openWorkspace(join(folder, "home"), { now });
    const gross = await workspace.answer(question);
    await workspace.close();
    expect([net.figures[0]?.value, gross.figures[0]?.value]).toEqual(["119", "138"]);
  });

  it("names line and field of a wrong setting, and is free again afterwards", async () => {
    await withOrders("", async () => undefined);
    const settings = join(folder, "home", "lastpenny.yaml");
    writeFileSync(settings, "currency: euro\n");
    await expect(openWorkspace(join(folder, "home"), { now })).rejects.toThrow(/line 1: currency/);
    writeFileSync(settings, "currency: EUR\n");
    await (await openWorkspace(join(folder, "home"), { now })).close();
  });
});
