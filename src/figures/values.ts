import { zero } from "../ledger/exact.ts";
import type { AskedMeasure } from "./asked.ts";
import { type Cell, cellAt, type GroupValues, groupKey, type MeasureCells } from "./cells.ts";
import type { CoverageBook } from "./coverage.ts";
import type { Reason } from "./figure.ts";
import { isTimeless, type PresenceMap } from "./presence.ts";
import { type Span, spanKey } from "./spans.ts";
import type { Term } from "./term.ts";

/** Everything that was asked from the engine for one request. */
export interface Values {
  readonly by: readonly string[];
  readonly cells: ReadonlyMap<string, MeasureCells>;
  readonly presence: PresenceMap;
  /** Stretches for which the presence was asked: period and comparison, and those before them. */
  readonly totals: readonly Span[];
  readonly coverage: CoverageBook;
}

/**
 * Returns a measure's cell; under dimensions that do not narrow the measure every group has the same one.
 *
 * @param values what was asked
 * @param id the measure
 * @param span the stretch
 * @param group values of the question's dimensions; null for the total
 */
export function cellOf(
  values: Values,
  id: string,
  span: Span,
  group: GroupValues | null,
): Cell | null {
  const cells = values.cells.get(id);
  if (!cells) return null;
  if (group === null) return cellAt(cells, span, "");
  const own = cells.statement.asking.by;
  if (own.length === 0) return cellAt(cells, span, "");
  const kept = own.map((dimension) => group[values.by.indexOf(dimension)] ?? null);
  return cellAt(cells, span, groupKey(kept));
}

/**
 * Returns a measure's value, or why it has none: no row was recorded, or no row carries a value. Silence is 0 only
 * where the sources were heard.
 *
 * @param values what was asked
 * @param id the measure
 * @param span the stretch
 * @param group values of the question's dimensions; null for the total
 */
export function measureTerm(
  values: Values,
  id: string,
  span: Span,
  group: GroupValues | null,
): Term {
  const cells = values.cells.get(id);
  const cell = cellOf(values, id, span, group);
  if (!cells || !cell) throw new Error(`measure was not asked: ${id}`);
  const { measure } = cells;
  const silence = silenceOf(values, measure, span);
  if (silence) return none(silence, measure);
  if (cell.value !== null) return { value: cell.value, problems: [] };
  if (cell.excluded > 0n && cell.excluded === cell.rows) {
    return none("all_excluded", measure, { count: String(cell.rows) });
  }
  if (measure.withoutValue && cell.rows > 0n) return none(measure.withoutValue, measure);
  const { op } = measure.aggregate;
  if (op === "mean" || op === "quantile" || op === "last") return none("no_values", measure);
  return cell.rows > 0n
    ? none("values_missing", measure, { rows: String(cell.rows) })
    : { value: zero, problems: [] };
}

function none(
  code: string,
  measure: AskedMeasure,
  params: Readonly<Record<string, string>> = {},
): Term {
  const { id, fact, name } = measure;
  const named = { measure: id, fact, ...(name === undefined ? {} : { measure_name: name }) };
  const reason: Reason = { code, params: { ...named, ...params } };
  return { value: null, problems: [reason] };
}

/** Why nothing is known of a measure in a stretch; null when its sources were heard. */
function silenceOf(values: Values, measure: AskedMeasure, span: Span): string | null {
  const total = totalAround(values, span);
  const presence = total && values.presence.get(measure.id)?.get(spanKey(total));
  if (!presence) return null;
  if (!presence.everRecorded) return "never_recorded";
  if (!presence.hasRows) return "no_rows_in_period";
  const heard = cellOf(values, measure.id, span, null)?.rows ?? 0n;
  if (total === span || heard > 0n || isTimeless(measure)) return null;
  const covers = values.coverage.of(presence.sources, span);
  const isSilent = covers.every(
    ({ isOutside, expected, missing }) =>
      isOutside || (expected > 0 && missing.length === expected),
  );
  return covers.length > 0 && covers.length === presence.sources.length && isSilent
    ? "no_rows_in_period"
    : null;
}

function totalAround({ totals }: Values, span: Span): Span | null {
  return totals.find(({ from, to }) => from <= span.from && span.to <= to) ?? null;
}

/**
 * Returns the sources that brought a measure's rows around a stretch.
 *
 * @param values what was asked
 * @param measures some measures
 * @param span the stretch
 */
export function sourcesOf(
  values: Values,
  measures: readonly AskedMeasure[],
  span: Span,
): readonly string[] {
  const total = totalAround(values, span);
  const names = measures.flatMap(({ id }) =>
    total ? (values.presence.get(id)?.get(spanKey(total))?.sources ?? []) : [],
  );
  return [...new Set(names)].sort();
}
