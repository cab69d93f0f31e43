import fc from "fast-check";
import type { LedgerTableName } from "../../src/ledger/tables.ts";
import { identifier, sql } from "../../src/sql/fragment.ts";
import type { Store } from "../../src/store/store.ts";
import { identityOf, link, type Recorded, record, touch } from "./ledger.ts";

/** One thing that a load brings: a row of a table, identifiers that belong together, or a decision. */
export type Piece =
  | { readonly what: "row"; readonly table: LedgerTableName; readonly row: Recorded }
  | { readonly what: "link"; readonly names: readonly Name[] }
  | {
      readonly what: "decision";
      readonly action: "merge" | "split" | "undo";
      readonly pair: readonly [Name, Name];
      readonly at: string;
    };

/** An identifier in clear. */
export interface Name {
  readonly kind: string;
  readonly value: string;
  readonly namespace: string;
  readonly is_shared?: boolean;
}

const name = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map(
    (n): Name => ({
      kind: "email",
      value: n === 0 ? "info@acme.example" : `p${n}@acme${n % 2}.example`,
      namespace: "",
      is_shared: n === 0,
    }),
  ),
  fc
    .integer({ min: 0, max: 5 })
    .map((n): Name => ({ kind: "id", value: `${n}`, namespace: "crm" })),
  fc.integer({ min: 0, max: 5 }).map(
    (n): Name => ({
      kind: "anonymous",
      value: `d${n}`,
      namespace: "web",
    }),
  ),
);

const identityOfName = ({ kind, value, namespace }: Name): bigint =>
  identityOf(kind, value, namespace);
const who = fc.option(name.map(identityOfName), { nil: null, freq: 8 });
const minute = fc.integer({ min: 0, max: 60 * 24 * 200 });
const time = minute.map((minutes) =>
  new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString().slice(0, 19).replace("T", " "),
);
const soon = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 90 }))
  .map(([day, second]) =>
    new Date(Date.UTC(2025, 2, 1 + day, 9, 0, second)).toISOString().slice(0, 19).replace("T", " "),
  );
const id = fc.integer({ min: 0, max: 1_000_000 }).map(String);
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const visit = fc.record({
  id,
  occurred_at: fc.oneof(time, soon),
  kind: one("page_viewed", "page_viewed", "form_submitted", "product_viewed", "goal_reached"),
  identity: who,
  page: one("/a", "https://shop.example/b?x=1", "/c"),
  utm_source: one(null, null, "google", "newsletter"),
  utm_medium: one(null, "cpc", "email"),
  campaign: one(null, null, "c1", "c2"),
  referrer: one(null, "https://www.google.com/", "https://shop.example/a"),
  session: one(null, "s1", "s2"),
  goal: one(null, "demo"),
});

const message = fc.record({
  id,
  occurred_at: fc.oneof(time, soon, soon),
  kind: one(
    "email_sent",
    "email_sent",
    "email_delivered",
    "email_opened",
    "email_clicked",
    "email_clicked",
    "email_bounced",
    "email_unsubscribed",
    "email_subscribed",
    "email_complained",
    "sms_sent",
    "sms_clicked",
  ),
  identity: who,
  message: one(null, "m1", "m2"),
  campaign: one(null, "c1", "c2"),
  automation: one(null, null, "flow"),
  link: one("https://x.example/1", "https://x.example/2", "https://x.example/3"),
  list: one(null, "news"),
  detail: one("hard", "soft", null),
  user_agent: one(null, "Mozilla/5.0", "Barracuda"),
  source: one("esp/events", "esp/more", "other/events"),
  quantity: one(null, 1, 5),
});

const order = fc.record({
  id,
  order: one("o1", "o2", "o3", "o4", "o5"),
  line: one("1", "2"),
  line_type: one("sale", "sale", "sale", "refund", "refund", "shipping"),
  booked_at: fc.oneof(time, soon),
  amount: one("10.00", "25.50", "-5.25", "-10.00"),
  cost_of_goods: one(null, null, "4.01"),
  stream: one(null, null, "service"),
  currency: one("EUR", "EUR", "USD", null),
  identity: who,
  product: one("A", "B", null),
  utm_source: one(null, "google"),
});

const person = fc.record({
  id,
  identity: name.map(identityOfName),
  version: time,
  email: one(null, "p1@acme1.example", "p2@acme0.example"),
  created_at: time,
  country: one(null, "DE", "FR"),
  score: one(null, 5, 50),
  stage: one(null, "lead", "mql"),
  account: one(null, identityOf("account", "1", "crm"), identityOf("account", "2", "crm")),
});

const contact = fc.record({
  id,
  occurred_at: fc.oneof(time, soon),
  kind: one("ad_click", "ad_impression", "call", "meeting", "email_replied", "push_opened"),
  identity: who,
  utm_source: one(null, "google", "linkedin"),
  utm_medium: one(null, "cpc"),
  campaign: one(null, "c1"),
  source: one("esp/events", "hubspot/calls"),
});

