import type { JourneyStatistics } from "../figures/paths.ts";
import { printFigure } from "../figures/print.ts";
import { add, parseExact, toDecimal } from "../ledger/exact.ts";
import { csvLine } from "../reports/csv.ts";
import { attributionHead, printShare, remarkLines, windowLine } from "./attribution-lines.ts";
import { type LayoutColumn, layoutParts, layoutTable, wrap } from "./layout.ts";
import type { Opened } from "./opening.ts";

/** Parts of the report about journeys. */
export const sections = ["paths", "length", "lag", "position", "assists"] as const;

/** A part of the report about journeys. */
export type Section = (typeof sections)[number];

/**
 * Returns how people came to convert.
 *
 * @param found the journeys of a period
 * @param asked one part, or all; the channel that all journeys touch
 * @param opened language and the width of a line
 */
export function pathLines(
  found: JourneyStatistics,
  asked: { readonly only: Section | undefined; readonly channel: string | undefined },
  opened: Opened,
): string[] {
  const { t, width, style } = opened;
  const { only, channel } = asked;
  const { conversions, nulls, paths, withoutTouch } = found.totals;
  const isNothing = Number(conversions) === 0 && Number(nulls) === 0;
  const summary = t("paths.summary", {
    ...{ conversions: Number(conversions), nulls: Number(nulls) },
    ...{ paths: Number(paths), untouched: Number(withoutTouch) },
  });
  const nothing =
    channel === undefined ? t("attribution.none") : t("paths.no_channel", { channel });
  const shown = isNothing ? [] : sections.filter((section) => (only ?? section) === section);
  const parts = shown.flatMap((section) => {
    const lines = partLines[section](found, opened);
    const title = style("bold", t(titles[section]));
    return lines.length > 1 ? ["", title, style("dim", lines[0] ?? ""), ...lines.slice(1)] : [];
  });
  const remarks = remarkLines(found.notes, [], opened);
  return [
    ...attributionHead(found, opened, windowLine(found.attribution, opened)),
    ...wrap(isNothing ? nothing : summary, width),
    ...parts,
    ...(remarks.length > 0 ? ["", ...remarks] : []),
  ];
}

const titles = {
  paths: "paths.top",
  length: "paths.length",
  lag: "paths.lag",
  position: "paths.position",
  assists: "paths.assists",
} as const;

const partLines: Readonly<
  Record<Section, (found: JourneyStatistics, opened: Opened) => readonly string[]>
> = { paths: topLines, length: lengthLines, lag: lagLines, position: positionLines, assists };

const right = (title: string): LayoutColumn => ({ title, align: "right" });
const count = (value: string, { locale }: Opened) => printFigure({ value, unit: "count" }, locale);

function money(value: string | null, { currency }: JourneyStatistics, { locale }: Opened): string {
  return printFigure({ value, unit: "money", currency }, locale);
}

function topLines(found: JourneyStatistics, opened: Opened): readonly string[] {
  const { t, locale, width } = opened;
  const columns = [
    { title: t("paths.path"), max: 72, cut: "middle" as const },
    right(t("attribution.conversions")),
    right(t("paths.nulls")),
    right(t("paths.rate")),
    right(t("paths.value")),
  ];
  const rows = found.paths.map((row) => [
    shortPath(row.path),
    count(row.conversions, opened),
    count(row.nulls, opened),
    printFigure({ value: row.rate, unit: "percent" }, locale),
    money(row.value, found, opened),
  ]);
  const more = Number(found.totals.paths) - found.paths.length;
  const next = Math.min(Number(found.totals.paths), found.paths.length * 5);
  return [
    ...layoutTable(columns, rows, 2, width),
    ...(more > 0 ? [`  ${t("paths.more", { count: more, next })}`] : []),
  ];
}

/** Touches of the same channel in a row are written once, with their number; a long path keeps both of its ends. */
function shortPath(path: string): string {
  const runs: { readonly channel: string; times: number }[] = [];
  for (const channel of path.split(" > ")) {
    const last = runs.at(-1);
    if (last?.channel === channel) last.times += 1;
    else runs.push({ channel, times: 1 });
  }
  const steps = runs.map(({ channel, times }) => (times > 1 ? `${channel} ×${times}` : channel));
  const shown = steps.length > 6 ? [...steps.slice(0, 3), "…", ...steps.slice(-2)] : steps;
  return shown.join(" > ");
}

