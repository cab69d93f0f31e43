import type { Calendar } from "../calendar.ts";
import { type Channel, shopAddress } from "../company.ts";
import type { Person } from "../person.ts";
import { randomStream } from "../random.ts";
import type { RowFile } from "../sink.ts";
import type { Truth } from "../truth.ts";
import type { OpenFile } from "../world.ts";

/** A visit as the analytics export tells it. */
export interface Ga4Session {
  readonly id: number;
  readonly number: number;
  readonly landing: string;
  readonly channel: Channel;
  readonly campaign: string;
  readonly click: string;
}

/** Writes the events of a property's BigQuery export, one NDJSON file per month. */
export interface Ga4Writer {
  /** Starts a visit: the returned function writes its events. */
  readonly session: (person: Person, session: Ga4Session) => WriteEvent;
  /** Writes one row as it is, for robots and broken rows. */
  readonly raw: (month: number, row: string, outcome: "taken" | "rejected") => RowFile;
}

/** Writes one event of a visit. */
export type WriteEvent = (name: string, at: number, path: string, params?: string) => void;

const browsers = { desktop: ["Chrome", "Windows"], mobile: ["Safari", "iOS"] } as const;

/** Share of rows that are written twice, and that arrive in the next month's file. */
const repeatShare = 0.0006;
const lateShare = 0.0015;

/**
 * Returns the writer of the analytics export.
 *
 * @param open opens a file of the run
 */
export function makeGa4Writer(
  seed: number,
  calendar: Calendar,
  truth: Truth,
  open: OpenFile,
): Ga4Writer {
  const files: (RowFile | undefined)[] = [];
  const fileOf = (month: number): RowFile => {
    const known = files[month];
    if (known) return known;
    const file = open(`ga4/events_${calendar.months[month] ?? ""}.ndjson`, "");
    files[month] = file;
    return file;
  };
  const compactDays = calendar.dayTexts.map((text) => text.replaceAll("-", ""));
  const random = randomStream(seed, "ga4 faults");
  const last = calendar.months.length - 1;
  let counter = 0;
  const put = (month: number, row: string): void => {
    const drawn = random();
    const file = fileOf(month);
    if (drawn < repeatShare) {
      file.add(row);
      truth.fault("repeated_rows", { file: file.name, row: file.add(row, "repeated") });
    } else if (drawn < repeatShare + lateShare && month < last) {
      fileOf(month + 1).add(row);
      truth.faultCount("late_rows", fileOf(month + 1).name);
    } else {
      file.add(row);
    }
  };
  const session = (person: Person, visit: Ga4Session): WriteEvent => {
    const format = eventFormat(person, visit);
    let previous = "";
    return (name, at, path, params = "") => {
      const day = calendar.dayOf(at);
      counter = (counter + 7919) % 1_000_000;
      const stamp = `${at}${String(counter).padStart(6, "0")}`;
      const page = previous === "" ? visit.landing : `${shopAddress}${path}`;
      put(
        calendar.monthOfDay[day] ?? 0,
        `{"event_date":"${compactDays[day] ?? ""}","event_timestamp":"${stamp}","event_name":"${name}",${format(page, previous, params)}`,
      );
      if (name === "page_view") previous = page;
    };
  };
  return {
    session,
    raw: (month, row, outcome) => {
      const file = fileOf(month);
      file.add(row, outcome);
      return file;
    },
  };
}

/** Returns what an event says after its name; the first page of a visit tells where the visit came from. */
function eventFormat(
  person: Person,
  visit: Ga4Session,
): (page: string, previous: string, params: string) => string {
  const tail = sessionTail(person);
  const shared = `{"key":"ga_session_id","value":{"int_value":"${visit.id}"}},{"key":"ga_session_number","value":{"int_value":"${visit.number}"}}`;
  const origin = originParams(visit);
  return (page, previous, params) => {
    const referrer = previous === "" ? visit.channel.referrer : previous;
    const from =
      referrer === "" ? "" : `,{"key":"page_referrer","value":{"string_value":"${referrer}"}}`;
    return `"event_params":[{"key":"page_location","value":{"string_value":"${page}"}},${shared}${from}${previous === "" ? origin : ""}${params}],${tail}`;
  };
}

function originParams({ channel, campaign }: Ga4Session): string {
  if (channel.source === "") return "";
  return `,{"key":"source","value":{"string_value":"${channel.source}"}},{"key":"medium","value":{"string_value":"${channel.medium}"}},{"key":"campaign","value":{"string_value":"${campaign}"}}`;
}

function sessionTail(person: Person): string {
  const { market, device, channel, campaign } = person;
  const [browser, system] = browsers[device];
  const first = channel.source === "" ? "(direct)" : channel.source;
  return (
    `"user_pseudo_id":"${person.browserId}",` +
    `"device":{"category":"${device}","operating_system":"${system}","language":"${market.language}","web_info":{"browser":"${browser}","hostname":"kopi-kiln.example"}},` +
    `"geo":{"country":"${market.countryName}"},` +
    `"traffic_source":{"name":"${campaign === "" ? "(direct)" : campaign}","medium":"${channel.medium === "" ? "(none)" : channel.medium}","source":"${first}"},` +
    `"stream_id":"2100450278","platform":"WEB"}`
  );
}