const deal = fc.record({
  id,
  deal: id,
  created_at: time,
  closed_at: one(null, "2025-06-01 00:00:00"),
  state: one("open", "won", "lost"),
  amount: one("100", "250.50"),
  currency: one("EUR", "USD"),
  identity: who,
  account: one(null, identityOf("account", "1", "crm")),
  utm_source: one(null, "linkedin"),
  utm_medium: one(null, "cpc"),
});

const row = <T extends Recorded>(table: LedgerTableName, of: fc.Arbitrary<T>) =>
  of.map((values): Piece => ({ what: "row", table, row: values }));

/** Pieces of a ledger in which a handful of people, devices and addresses meet in every way. */
export const pieces: fc.Arbitrary<Piece> = fc.oneof(
  { arbitrary: row("events", visit), weight: 6 },
  { arbitrary: row("events", message), weight: 8 },
  { arbitrary: row("events", contact), weight: 3 },
  { arbitrary: row("orders", order), weight: 6 },
  { arbitrary: row("people", person), weight: 3 },
  { arbitrary: row("deals", deal), weight: 2 },
  {
    arbitrary: row(
      "stages",
      fc.record({ id, entered_at: time, stage: one("lead", "mql", "sql"), identity: who }),
    ),
    weight: 2,
  },
  {
    arbitrary: row(
      "order_headers",
      fc.record({
        id,
        order: one("o1", "o2", "o3"),
        booked_at: time,
        identity: who,
        currency: one("EUR", "USD"),
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "carts",
      fc.record({
        id,
        cart: id,
        created_at: time,
        reminded_at: one(null, "2025-03-01 00:00:00"),
        order: one(null, "o1", "o2"),
        value: one("10", "20"),
        currency: one("EUR"),
        identity: who,
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "campaigns",
      fc.record({
        id,
        campaign: one("c1", "c2"),
        name: one("Spring", "Summer"),
        source: one("esp/campaigns", "test/rows"),
        automation: one(null, "flow"),
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "automations",
      fc.record({
        id,
        automation: one("flow"),
        name: one("Welcome", "Winback"),
        source: one("esp/flows"),
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "accounts",
      fc.record({
        id,
        account: one(identityOf("account", "1", "crm"), identityOf("account", "2", "crm")),
        domain: one(null, "acme0.example", "acme1.example"),
        industry: one(null, "Retail", "Energy"),
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "associations",
      fc.record({
        id,
        source: one("crm/links"),
        from_kind: one("person"),
        from_id: one("0", "1", "2"),
        to_kind: one("account"),
        to_identity: one(identityOf("account", "1", "crm"), identityOf("account", "2", "crm")),
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "rates",
      fc.record({
        id,
        day: one("2025-01-01", "2025-03-01"),
        currency: one("USD"),
        base: one("EUR"),
        rate: one("0.9", "0.95"),
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: row(
      "surveys",
      fc.record({
        id,
        answered_at: time,
        kind: one("nps", "csat"),
        score: one(3, 5, 9),
        identity: who,
      }),
    ),
    weight: 1,
  },
  {
    arbitrary: fc
      .array(name, { minLength: 2, maxLength: 3 })
      .map((names): Piece => ({ what: "link", names })),
    weight: 5,
  },
  {
    arbitrary: fc
      .tuple(one("merge" as const, "split" as const, "undo" as const), name, name, minute)
      .map(
        ([action, a, b, minutes]): Piece => ({
          what: "decision",
          action,
          pair: [a, b],
          at: new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString(),
        }),
      ),
    weight: 2,
  },
);

/** Brings pieces into a ledger as one load, as intake does: restated rows replace and touch whom they were about. */
export async function load(store: Store, all: readonly Piece[], number: number): Promise<void> {
  for (const piece of all) {
    if (piece.what === "link") await link(store, ...piece.names);
    else if (piece.what === "row") await bring(store, piece.table, piece.row, number);
    else {
      const [a, b] = piece.pair.map(identityOfName);
      if (a === undefined || b === undefined || a === b) continue;
      const [left_identity, right_identity] = a < b ? [a, b] : [b, a];
      const { action, at } = piece;
      const decision = { decided_at: at.slice(0, 19), action, left_identity, right_identity };
      await record(store, "merges", [
        { id: JSON.stringify([action, at, String(a), String(b)]), ...decision },
      ]);
      await touch(store, [a, b]);
    }
  }
}

async function bring(
  store: Store,
  table: LedgerTableName,
  row: Recorded,
  number: number,
): Promise<void> {
  const scratch = { ...row };
  await record(store, table, [scratch], number);
  const target = identifier("ledger", table);
  const repeated = sql`row_key IN (SELECT row_key FROM ${target} GROUP BY row_key HAVING count(*) > 1)`;
  if ("identity" in row) {
    const before = await store.query(
      sql`SELECT DISTINCT identity FROM ${target} WHERE ${repeated}`,
    );
    await touch(
      store,
      before.map((each) => each.identity ?? null),
    );
  }
  await store.run(
    sql`DELETE FROM ${target} WHERE ${repeated} AND rowid < (SELECT max(rowid) FROM ${target})`,
  );
}
