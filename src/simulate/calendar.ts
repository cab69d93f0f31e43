/** Seconds of a day. */
export const daySeconds = 86_400;

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

const clockTexts = Array.from(
  { length: daySeconds },
  (_, second) =>
    `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`,
);

/** The period that is simulated, in days and months of Central European time, with texts made once. */
export interface Calendar {
  /** Days since 1970 of the first day. */
  readonly firstDay: number;
  readonly days: number;
  /** Months as 2024-07. */
  readonly months: readonly string[];
  /** First instant and the instant after the last, in seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Index of the month of a day index. */
  readonly monthOfDay: readonly number[];
  /** Day texts by day index, 2024-07-01; two days beyond the end are there too. */
  readonly dayTexts: readonly string[];
  /** Seconds to add to UTC at an instant. */
  readonly offset: (second: number) => number;
  /** Day index of an instant: 0 is the first day. */
  readonly dayOf: (second: number) => number;
  /** Month index of an instant within the period. */
  readonly monthOf: (second: number) => number;
  /** 2024-07-01 09:30:00 in UTC. */
  readonly utc: (second: number) => string;
  /** 2024-07-01 11:30:00 in local time, without offset. */
  readonly local: (second: number) => string;
  /** 2024-07-01 11:30:00 +0200. */
  readonly localWithOffset: (second: number) => string;
  /** Whether the local hour of an instant happens twice, because clocks go back. */
  readonly isDoubledHour: (second: number) => boolean;
  /** The instants at which clocks change inside the period, in seconds since 1970. */
  readonly clockChanges: readonly { readonly at: number; readonly offset: number }[];
}

const dayText = (day: number): string =>
  new Date(day * daySeconds * 1000).toISOString().slice(0, 10);

/** Last Sunday of a month at 01:00 UTC, when the European Union changes its clocks (directive 2000/84/EC). */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 0) / 1000;
  const weekday = new Date(last * 1000).getUTCDay();
  return last - weekday * daySeconds + 3600;
}

function clockChangesBetween(firstYear: number, lastYear: number) {
  const changes: { at: number; offset: number }[] = [];
  for (let year = firstYear; year <= lastYear; year += 1) {
    changes.push({ at: lastSunday(year, 3), offset: 7200 });
    changes.push({ at: lastSunday(year, 10), offset: 3600 });
  }
  return changes;
}

/**
 * Returns the calendar of a run: whole months from a day on, in the zone Europe/Berlin.
 *
 * @param startDay first day as 2024-07-01
 * @param months number of months
 */
export function makeCalendar(startDay: string, months: number): Calendar {
  const start = new Date(`${startDay}T00:00:00Z`);
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + months);
  const firstDay = start.getTime() / 1000 / daySeconds;
  const days = end.getTime() / 1000 / daySeconds - firstDay;
  const changes = clockChangesBetween(start.getUTCFullYear() - 1, end.getUTCFullYear() + 1);
  const offset = (second: number): number => {
    let found = 3600;
    for (const change of changes) {
      if (second < change.at) break;
      found = change.offset;
    }
    return found;
  };
  const midnight = (day: number): number => {
    const guess = day * daySeconds - 3600;
    return day * daySeconds - offset(guess);
  };
  const dayTexts = Array.from({ length: days + 40 }, (_, index) => dayText(firstDay + index));
  const monthNames = [...new Set(dayTexts.slice(0, days).map((text) => text.slice(0, 7)))];
  const monthOfDay = dayTexts.map((text) => monthNames.indexOf(text.slice(0, 7)));
  const textOfDay = (day: number): string => dayTexts[day - firstDay] ?? dayText(day);
  const dayOf = (second: number): number =>
    Math.floor((second + offset(second)) / daySeconds) - firstDay;
  const text = (second: number): string => {
    const day = Math.floor(second / daySeconds);
    return `${textOfDay(day)} ${clockTexts[Math.floor(second - day * daySeconds)]}`;
  };
  const local = (second: number): string => text(second + offset(second));
  const from = midnight(firstDay);
  const to = midnight(firstDay + days);
  return {
    firstDay,
    days,
    months: monthNames,
    from,
    to,
    monthOfDay,
    dayTexts,
    offset,
    dayOf,
    monthOf: (second) => monthOfDay[dayOf(second)] ?? -1,
    utc: text,
    local,
    localWithOffset: (second) => `${local(second)} +0${offset(second) / 3600}00`,
    isDoubledHour: (second) =>
      changes.some((change) => change.offset === 3600 && Math.abs(second - change.at + 0.5) < 3600),
    clockChanges: changes.filter((change) => change.at >= from && change.at < to),
  };
}