/** Rows of a distribution put together into ranges. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly conversions: bigint;
  readonly nulls: bigint;
  readonly value: string | null;
}

interface Measured {
  readonly at: number;
  readonly conversions: string;
  readonly nulls?: string;
  readonly value: string | null;
}

/** Puts rows into ranges that end at the given numbers; what lies beyond the last is a range of its own. */
function ranged(rows: readonly Measured[], ends: readonly number[]): readonly Range[] {
  const most = Math.max(...rows.map(({ at }) => at), 0);
  const isEmpty = ({ conversions, nulls }: Range) => conversions === 0n && nulls === 0n;
  const starts = [0, ...ends.map((end) => end + 1)];
  const found = starts.flatMap((from, index): Range[] => {
    const to = ends[index] ?? Math.max(most, from);
    const inside = rows.filter(({ at }) => at >= from && at <= to);
    const isFollowed = rows.some(({ at }) => at > to);
    if (inside.length === 0 && !isFollowed) return [];
    const values = inside.flatMap(({ value }) => (value === null ? [] : [parseExact(value)]));
    const sum = (of: (row: Measured) => string) =>
      inside.reduce((total, row) => total + BigInt(of(row)), 0n);
    const value = values.length === 0 ? null : toDecimal(values.reduce(add), 6);
    const conversions = sum((row) => row.conversions);
    return [{ from, to, conversions, nulls: sum((row) => row.nulls ?? "0"), value }];
  });
  return found.slice(found.findIndex((range) => !isEmpty(range)));
}

const rangeText = ({ from, to }: Range) => (from === to ? String(from) : `${from}–${to}`);

/** Cells of the longest bar. */
const longest = 24;

function bar(share: number): string {
  return "█".repeat(Math.round(share * longest)) || (share > 0 ? "▏" : "");
}

function distribution(
  rows: readonly Range[],
  title: string,
  found: JourneyStatistics,
  opened: Opened,
): readonly string[] {
  const { t, width } = opened;
  const total = rows.reduce((sum, { conversions }) => sum + conversions, 0n);
  const most = Math.max(...rows.map(({ conversions }) => Number(conversions)), 1);
  const hasNulls = rows.some(({ nulls }) => nulls > 0n);
  const columns = [
    right(title),
    right(t("attribution.conversions")),
    right(t("attribution.share")),
    { title: "", max: longest },
    ...(hasNulls ? [right(t("paths.nulls"))] : []),
    right(t("paths.value")),
  ];
  const lines = rows.map((range) => [
    rangeText(range),
    count(String(range.conversions), opened),
    printShare(String(range.conversions), String(total), opened),
    bar(Number(range.conversions) / most),
    ...(hasNulls ? [count(String(range.nulls), opened)] : []),
    money(range.value, found, opened),
  ]);
  return layoutTable(columns, lines, 2, width);
}

function lengthLines(found: JourneyStatistics, opened: Opened): readonly string[] {
  const rows = found.lengths.map(({ touches, ...row }) => ({ at: touches, ...row }));
  const ends = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 50];
  return distribution(ranged(rows, ends), opened.t("paths.touches"), found, opened);
}

function lagLines(found: JourneyStatistics, opened: Opened): readonly string[] {
  const rows = found.lags.map(({ days, ...row }) => ({ at: days, ...row }));
  const ends = [0, 1, 3, 7, 14, 30, 60, 90, 180];
  return distribution(ranged(rows, ends), opened.t("paths.days"), found, opened);
}

function positionLines(found: JourneyStatistics, opened: Opened): readonly string[] {
  const { t, width } = opened;
  const places = ["first", "middle", "last", "only"] as const;
  const columns = [
    { title: "", max: 32 },
    ...places.map((place) => right(t(`paths.${place}`))),
    right(t("attribution.total")),
  ];
  const rows = found.positions.map((row) => [
    row.channel,
    ...places.map((place) => count(row[place], opened)),
    count(String(places.reduce((sum, place) => sum + BigInt(row[place]), 0n)), opened),
  ]);
  return layoutTable(columns, rows, 2, width);
}

function assists(found: JourneyStatistics, opened: Opened): readonly string[] {
  const { t, locale, width } = opened;
  const columns = [
    { title: "", max: 32 },
    right(t("paths.assisted")),
    right(t("paths.assisted_value")),
    right(t("paths.closed")),
    right(t("paths.last_value")),
    right(t("paths.ratio")),
  ];
  const rows = found.assists.map((row) => [
    row.channel,
    count(row.assisted, opened),
    money(row.assistedValue, found, opened),
    count(row.last, opened),
    money(row.lastValue, found, opened),
    printFigure({ value: row.ratio, unit: "ratio" }, locale),
  ]);
  return layoutParts(columns, rows, 2, width);
}

/**
 * Returns a part of the report as lines of a data file.
 *
 * @param found the journeys of a period
 * @param section the part
 */
export function pathCsv(found: JourneyStatistics, section: Section): string[] {
  const rows: Readonly<Record<Section, readonly object[]>> = {
    paths: found.paths,
    length: found.lengths,
    lag: found.lags,
    position: found.positions,
    assists: found.assists,
  };
  const names = Object.keys(rows[section][0] ?? {});
  const cells = rows[section].map((row) =>
    Object.values(row).map((value: unknown) => String(value ?? "")),
  );
  return [names, ...cells].map(csvLine);
}
