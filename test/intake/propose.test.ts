import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRawTable } from "../../src/intake/load.ts";
import { readMapping, writeMapping } from "../../src/intake/mapping-file.ts";
import { type Given, type Proposal, proposeMapping } from "../../src/intake/propose.ts";
import { readFiles } from "../../src/intake/read/read.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import { raw, sql } from "../../src/sql/fragment.ts";
import { openDuckdb } from "../../src/store/duckdb.ts";
import { prepareSchema } from "../../src/store/schema.ts";
import type { Row, Store } from "../../src/store/store.ts";
import { sharedData } from "../shared-data.ts";

let store: Store;
const folder = mkdtempSync(join(tmpdir(), "lastpenny-propose-test-"));
beforeAll(async () => {
  store = await openDuckdb(":memory:");
  await prepareSchema(store);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Proposes, writes the mapping, reads it back and loads the file with it. */
async function bringIn(path: string, given: Given = {}) {
  for await (const rawTable of readFiles(store, path)) {
    const proposal = await proposeMapping(store, rawTable, defaultSettings, given);
    if (!proposal) throw new Error("nothing proposed");
    const source = readMapping(writeMapping(proposal.source), "own.yaml");
    expect(source).toEqual(proposal.source);
    const receipt = await loadRawTable(store, {
      rawTable,
      source,
      settings: defaultSettings,
      clock: () => new Date(0),
    });
    return { proposal, receipt, source: source.id };
  }
  throw new Error("nothing read");
}

async function propose(name: string, text: string): Promise<Proposal | null> {
  const path = join(folder, name);
  writeFileSync(path, text);
  for await (const rawTable of readFiles(store, path)) {
    return proposeMapping(store, rawTable, defaultSettings);
  }
  throw new Error("nothing read");
}

async function ask(text: string): Promise<Row> {
  const [row] = await store.query(sql`${raw(text)}`);
  if (!row) throw new Error("no row");
  return row;
}

const into = (proposal: Proposal | null) =>
  Object.fromEntries((proposal?.columns ?? []).map((column) => [column.column, column.into]));

const retail = sharedData("online-retail", "online_retail.parquet");
const maven = sharedData("maven-crm", "sales_pipeline.csv");
const leads = sharedData("xeducation-leads", "Leads.csv.gz");
const ads = sharedData("facebook-ads-kag", "KAG_conversion_data.csv");
const posts = sharedData("social-engagement", "Instagram_data.csv");
const cdnow = sharedData("cdnow", "CDNOW_master.txt.gz");
const sample = sharedData("cdnow", "CDNOW_sample.txt");
const example = sharedData("lifetimes-example", "example_transactions.csv");

describe("proposing a mapping for real files", () => {
  it.skipIf(!retail)(
    "books invoice lines without an invoice number to the published sums",
    async () => {
      const { proposal, receipt, source } = await bringIn(retail ?? "");
      expect(receipt).toMatchObject({ read: 541_909, rejected: 0 });
      expect(proposal.missing).toEqual([]);
      expect(proposal.notes).toEqual(["currency_unknown"]);
      // Published: 9,747,747.93 gross; 8,300,065.81 with a customer; 8,911,407.90 positive with a customer; 4,372 customers.
      const sums =
        await ask(`SELECT sum(amount) AS gross, sum(amount) FILTER (identity IS NOT NULL) AS known,
        sum(amount) FILTER (identity IS NOT NULL AND amount > 0) AS positive, count(DISTINCT identity) AS customers,
        count(*) FILTER (identity IS NOT NULL AND line_type = 'refund') AS refunds
      FROM ledger.orders WHERE source = '${source}'`);
      expect(Number(sums.gross)).toBeCloseTo(9_747_747.93, 2);
      expect(Number(sums.known)).toBeCloseTo(8_300_065.81, 2);
      expect(Number(sums.positive)).toBeCloseTo(8_911_407.9, 2);
      expect(Number(sums.customers)).toBe(4372);
      expect(Number(sums.refunds)).toBe(8905);
    },
    300_000,
  );

  it.skipIf(!maven)("takes a sales pipeline as deals", async () => {
    const { receipt, source } = await bringIn(maven ?? "");
    expect(receipt).toMatchObject({ read: 8800, taken: 8800 });
    const deals =
      await ask(`SELECT count(*) FILTER (state = 'won') AS won, count(*) FILTER (state = 'lost') AS lost,
        count(*) FILTER (state = 'open') AS open, sum(amount) FILTER (state = 'won') AS revenue,
        count(*) FILTER (account IS NULL) AS without_account,
        min(created_at) AS first, max(closed_at) AS last FROM ledger.deals WHERE source = '${source}'`);
    expect([Number(deals.won), Number(deals.lost), Number(deals.open)]).toEqual([4238, 2473, 2089]);
    expect(Number(deals.revenue)).toBe(10_005_534);
    expect(Number(deals.without_account)).toBe(1425);
    expect(String(deals.first).slice(0, 10)).toBe("2016-10-20");
    expect(String(deals.last).slice(0, 10)).toBe("2017-12-31");
  });

  it.skipIf(!leads)("takes leads as people, with Select as missing and one Google", async () => {
    const { proposal, receipt, source } = await bringIn(leads ?? "");
    expect(proposal.source.placeholders).toEqual(["Select"]);
    expect(receipt).toMatchObject({ read: 9240, rejected: 0 });
    const people = await ask(`SELECT count(*) AS people, count(*) FILTER (converted) AS converted,
        count(DISTINCT utm_source) FILTER (lower(utm_source) = 'google') AS googles,
        count(*) FILTER (city = 'Select') AS placeholders, count(score) AS scored
      FROM ledger.people WHERE source = '${source}'`);
    expect(Object.values(people).map(Number)).toEqual([9240, 3561, 1, 0, 9240 - 4218]);
  });

  it.skipIf(!ads)("asks for the day of costs that have none", async () => {
    const first = await (async () => {
      for await (const rawTable of readFiles(store, ads ?? ""))
        return proposeMapping(store, rawTable, defaultSettings);
      return null;
    })();
    expect(first?.missing.map(({ into: table, column }) => `${table}.${column}`)).toEqual([
      "costs.from_day",
    ]);
    const { proposal, receipt, source } = await bringIn(ads ?? "", {
      from_day: "2017-08-30",
      to_day: "2017-09-30",
    });
    expect(proposal.missing).toEqual([]);
    expect(receipt).toMatchObject({ read: 625, taken: 625 });
    const costs =
      await ask(`SELECT sum(amount) AS spend, sum(impressions) AS impressions, sum(clicks) AS clicks,
        sum(claimed_leads) AS leads, sum(claimed_conversions) AS approved, min(segment) AS segment, min(from_day) AS day
      FROM ledger.costs WHERE source = '${source}'`);
    // Every row has six decimals in the ledger: 55,662.149969; the file's own, longer floats add up to 55,662.149959.
    expect(costs.spend).toBe("55662.149969");
    expect([costs.impressions, costs.clicks, costs.leads, costs.approved].map(Number)).toEqual([
      204_823_716, 36_068, 2669, 872,
    ]);
    expect([costs.segment, costs.day]).toEqual(["30-34 · F · 10", "2017-08-30"]);
  });

  it.skipIf(!posts)("takes posts as counted reactions", async () => {
    const { receipt, source } = await bringIn(posts ?? "");
    expect(receipt).toMatchObject({ read: 176, rejected: 0 });
    const rows = await store.query(
      sql`SELECT kind, sum(quantity) AS count, min(utm_source) AS network FROM ledger.events WHERE source = ${source} GROUP BY 1 ORDER BY 1`,
    );
    expect(rows.map((row) => [row.kind, Number(row.count), row.network])).toEqual([
      ["social_comment", 1382, "instagram"],
      ["social_impression", 3_464_652, "instagram"],
      ["social_like", 53_286, "instagram"],
      ["social_save", 67_414, "instagram"],
      ["social_share", 4561, "instagram"],
    ]);
  });

  it.skipIf(!cdnow)("reads purchases set apart by blanks, named or not", async () => {
    const master = await bringIn(cdnow ?? "");
    expect(master.receipt).toMatchObject({ read: 69_659, rejected: 0 });
    const buyers = await ask(
      `SELECT count(DISTINCT identity) AS n FROM ledger.orders WHERE source = '${master.source}'`,
    );
    expect(Number(buyers.n)).toBe(23_570);
    const part = await bringIn(sample ?? "");
    expect(part.receipt).toMatchObject({ read: 6919, rejected: 0 });
    expect(part.proposal.confidence).toBeLessThan(0.5);
    const few = await ask(
      `SELECT count(DISTINCT identity) AS n FROM ledger.orders WHERE source = '${part.source}'`,
    );
    expect(Number(few.n)).toBe(2357);
  });

  it.skipIf(!example)("says that a list of purchases has no amount", async () => {
    const { proposal, receipt } = await bringIn(example ?? "", { amount: "0" });
    expect(receipt.read).toBe(15_273);
    expect(into(proposal)).toEqual({
      date: ["orders.booked_at", "orders.order"],
      id: ["orders.identity", "orders.order"],
    });
  });
});

describe("proposing a mapping in four languages", () => {
  const row =
    "A-1;2025-01-31;anna@example.de;Becher;2;12,50;EUR\nA-2;2025-02-01;bo@example.de;Teller;-1;8,00;EUR\n";
  const expected = [
    ["orders.order"],
    ["orders.booked_at"],
    ["orders.identity"],
    ["orders.product"],
    ["orders.quantity"],
    ["orders.amount", "orders.line_type"],
    ["orders.currency"],
  ];

  it.each([
    ["English", "Order ID;Order date;Email;Product name;Qty;Total;Currency"],
    ["German", "Bestellnummer;Bestelldatum;E-Mail-Adresse;Artikelname;Menge;Gesamtbetrag;Währung"],
    ["simplified Chinese", "订单编号;下单时间;邮箱;商品名称;数量;订单金额;币种"],
    ["traditional Chinese", "訂單編號;訂購日期;電子郵件;商品名稱;數量;訂單金額;幣別"],
    [
      "Indonesian",
      "Nomor Pesanan;Tanggal Pesanan;Surel;Nama Produk;Kuantitas;Total Harga;Mata Uang",
    ],
  ])("knows an order file with %s names", async (_language, header) => {
    const proposal = await propose("orders.csv", `${header}\n${row}`);
    expect(Object.values(into(proposal))).toEqual(expected);
    expect(proposal?.missing).toEqual([]);
    expect(proposal?.confidence).toBeGreaterThan(0.8);
  });

  it.each([
    ["costs", "Datum;Kampagne;Ausgaben;Impressionen;Klicks\n2025-01-01;Marke;12,5;1000;10\n"],
    ["costs", "日期,广告系列,消耗,展示,点击\n2025-01-01,品牌,12.5,1000,10\n"],
    ["costs", "Tanggal,Kampanye,Biaya,Tayangan,Klik\n2025-01-01,Merek,12.5,1000,10\n"],
    ["deals", "Deal ID,阶段,成交金额,成交日期\nd1,赢单,100,2025-01-01\nd2,输单,0,2025-01-02\n"],
    [
      "events",
      "Timestamp,Email,Event\n2025-01-01 10:00,a@x.de,Opened\n2025-01-01 10:01,a@x.de,Clicked\n",
    ],
    ["surveys", "Date,Email,NPS,Comment\n2025-01-01,a@x.de,9,good\n2025-01-02,b@x.de,3,bad\n"],
    ["followers", "Date,Channel,Followers\n2025-01-01,instagram,100\n2025-01-02,instagram,101\n"],
  ])("knows a file of %s", async (table, text) => {
    const proposal = await propose("unknown.csv", text);
    expect(proposal?.source.record[0]?.into).toBe(table);
    expect(proposal?.missing).toEqual([]);
  });

  it("proposes nothing for a file that is like no table", async () => {
    expect(await propose("colours.csv", "colour,hex\nred,#f00\ngreen,#0f0\n")).toBeNull();
  });

  it("does not take numbers for times, nor texts for amounts", async () => {
    const proposal = await propose(
      "odd.csv",
      "date,amount,customer id\nsoon,much,1\nlater,little,2\n",
    );
    expect(proposal).toBeNull();
  });
});
