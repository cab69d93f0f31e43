import type { Dialect } from "../sql/dialect.ts";
import { join, type Sql, sql } from "../sql/fragment.ts";
import { type DateOrder, epochDigits, type TimeShape, timeShape } from "./date-shapes.ts";

/** How the times of one column of one file are written; chosen once, from the data. */
export interface TimeFormat {
  /** True when some texts start like 2024-03-31. */
  readonly hasIso: boolean;
  /** True when some of those name their own zone. */
  readonly hasZones: boolean;
  /** True when some of those name a zone other than UTC, as an offset or a name. */
  readonly hasOffsets: boolean;
  readonly shapes: readonly TimeShape[];
  readonly epochs: readonly (0 | 3 | 6)[];
  /** A date that could be read day first or month first, when nothing in the file or source tells. */
  readonly ambiguous: string | null;
}

/** What is assumed before a file was looked at. */
export const isoFormat: TimeFormat = {
  hasIso: true,
  hasZones: true,
  hasOffsets: true,
  shapes: [],
  epochs: [],
  ambiguous: null,
};

/** Texts of one shape: digits as 9, letters as A. */
export interface ShapeSample {
  readonly sample: string;
  /** Largest first and second number in the texts; null when there is none. */
  readonly first: number | null;
  readonly second: number | null;
}

/**
 * Chooses how the times of a column are read. The order of day and month is one for the whole column: a first number
 * above 12 anywhere means day first, a second one above 12 month first; when neither tells, the source decides, then
 * the separator: `/` means month first, `.` and `-` day first, with a warning.
 *
 * @param samples one text of every shape that is not plain ISO
 * @param dayFirst what the source says
 * @param iso whether some texts are ISO, and whether some of those name a zone
 */
export function chooseTimeFormat(
  samples: readonly ShapeSample[],
  dayFirst: boolean | undefined,
  iso: Pick<TimeFormat, "hasIso" | "hasZones" | "hasOffsets">,
): TimeFormat {
  const numeric = samples.filter(({ sample }) => /^\d{1,2}[-/. ]\s?\d{1,2}[-/. ]/.test(sample));
  const { order, isSure } = dateOrder(numeric, dayFirst);
  const shapes = new Map<string, TimeShape>();
  const epochs = new Set<0 | 3 | 6>();
  for (const { sample } of samples) {
    const digits = epochDigits(sample);
    const shape = digits === null ? timeShape(sample, order) : null;
    if (digits !== null) epochs.add(digits);
    if (shape) shapes.set(`${shape.zone} ${shape.format}`, shape);
  }
  return {
    ...iso,
    // A two-digit year goes first: read as a year of four digits, 24 would be the year 24.
    shapes: [...shapes.values()].toSorted(
      (left, right) => Number(right.format.includes("%y")) - Number(left.format.includes("%y")),
    ),
    epochs: [...epochs],
    ambiguous: isSure ? null : (numeric[0]?.sample ?? null),
  };
}

