import { type AttributionModel, attributionModels } from "../ledger/attribution.ts";
import { add, type Exact, parseExact, zero } from "../ledger/exact.ts";
import { identifier, join, literal, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Cell, Row } from "../store/store.ts";
import { type AttributionChoice, attributionOf, schemaOf, usedAttribution } from "./attribution.ts";
import type { FiguresContext } from "./context.ts";
import { decimalText } from "./decimal.ts";
import type { UsedAttribution } from "./figure.ts";

/** What every model gives: share of the conversion, and amount of its sales and returns together. */
export type CreditByModel = Readonly<
  Record<AttributionModel, { readonly share: string; readonly amount: string | null }>
>;

/** An amount of a conversion that is divided over its touches. */
export interface CreditedEntry {
  /** sale, return or cost_of_goods. */
  readonly kind: string;
  readonly bookedAt: string;
  readonly amount: string | null;
  /** Why it is left out of figures; null when it counts. */
  readonly excluded: string | null;
  readonly stream: string | null;
  readonly orderKind: string | null;
  readonly currency: string | null;
}

/** What is known of a touch. */
export interface TouchFacts {
  readonly touchedAt: string;
  readonly kind: string;
  readonly class: string;
  readonly isPaid: boolean;
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly automation: string | null;
  readonly asset: string | null;
  readonly tool: string | null;
  readonly landingPage: string | null;
}

/** A touch with what it earned. */
export interface CreditedTouch extends TouchFacts {
  readonly nth: number;
  /** Seconds from the touch to the conversion. */
  readonly ageSeconds: string;
  readonly credit: CreditByModel;
  /** What it earned of each entry by the model that was asked for. */
  readonly ofEntries: readonly (string | null)[];
}

/** A conversion with everything that was credited of it. */
export interface CreditedConversion {
  readonly conversion: string;
  readonly convertedAt: string;
  readonly dataSource: string | null;
  /** The first conversion of its customer. */
  readonly isFirst: boolean;
  /** Sales and returns together; null when all are left out. */
  readonly amount: string | null;
  readonly entries: readonly CreditedEntry[];
  readonly touches: readonly CreditedTouch[];
  /** What no touch earned; null when there are touches. */
  readonly unattributed: CreditByModel | null;
  /** Touches of the same person (or account) that earn nothing: later than the conversion, or before its window. */
  readonly leftOut: readonly (TouchFacts & { readonly why: "after" | "before_window" })[];
}

/** The credit of one order, deal or goal event. */
export interface OrderCredit {
  readonly order: string;
  readonly attribution: UsedAttribution;
  readonly currency: string;
  /** Empty when nothing is known of it; more than one where two vendors use the same number. */
  readonly conversions: readonly CreditedConversion[];
}

/** Touches without credit that are shown, the nearest in time first. */
const mostLeftOut = 50;

/**
 * Tells of one order which touch earned how much under every model.
 *
 * @param context store and settings
 * @param order the order by its id or the number that people see, the deal (with or without the prefix deal:) or the goal event
 * @param choice another attribution than that of the settings
 * @throws LastpennyError `question_invalid`
 */
export async function creditOf(
  context: FiguresContext,
  order: string,
  choice?: AttributionChoice,
): Promise<OrderCredit> {
  const attribution = attributionOf(context.settings, choice);
  const schema = await schemaOf(context, attribution);
  const names = [order, `deal:${order}`, ...(await numbered(context, order))];
  const rows = await context.store.query(
    sql`SELECT * FROM ${identifier(schema, "credits")}
      WHERE conversion IN (${join(names.map((name) => literal(name)))})
      ORDER BY data_source, converted_at, booked_at, entry_kind DESC, entry, nth`,
  );
  const groups = groupedBy(
    rows,
    (row) => `${row.data_source} ${row.converted_at} ${row.conversion}`,
  );
  const conversions: CreditedConversion[] = [];
  for (const group of groups) {
    const leftOut = await leftOutOf(context, group, attribution.level);
    conversions.push({ ...conversionOf(group, attribution.model), leftOut });
  }
  return {
    order,
    attribution: usedAttribution(attribution),
    currency: context.settings.currency,
    conversions,
  };
}

