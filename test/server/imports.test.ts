import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  finishedJob,
  type Json,
  january,
  type TestServer,
  testServer,
  upload,
} from "./running-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.stop());

const more = `order,line,line_type,booked_at,amount,currency,email,country
9,1,sale,2025-01-06T10:00:00Z,70.00,EUR,cid@shop.example,DE
`;

async function revenueIn(question: Json = january): Promise<string> {
  const answer = (await (await server.post("/api/answer", question)).json()) as Json;
  return answer.figures[0].value;
}

/** Reads events of a stream until one fits. */
async function eventWhere(stream: Response, fits: (event: Json) => boolean): Promise<Json> {
  let text = "";
  for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const found = [...text.matchAll(/^data: (.*)$/gm)]
      .map(([, data]) => JSON.parse(data ?? "{}") as Json)
      .find(fits);
    if (found) return found;
  }
  throw new Error(`the stream ended: ${text}`);
}

describe("an upload", () => {
  it("has the receipts of the command line, and changes the figures", async () => {
    expect(await revenueIn()).toBe("130");
    const job = await upload(server, [["more.csv", more]]);
    expect(job).toMatchObject({
      state: "done",
      totals: { read: 1, taken: 1, repeated: 0, rejected: 0 },
    });
    expect(job.outcomes[0]).toMatchObject({
      ...{ kind: "loaded", file: "more.csv", source: "template/orders" },
      receipt: { taken: 1, wrote: { orders: 1 } },
    });
    expect(await revenueIn()).toBe("200");
    expect((await server.json("/api/loads")).loads[0]).toMatchObject({ file: "more.csv" });
    expect(readdirSync(join(server.home, "uploads"))).toEqual(["waiting.json"]);
  });

  it("takes nothing twice", async () => {
    await upload(server, [["more.csv", more]]);
    const again = await upload(server, [["other-name.csv", more]]);
    expect(again.totals).toEqual({ read: 1, taken: 0, repeated: 1, rejected: 0 });
  });

  it("tells browsers of its progress, and that figures changed", async () => {
    const before = (await server.json("/api/workspace")).ledgerVersion;
    const stream = await server.get("/api/events");
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const waiting = eventWhere(
      stream,
      ({ event, ledgerVersion }) => event === "changed" && ledgerVersion !== before,
    );
    const told = server
      .get("/api/events")
      .then((second) =>
        eventWhere(second, ({ event, job }) => event === "job" && job.state === "done"),
      );
    await upload(server, [["more.csv", more]]);
    await waiting;
    expect((await told).job.totals.taken).toBe(1);
  });

  it("of a file that is none says what is wrong, and loads the others", async () => {
    const job = await upload(server, [
      ["picture.csv", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0])],
      ["notes.txt", "just some words\n"],
      ["more.csv", more],
    ]);
    expect(job.state).toBe("done");
    expect(job.totals.taken).toBe(1);
    const kinds = new Set(job.outcomes.map(({ kind }: Json) => kind));
    expect([...kinds].some((kind) => kind !== "loaded")).toBe(true);
  });

  it("cannot leave its folder, whatever its name", async () => {
    const names = ["../../../escape.csv", "..\\..\\escape2.csv", "/etc/escape3.csv", ".hidden.csv"];
    const job = await upload(
      server,
      names.map((name, index) => [name, more.replace("9,1", `${20 + index},1`)]),
    );
    expect(job.files.map(({ name }: Json) => name)).toEqual([
      ...["escape.csv", "escape2.csv", "escape3.csv", "hidden.csv"],
    ]);
    expect(job.totals.taken).toBe(4);
    expect(existsSync(join(server.folder, "escape.csv"))).toBe(false);
  });

  it("shows hostile names as they are, and cuts none of its files", async () => {
    const name = `=cmd()|${"价格".repeat(150)}\u202e🙂.csv`;
    const job = await upload(server, [
      [name, more],
      [name, more.replace("9,1", "10,1")],
    ]);
    const [first, second] = job.files.map((file: Json) => file.name);
    expect(first).toMatch(/^=cmd\(\)_价格/);
    expect(second).toMatch(/ \(2\)\.csv$/);
    expect(job.totals.taken).toBe(2);
  });

  it("without a file, or cut off, leaves nothing behind", async () => {
    expect(await upload(server, [])).toMatchObject({ code: "request_invalid" });
    const cut = await server.get("/api/uploads", {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=xx" },
      body: '--xx\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\norder,',
    });
    expect(await cut.json()).toMatchObject({ status: 400, code: "request_invalid" });
    const left = readdirSync(join(server.home, "uploads")).filter((name) => /^\d/.test(name));
    expect(left).toEqual([]);
  });
});

describe("an upload that is too large", () => {
  it("is refused while it arrives", async () => {
    const small = await testServer({
      isEmpty: true,
      settings: "server:\n  upload_megabytes: 1\n",
    });
    const told = await upload(small, [["big.csv", "x".repeat(3 * 2 ** 20)]]);
    expect(told).toMatchObject({ status: 413, code: "file_too_large" });
    await small.stop();
  });
});