function dateOrder(
  samples: readonly ShapeSample[],
  dayFirst: boolean | undefined,
): { readonly order: DateOrder; readonly isSure: boolean } {
  const first = Math.max(0, ...samples.map((sample) => sample.first ?? 0));
  const second = Math.max(0, ...samples.map((sample) => sample.second ?? 0));
  if (first > 31) return { order: "year-first", isSure: true };
  if (first > 12 && second <= 12) return { order: "day-first", isSure: true };
  if (second > 12 && first <= 12) return { order: "month-first", isSure: true };
  if (dayFirst !== undefined) {
    return { order: dayFirst ? "day-first" : "month-first", isSure: true };
  }
  const usesSlash = samples.some(({ sample }) => /^\d+\//.test(sample));
  return { order: usesSlash ? "month-first" : "day-first", isSure: samples.length === 0 };
}

/** Condition: the text starts like 2024-03-31. */
export const looksIso = (text: Sql): Sql => sql`${text} LIKE '____-__-__%'`;

/** Condition: an ISO text names a zone (Z, an offset or a name). */
export function namesZone(text: Sql): Sql {
  return sql`(${text} LIKE '%Z' OR ${text} LIKE '%z' OR ${namesOffset(text)})`;
}

/** Condition: an ISO text names a zone by an offset or a name. */
export function namesOffset(text: Sql): Sql {
  return sql`(${text} LIKE '%+%' OR ${text} LIKE '%-%-%-%' OR ${text} LIKE '% %:% %' OR ${text} LIKE '%UTC' OR ${text} LIKE '%GMT')`;
}

/**
 * UTC time of a text, null when it is none. A local time that the clock skipped is read with the offset before the
 * change; one that it showed twice is the later one, in standard time.
 *
 * @param dialect the engine
 * @param text the tidied text
 * @param format of the column
 * @param zone of texts that name none
 */
export function timeSql(dialect: Dialect, text: Sql, format: TimeFormat, zone: string): Sql {
  const toUtc = (local: Sql): Sql => (zone === "UTC" ? local : dialect.toUtc(local, zone));
  return choice(dialect, text, format, {
    isoWithZone: dialect.timeFromText(text),
    isoInUtc: dialect.texts.localTimeFromText(text),
    isoLocal: toUtc(dialect.texts.localTimeFromText(text)),
    isoIsUniform: zone === "UTC",
    instant: (time) => time,
    local: toUtc,
  });
}

/**
 * Day of a text, null when it is none: as written, or the workspace's day of a text that names a zone.
 *
 * @param dialect the engine
 * @param text the tidied text
 * @param format of the column
 * @param zone of the workspace's calendar
 */
export function daySql(dialect: Dialect, text: Sql, format: TimeFormat, zone: string): Sql {
  const ofInstant = (time: Sql): Sql =>
    dialect.dayOf(zone === "UTC" ? time : dialect.texts.toLocal(time, zone));
  return choice(dialect, text, format, {
    isoWithZone: ofInstant(dialect.timeFromText(text)),
    isoInUtc: ofInstant(dialect.texts.localTimeFromText(text)),
    isoLocal: dialect.dayOf(dialect.texts.localTimeFromText(text)),
    isoIsUniform: false,
    instant: ofInstant,
    local: dialect.dayOf,
  });
}

interface Readings {
  readonly isoWithZone: Sql;
  /** Reading of texts that say UTC; much cheaper than reading any zone. */
  readonly isoInUtc: Sql;
  readonly isoLocal: Sql;
  /** True when the reading with zones is also right for texts without one. */
  readonly isoIsUniform: boolean;
  readonly instant: (time: Sql) => Sql;
  readonly local: (time: Sql) => Sql;
}

function choice(dialect: Dialect, text: Sql, format: TimeFormat, readings: Readings): Sql {
  const { texts } = dialect;
  const readers: Sql[] = format.hasIso
    ? [sql`CASE WHEN ${looksIso(text)} THEN ${isoReading(text, format, readings)} END`]
    : [];
  for (const shape of format.shapes) {
    if (shape.zone === "own") {
      readers.push(readings.instant(texts.zonedTimeFromFormat(text, shape.format)));
    } else {
      const time = dialect.timeFromFormat(text, shape.format);
      readers.push(shape.zone === "utc" ? readings.instant(time) : readings.local(time));
    }
  }
  for (const digits of format.epochs) {
    readers.push(readings.instant(texts.timeFromEpochText(text, digits)));
  }
  if (readers.length === 0) return sql`CASE WHEN FALSE THEN ${readings.isoLocal} END`;
  return readers.length === 1 && readers[0] ? readers[0] : sql`coalesce(${join(readers)})`;
}

function isoReading(text: Sql, format: TimeFormat, readings: Readings): Sql {
  if (!format.hasZones) return readings.isoLocal;
  const zoned = format.hasOffsets ? readings.isoWithZone : readings.isoInUtc;
  if (readings.isoIsUniform) return zoned;
  return sql`CASE WHEN ${namesZone(text)} THEN ${zoned} ELSE ${readings.isoLocal} END`;
}