/** Ids of the orders that people know by a number, with or without the sign before it. */
async function numbered({ store }: FiguresContext, order: string): Promise<readonly string[]> {
  const bare = order.replace(/^#/, "");
  const rows = await store.query(
    sql`SELECT DISTINCT "order" FROM ledger.order_headers
      WHERE "number" IN (${bare}, ${`#${bare}`}) AND deleted IS NOT TRUE ORDER BY 1`,
  );
  return rows.map((row) => String(row.order));
}

function groupedBy(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

const textOrNull = (cell: Cell | undefined) =>
  cell === null || cell === undefined ? null : String(cell);
const exactText = (cell: Cell | undefined) => {
  const text = textOrNull(cell);
  return text === null ? null : decimalText(parseExact(text));
};
const instant = (cell: Cell | undefined) =>
  `${String(cell ?? "")
    .slice(0, 19)
    .replace(" ", "T")}Z`;
const isRevenue = (row: Row) => row.entry_kind === "sale" || row.entry_kind === "return";

function sumOf(cells: readonly (Cell | undefined)[]): string | null {
  const known = cells.flatMap((cell) => {
    const text = textOrNull(cell);
    return text === null ? [] : [parseExact(text)];
  });
  if (known.length === 0) return null;
  return decimalText(known.reduce<Exact>((sum, one) => add(sum, one), zero));
}

function conversionOf(
  rows: readonly Row[],
  model: AttributionModel,
): Omit<CreditedConversion, "leftOut"> {
  const entries = groupedBy(rows, (row) => String(row.entry)).flatMap(([row]) =>
    row ? [row] : [],
  );
  const touched = rows.filter((row) => row.touch !== null);
  const touches = groupedBy(touched, (row) => String(row.touch));
  const first: Row = rows[0] ?? {};
  return {
    conversion: String(first.conversion),
    convertedAt: instant(first.converted_at),
    dataSource: textOrNull(first.data_source),
    isFirst: first.is_first === true,
    amount: sumOf(entries.filter(isRevenue).map((row) => row.amount)),
    entries: entries.map((row) => ({
      kind: String(row.entry_kind),
      bookedAt: instant(row.booked_at),
      amount: exactText(row.amount),
      excluded: textOrNull(row.excluded),
      stream: textOrNull(row.stream),
      orderKind: textOrNull(row.order_kind),
      currency: textOrNull(row.currency),
    })),
    touches: touches
      .map((group): CreditedTouch => {
        const row: Row = group[0] ?? {};
        return {
          ...touchFacts(row),
          nth: Number(row.nth),
          ageSeconds: exactText(row.age_seconds) ?? "0",
          credit: creditByModel(group),
          ofEntries: entries.map(({ entry }) => {
            const part = group.find((one) => one.entry === entry);
            return exactText(part?.[`credit_${model}`]);
          }),
        };
      })
      .sort((a, b) => a.nth - b.nth),
    unattributed: touches.length > 0 ? null : creditByModel(rows),
  };
}

function creditByModel(rows: readonly Row[]): CreditByModel {
  const entries = attributionModels.map((model) => [
    model,
    {
      share: sumOf(rows.map((row) => row[`share_${model}`])) ?? "0",
      amount: sumOf(rows.filter(isRevenue).map((row) => row[`credit_${model}`])),
    },
  ]);
  return Object.fromEntries(entries) as CreditByModel;
}

function touchFacts(row: Row): TouchFacts {
  return {
    touchedAt: instant(row.touched_at),
    kind: String(row.touch_kind),
    class: String(row.touch_class),
    isPaid: row.is_paid === true,
    channel: textOrNull(row.channel),
    source: textOrNull(row.utm_source),
    medium: textOrNull(row.utm_medium),
    campaign: textOrNull(row.campaign),
    automation: textOrNull(row.automation),
    asset: textOrNull(row.asset),
    tool: textOrNull(row.tool),
    landingPage: textOrNull(row.landing_page),
  };
}

async function leftOutOf(
  { store }: FiguresContext,
  rows: readonly Row[],
  level: "person" | "account",
): Promise<CreditedConversion["leftOut"]> {
  const first: Row = rows[0] ?? {};
  const isAccount = level === "account" && first.account !== null;
  const owner = isAccount ? first.account : first.person;
  if (owner === null || owner === undefined) return [];
  const touches = [...new Set(rows.map((row) => textOrNull(row.touch)))].flatMap((touch) =>
    touch === null ? [] : [touch],
  );
  const { dialect } = store;
  const converted: Sql = sql`CAST(${String(first.converted_at)} AS ${raw(dialect.types.time)})`;
  const known =
    touches.length > 0
      ? sql`AND ${dialect.textOf(raw("touch"))} NOT IN (${join(touches.map((touch) => literal(touch)))})`
      : raw("");
  const distance = sql`abs(${dialect.epochMicroseconds(raw("touched_at"))} - ${dialect.epochMicroseconds(converted)})`;
  const found = await store.query(
    sql`SELECT *, touched_at > ${converted} AS is_after FROM ${identifier("derived", "touchpoints")}
      WHERE ${raw(isAccount ? "account" : "person")} = ${literal(BigInt(String(owner)))} ${known}
      ORDER BY ${distance}, touch LIMIT ${literal(mostLeftOut)}`,
  );
  return found.map((row) => ({
    ...touchFacts(row),
    why: row.is_after === true ? ("after" as const) : ("before_window" as const),
  }));
}
