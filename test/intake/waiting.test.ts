import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPath } from "../../src/intake/import.ts";
import { defaultSettings } from "../../src/ledger/settings.ts";
import type { Store } from "../../src/store/store.ts";
import { sharedData } from "../shared-data.ts";
import { emptyTables, emptyWorkspace, ledgerContents, rowsOf } from "./raw-rows.ts";

const folder = mkdtempSync(join(tmpdir(), "lastpenny-waiting-"));
const file = (name: string, ...lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
};
const campaigns = file(
  "campaign.csv",
  "id,list_id,send_time,subject_line,title,winner_criteria",
  "c1,l1,2024-03-01 10:00:00,Spring,Spring,",
);
const recipients = file(
  "campaign_recipient.csv",
  "campaign_id,member_id,list_id",
  "c1,m1,l1",
  "c1,m2,l1",
  "c2,m1,l1",
);

let store: Store;
beforeAll(async () => {
  store = await emptyWorkspace();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const bring = (path: string) =>
  importPath({ store, settings: defaultSettings, folder: null, clock: () => new Date(0) }, path);

describe("rows that need what another file brings", () => {
  it("wait for it and are taken by themselves, whichever is imported first", async () => {
    const early = await bring(recipients);
    expect(early.files).toMatchObject([
      {
        receipt: {
          read: 3,
          taken: 0,
          rejected: 3,
          reasons: [
            {
              code: "waiting",
              field: "campaign_id",
              reason:
                'c1 is not known yet: import "Campaigns (synced table)", too; this row is taken by itself then',
            },
          ],
        },
      },
    ]);
    const late = await bring(campaigns);
    expect(late.files).toMatchObject([
      { source: "mailchimp/campaigns", receipt: { read: 1, taken: 1 } },
      { source: "mailchimp/campaign-recipients", receipt: { read: 3, taken: 2, rejected: 1 } },
    ]);
    expect(
      await rowsOf(store, "SELECT line, state, code FROM ledger.rejects ORDER BY line"),
    ).toEqual([
      { line: 1n, state: "replayed", code: "waiting" },
      { line: 2n, state: "replayed", code: "waiting" },
      { line: 3n, state: "open", code: "waiting" },
    ]);
    const again = await bring(campaigns);
    expect(again.files).toHaveLength(1);
  });
});

const synced = (vendor: string, names: string): readonly string[] =>
  names.split(" ").flatMap((name) => sharedData("vendor-fivetran", vendor, `${name}.csv`) ?? []);
const vendors: readonly (readonly [string, readonly string[]])[] = [
  ["mailchimp", synced("mailchimp", "campaign campaign_recipient campaign_recipient_activity")],
  [
    "hubspot",
    synced(
      "hubspot",
      "engagement_contact_data engagement_call_data engagement_email_data engagement_meeting_data",
    ),
  ],
];

describe.each(vendors)("the synced files of %s", (_, files) => {
  it.skipIf(files.length === 0)("give the same ledger in any order of imports", async () => {
    const contents = async (order: readonly string[]) => {
      await emptyTables(store);
      for (const path of order) await bring(path);
      const { rejects, touched: __, identities, ...rest } = await ledgerContents(store);
      // Any of the files may be the first to name somebody.
      const named = identities?.map((one) => one.replace(/\|[a-z]+\/[a-z-]+\|/, "|"));
      return {
        ...rest,
        named: named?.toSorted(),
        open: (rejects ?? []).filter((one) => one.endsWith("|open")),
      };
    };
    const expected = await contents(files);
    expect(Object.keys(expected)).toContain("events");
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...files], { minLength: files.length }),
        async (order) => {
          expect(await contents(order)).toEqual(expected);
        },
      ),
      { numRuns: 5, seed: 7 },
    );
  });
});
