import { fingerprintOf, origins } from "../../src/derive/dictionaries.ts";
import type { DerivedTableName } from "../../src/derive/tables.ts";
import { derivedTable } from "../../src/derive/tables.ts";
import type { AttributionModel } from "../../src/ledger/attribution.ts";
import { identifier, join, literal, type Sql, sql } from "../../src/sql/fragment.ts";
import type { Row } from "../../src/store/store.ts";
import { type Fixture, type LedgerRow, openFixture } from "./ledger-fixture.ts";

/** A touch as a test writes it: day of January 2025 (with time of day as a fraction), channel, and what differs. */
export type TouchRow = LedgerRow & { readonly day: number; readonly channel: string };

/** Derived tables that a test fills by hand, so that only attribution itself is computed. */
export interface Attribution {
  readonly fixture: Fixture;
  /** Touches of person 1 unless said otherwise. */
  touches(rows: readonly TouchRow[]): Promise<void>;
  /** An order of person 1 with lines; the first sale line places it. */
  order(order: string, lines: readonly LedgerRow[], fields?: LedgerRow): Promise<void>;
  stage(stage: string, day: number): Promise<void>;
  /** Computes and returns the credits in their order. */
  credits(settings?: object): Promise<readonly Row[]>;
  rows(table: DerivedTableName, rows: readonly LedgerRow[]): Promise<void>;
}

/** The instant of a day of January 2025; 1.5 is noon of the first. */
export function instant(day: number): string {
  return new Date(Date.UTC(2025, 0, 1) + (day - 1) * 86_400_000)
    .toISOString()
    .slice(0, 19)
    .replace("T", " ");
}

/** Opens the fixture. */
export async function openAttribution(): Promise<Attribution> {
  const fixture = await openFixture();
  let key = 0;
  const rows: Attribution["rows"] = async (table, all) => {
    for (const row of all) await fixture.store.run(insertion(table, row));
  };
  return {
    fixture,
    rows,
    async touches(all) {
      await rows(
        "touchpoints",
        all.map(({ day, ...row }) => {
          key += 1;
          return {
            ...{ touch: key, person: 1, touched_at: instant(day), touch_kind: "visit" },
            ...{ touch_class: "marketing", is_paid: false, data_source: "web/visits", ...row },
          };
        }),
      );
      const fingerprint = fingerprintOf(fixture.store.dialect, origins);
      await fixture.store.run(sql`UPDATE derived.touchpoints SET origin = ${fingerprint}`);
    },
    async order(order, lines, fields = {}) {
      const placed = lines.find((line) => (line.line_type ?? "sale") === "sale");
      const amount = (line: LedgerRow): number => Number(line.amount ?? 0);
      await rows("purchases", [
        {
          ...{
            order,
            person: 1,
            placed_at: instant(Number(placed?.day ?? 1)),
            nth: 1,
            is_first: true,
          },
          ...{ is_sold: placed !== undefined, channel: "unknown", data_source: "shop/orders" },
          ...{ sales: lines.map(amount).reduce((a, b) => a + Math.max(b, 0), 0), ...fields },
        },
      ]);
      const { person = 1 } = fields;
      for (const { day, ...line } of lines) {
        key += 1;
        await rows("revenue_lines", [
          {
            ...{
              order,
              person,
              booked_at: instant(Number(day)),
              line_type: "sale",
              currency: "EUR",
            },
            ...{ stream: "product", channel: "unknown", data_source: "shop/orders", row_key: key },
            ...line,
          },
        ]);
      }
    },
    stage: (stage, day) =>
      rows("stage_entries", [{ person: 1, stage, entered_at: instant(day), channel: "unknown" }]),
    credits: (settings = {}) => fixture.derive("credits", { attribution: settings }),
  };
}

function insertion(name: DerivedTableName, row: LedgerRow): Sql {
  const known = Object.keys(derivedTable(name).columns);
  const unknown = Object.keys(row).filter((column) => !known.includes(column));
  if (unknown.length > 0) throw new Error(`no such column in ${name}: ${unknown.join(", ")}`);
  return sql`INSERT INTO ${identifier("derived", name)} (${join(Object.keys(row).map((column) => identifier(column)))})
    VALUES (${join(Object.values(row).map((value) => literal(value)))})`;
}

/** What a model credits each touch of the rows, as numbers, in their order. */
export function creditsOf(rows: readonly Row[], model: AttributionModel): readonly number[] {
  return rows.map((row) => Number(row[`credit_${model}`]));
}

/** What a model gives each touch of the conversion, as numbers. */
export function sharesOf(rows: readonly Row[], model: AttributionModel): readonly number[] {
  return rows.map((row) => Number(row[`share_${model}`]));
}
