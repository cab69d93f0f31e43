/** How a text can be read as a time: a strptime format, and whether the text says its own zone. */
export interface TimeShape {
  readonly format: string;
  /** local: the text has no zone · utc: it says UTC · own: the format reads its zone. */
  readonly zone: "local" | "utc" | "own";
}

/** The order of day and month where both are numbers. */
export type DateOrder = "day-first" | "month-first" | "year-first";

const parts = {
  yearFirst: /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})(日?)/u,
  numbers: /^(\d{1,2})([-/. ]\s?)(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u,
  dayName:
    /^(?:([a-z]+)(,?\s+))?(\d{1,2})(\.?[-\s/]*)([a-z]{3,})(\.?[-\s/,]*)(\d{4}|\d{2})(?!\d)/iu,
  nameDay: /^(?:([a-z]+)(,?\s+))?([a-z]{3,})(\.?\s+)(\d{1,2})((?:st|nd|rd|th)?,?\s+)(\d{4})/iu,
  time: /^(,?\s+(?:at\s+)?|T)(\d{1,2})([:.])(\d{2})(?:([:.])(\d{2})(?:([.,])(\d{1,6}))?)?(?:(\s?)([ap])\.?m\.?(?![a-z]))?/iu,
  utc: /^\s*(?:Z|UTC|GMT)$/u,
  offset: /^(\s*(?:UTC|GMT)?)[+-]\d{2}(?::?\d{2})?$/u,
  zoneName: /^(\s+)(?:[A-Z]{2,5}|[A-Za-z_]+\/[A-Za-z_/]+)$/u,
} as const;

const numericFormats: Readonly<Record<number, string>> = {
  8: "%Y%m%d",
  12: "%Y%m%d%H%M",
  14: "%Y%m%d%H%M%S",
};

/**
 * Returns how the texts that look like a sample can be read, or null when they are no times. Ten digits are a day and
 * hour (2024030510) when they start with 20, and seconds since 1970 otherwise.
 *
 * @param sample one of the texts
 * @param order of day and month, where both are numbers
 */
export function timeShape(sample: string, order: DateOrder): TimeShape | null {
  if (/^\d+$/.test(sample)) {
    const format = sample.length === 10 ? hourFormat(sample) : numericFormats[sample.length];
    return format === undefined || format === null ? null : { format, zone: "local" };
  }
  const date = yearFirst(sample) ?? numbers(sample, order) ?? dayName(sample) ?? nameDay(sample);
  if (!date) return null;
  const time = timeOfDay(sample.slice(date.length));
  const zone = zoneOf(sample.slice(date.length + time.length));
  if (!zone) return null;
  return { format: date.format + time.format + zone.format, zone: zone.zone };
}

/**
 * Returns how many digits behind the second an epoch number has: 0 for seconds, 3 or 6; null when it is none.
 *
 * @param sample one of the texts
 */
export function epochDigits(sample: string): 0 | 3 | 6 | null {
  if (/^1\d{9}(\.\d+)?$/.test(sample)) return 0;
  if (/^[12]\d{12}(\.\d+)?$/.test(sample)) return 3;
  return /^[12]\d{15}$/.test(sample) ? 6 : null;
}

function hourFormat(sample: string): string | null {
  return sample.startsWith("20") ? "%Y%m%d%H" : null;
}

interface Piece {
  readonly format: string;
  readonly length: number;
}

function yearFirst(text: string): Piece | null {
  const match = parts.yearFirst.exec(text);
  if (!match) return null;
  const [all, , between, , second, , end] = match;
  return { format: `%Y${between}%m${second}%d${end}`, length: all.length };
}

function numbers(text: string, order: DateOrder): Piece | null {
  const match = parts.numbers.exec(text);
  if (!match) return null;
  const [all, , between, , year] = match;
  const yearFormat = year?.length === 4 ? "%Y" : "%y";
  const fields = {
    "day-first": ["%d", "%m", yearFormat],
    "month-first": ["%m", "%d", yearFormat],
    "year-first": [yearFormat, "%m", "%d"],
  }[order];
  return { format: fields.join(between), length: all.length };
}

function dayName(text: string): Piece | null {
  const match = parts.dayName.exec(text);
  if (!match) return null;
  const [all, weekday, afterWeekday, , beforeMonth, month, afterMonth, year] = match;
  const start = weekday ? weekdayFormat(weekday) + (afterWeekday ?? "") : "";
  const yearFormat = year?.length === 4 ? "%Y" : "%y";
  return {
    format: `${start}%d${beforeMonth}${monthFormat(month ?? "")}${afterMonth}${yearFormat}`,
    length: all.length,
  };
}

function nameDay(text: string): Piece | null {
  const match = parts.nameDay.exec(text);
  if (!match) return null;
  const [all, weekday, afterWeekday, month, beforeDay, , afterDay] = match;
  const start = weekday ? weekdayFormat(weekday) + (afterWeekday ?? "") : "";
  return {
    format: `${start}${monthFormat(month ?? "")}${beforeDay}%d${afterDay}%Y`,
    length: all.length,
  };
}

function weekdayFormat(name: string): string {
  return name.length === 3 ? "%a" : "%A";
}

function monthFormat(name: string): string {
  return name.length === 3 ? "%b" : "%B";
}

function timeOfDay(text: string): Piece {
  const match = parts.time.exec(text);
  if (!match) return { format: "", length: 0 };
  const [all, before, , colon, , secondColon, , point, , space, half] = match;
  const seconds = secondColon ? `${secondColon}%S` : "";
  const fraction = point ? `${point}%f` : "";
  const hour = half ? "%I" : "%H";
  return {
    format: `${before}${hour}${colon}%M${seconds}${fraction}${half ? `${space}%p` : ""}`,
    length: all.length,
  };
}

function zoneOf(
  text: string,
): { readonly format: string; readonly zone: TimeShape["zone"] } | null {
  if (text === "") return { format: "", zone: "local" };
  if (parts.utc.test(text)) return { format: text, zone: "utc" };
  const offset = parts.offset.exec(text);
  if (offset) return { format: `${offset[1]}%z`, zone: "own" };
  const name = parts.zoneName.exec(text);
  return name ? { format: `${name[1]}%Z`, zone: "own" } : null;
}