describe("an unknown file", () => {
  const till =
    "Datum;Kunde;Betrag;Währung\n03.03.2025;cid-7;12,50;EUR\n04.03.2025;cid-8;7,50;EUR\n";
  const march = { metrics: ["revenue"], from: "2025-03-01", to: "2025-04-01" };

  it("waits with a proposed mapping until somebody accepts it", async () => {
    const job = await upload(server, [["kasse.csv", till]]);
    const [{ kind, proposal }] = job.outcomes;
    expect(kind).toBe("proposed");
    expect(proposal.columns).toContainEqual(
      expect.objectContaining({
        column: "Betrag",
        into: expect.arrayContaining(["orders.amount"]),
      }),
    );
    const [waiting] = (await server.json("/api/mappings")).own;
    expect(waiting).toMatchObject({ id: proposal.id, isProposed: true });
    expect(waiting.uploads).toHaveLength(1);
    const accepted = await server.post(`/api/mappings/${proposal.id}`, {});
    const done = await finishedJob(server, ((await accepted.json()) as Json).id);
    expect(done).toMatchObject({ state: "done", totals: { taken: 2 } });
    expect(await revenueIn(march)).toBe("20");
    const [own] = (await server.json("/api/mappings")).own;
    expect(own).toMatchObject({ id: proposal.id, isProposed: false, uploads: [] });
  });

  it("is read by a corrected mapping, and a wrong one is refused with its place", async () => {
    const job = await upload(server, [["kasse.csv", till]]);
    const { id, yaml } = job.outcomes[0].proposal;
    const wrong = await server.post(`/api/mappings/${id}`, {
      yaml: yaml.replace("Betrag", "Betrog").replace("into: orders", "into: nowhere"),
    });
    expect(await wrong.json()).toMatchObject({ status: 422, code: "mapping_invalid" });
    const other = await server.post(`/api/mappings/${id}`, {
      yaml: yaml.replace(/^id: .*$/m, "id: shopify/orders-export"),
    });
    expect(await other.json()).toMatchObject({ code: "mapping_invalid" });
    const right = await server.post(`/api/mappings/${id}`, {
      yaml: yaml.replace(/^title: .*$/m, "title: Kassenbuch"),
    });
    const done = await finishedJob(server, ((await right.json()) as Json).id);
    expect(done.outcomes[0]).toMatchObject({ kind: "loaded", title: "Kassenbuch" });
  });

  it("shows its columns with what they fill, and is corrected column by column, also later", async () => {
    const two =
      "Datum;Kunde;Betrag;Brutto\n03.03.2025;cid-7;12,50;14,88\n04.03.2025;cid-8;7,50;8,93\n";
    const job = await upload(server, [["kasse.csv", two]]);
    const { id } = job.outcomes[0].proposal;
    const shown = await server.json(`/api/mappings/${id}`);
    expect(shown).toMatchObject({ isProposed: true, notes: ["currency_unknown"] });
    const column = (name: string) => shown.columns.find((one: Json) => one.column === name);
    expect(column("Betrag")).toMatchObject({ into: ["orders.amount"], samples: ["12,50", "7,50"] });
    expect(column("Brutto")).toMatchObject({ into: [] });
    const decide = async (decision: Json) => {
      const told = (await (await server.post(`/api/mappings/${id}`, decision)).json()) as Json;
      return told.id ? finishedJob(server, told.id) : told;
    };
    expect(await decide({ columns: { Betrag: null } })).toMatchObject({ code: "mapping_invalid" });
    const constants = { "orders.currency": "EUR" };
    const done = await decide({
      columns: { Betrag: "orders.tax", Brutto: "orders.amount" },
      constants,
    });
    expect(done).toMatchObject({ state: "done", totals: { taken: 2 } });
    // Revenue leaves tax out: 14.88 - 12.50 + 8.93 - 7.50.
    expect(await revenueIn(march)).toBe("3.81");
    const own = await server.json(`/api/mappings/${id}`);
    expect(own).toMatchObject({ isProposed: false, constants });
    expect(own.columns).toContainEqual(
      expect.objectContaining({
        column: "Brutto",
        into: ["orders.amount"],
        samples: ["14,88", "8,93"],
      }),
    );
    await decide({ columns: { Brutto: null, Betrag: "orders.amount" } });
    const again = await upload(server, [["kasse.csv", two]]);
    expect(again.totals).toMatchObject({ read: 2, taken: 2 });
    expect(await revenueIn(march)).toBe("20");
  });

  it("can be forgotten again", async () => {
    const job = await upload(server, [["kasse.csv", till]]);
    const { id } = job.outcomes[0].proposal;
    expect((await server.get(`/api/mappings/${id}`, { method: "DELETE" })).status).toBe(200);
    expect(await server.json("/api/mappings")).toEqual({ own: [] });
    expect((await server.get("/api/mappings/..%2f..%2fx", { method: "DELETE" })).status).toBe(404);
  });
});

describe("rejected rows", () => {
  it("say which of them need their whole file", async () => {
    const replay = await server.get("/api/replay", { method: "POST" });
    const job = await finishedJob(server, ((await replay.json()) as Json).id);
    expect(job).toMatchObject({ state: "done", kind: "replay" });
    expect(job.left).toMatchObject([{ source: "template/orders", rows: 1, reason: "needs_file" }]);
  });

  it("are closed by the file of rejects once it is corrected", async () => {
    const rates = "day,currency,base,rate\nsomeday,USD,EUR,0.97\n";
    const job = await upload(server, [["rates.csv", rates]], { as: "template/rates" });
    const { load } = job.outcomes[0].receipt;
    expect((await server.json(`/api/rejects?load=${load}`)).total).toBe(1);
    const csv = await (await server.get(`/api/rejects.csv?load=${load}`)).text();
    const done = await upload(server, [["fixed.csv", csv.replace("someday", "2025-01-01")]]);
    expect(done.totals).toMatchObject({ taken: 1, rejected: 0 });
    expect((await server.json(`/api/rejects?load=${load}`)).total).toBe(0);
  });
});
