import { derivedTable } from "../derive/tables.ts";
import { identifier, join, raw, type Sql, sql } from "../sql/fragment.ts";
import type { Store } from "../store/store.ts";
import type { AskedMeasure } from "./asked.ts";
import { insideAny, spanNumber } from "./span-sql.ts";
import { layersOf, type Span, spanKey } from "./spans.ts";

/** What was recorded at all for a measure, whatever the question's filter. */
interface Presence {
  /** Sources that brought such rows in a stretch; null stands for a fact that does not name its sources. */
  readonly sources: readonly string[];
  readonly hasRows: boolean;
  /** False when no such row was ever recorded. */
  readonly everRecorded: boolean;
}

/** Presence by measure id and stretch. */
export type PresenceMap = ReadonlyMap<string, ReadonlyMap<string, Presence>>;

interface Counted {
  readonly span: string;
  readonly source: string | null;
  readonly ofKind: readonly bigint[];
}

/**
 * Whether a measure needs no row inside a stretch to be known there. Stocks are known at every time once their fact has a row; so is what became of rows, which is placed by another time
 * than the fact's own: that nothing was lost or closed in a period is a zero, not silence.
 *
 * @param measure the measure
 */
export function isTimeless({ aggregate, fact, timeColumn }: AskedMeasure): boolean {
  return aggregate.op.startsWith("stock") || timeColumn !== derivedTable(fact).time?.column;
}

/**
 * Asks which sources brought rows for each measure in some stretches.
 *
 * @param store the engine
 * @param measures the measures
 * @param spans the period, and the comparison's
 */
export async function presenceOf(
  store: Store,
  measures: readonly AskedMeasure[],
  spans: readonly Span[],
): Promise<PresenceMap> {
  const found = new Map<string, Map<string, Presence>>();
  for (const together of byFact(measures)) {
    const counted = await countRows(store, together, spans);
    const silent = together.filter((_, index) =>
      spans.some(
        (span) =>
          !counted.some((row) => row.span === spanKey(span) && (row.ofKind[index] ?? 0n) > 0n),
      ),
    );
    const ever = silent.length > 0 ? await countRows(store, silent, null) : [];
    together.forEach((measure, index) => {
      const place = new Map<string, Presence>();
      for (const span of spans) {
        const here = counted.filter((row) => row.span === spanKey(span));
        place.set(spanKey(span), presenceIn(here, index, ever, silent.indexOf(measure)));
      }
      found.set(measure.id, place);
    });
  }
  return found;
}

function byFact(measures: readonly AskedMeasure[]): Iterable<readonly AskedMeasure[]> {
  const groups = new Map<string, AskedMeasure[]>();
  for (const measure of measures) {
    const key = `${measure.fact} ${measure.timeColumn} ${isTimeless(measure)}`;
    groups.set(key, [...(groups.get(key) ?? []), measure]);
  }
  return groups.values();
}

/**
 * Rows of the measure's kind count as recorded; so does the silence of a source that brought such rows before and
 * brings other rows now.
 */
function presenceIn(
  here: readonly Counted[],
  index: number,
  ever: readonly Counted[],
  silentIndex: number,
): Presence {
  const ofKind = here.filter((row) => (row.ofKind[index] ?? 0n) > 0n);
  if (ofKind.length > 0) {
    return { sources: namesOf(ofKind), hasRows: true, everRecorded: true };
  }
  const before = ever.filter((row) => (row.ofKind[silentIndex] ?? 0n) > 0n);
  const active = before.filter(({ source }) => here.some((row) => row.source === source));
  return {
    sources: namesOf(before),
    hasRows: active.length > 0,
    everRecorded: before.length > 0,
  };
}

function namesOf(rows: readonly Counted[]): readonly string[] {
  return rows.flatMap(({ source }) => (source === null ? [] : [source])).sort();
}

/** Rows per stretch and source; without stretches, over all time. Timeless measures look at all rows. */
async function countRows(
  store: Store,
  measures: readonly AskedMeasure[],
  spans: readonly Span[] | null,
): Promise<readonly Counted[]> {
  const [first] = measures;
  if (!first) return [];
  if (spans === null || isTimeless(first)) {
    const rows = await countIn(store, measures, raw("0"), raw("TRUE"));
    const keys = spans?.map(spanKey) ?? [""];
    return rows.flatMap(({ counted }) => keys.map((span) => ({ ...counted, span })));
  }
  const counted: Counted[] = [];
  for (const layer of layersOf(spans)) {
    const number = spanNumber(store.dialect, first.time, layer);
    const rows = await countIn(store, measures, number, insideAny(first.time, layer));
    for (const row of rows) {
      const span = layer[row.number];
      if (span) counted.push({ ...row.counted, span: spanKey(span) });
    }
  }
  return counted;
}

async function countIn(
  store: Store,
  measures: readonly AskedMeasure[],
  number: Sql,
  where: Sql,
): Promise<readonly { readonly number: number; readonly counted: Omit<Counted, "span"> }[]> {
  const fact = derivedTable(measures[0]?.fact ?? "interactions");
  const source = fact.dimensions.data_source;
  const ofKind = measures.map(
    ({ kind }, index) => sql`${store.dialect.countWhen(kind)} AS ${identifier(`kind_${index}`)}`,
  );
  const rows = await store.query(
    sql`SELECT ${number} AS "span_number", ${source ? identifier(source) : raw("NULL")} AS "source_name", ${join(ofKind)} FROM ${measures[0]?.table ?? raw("NULL")} WHERE ${where} GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows.map((row) => ({
    number: Number(row.span_number),
    counted: {
      source: row.source_name === null ? null : String(row.source_name),
      ofKind: measures.map((_, index) => BigInt(String(row[`kind_${index}`]))),
    },
  }));
}
