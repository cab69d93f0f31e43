import type { Calendar } from "../calendar.ts";
import type { Person } from "../person.ts";
import { randomStream } from "../random.ts";
import { csvRow, type RowFile } from "../sink.ts";
import type { Truth } from "../truth.ts";
import type { OpenFile } from "../world.ts";

/** A newsletter of the marketing tool. */
export interface Newsletter {
  readonly id: string;
  readonly variation: string;
  readonly name: string;
  readonly subject: string;
  readonly sentAt: number;
}

/** What the marketing tool records of a mail. */
type KlaviyoMetric =
  | "Received Email"
  | "Opened Email"
  | "Clicked Email"
  | "Bounced Email"
  | "Marked Email as Spam"
  | "Unsubscribed"
  | "Subscribed to List";

/** What a row says beside the metric. */
interface KlaviyoDetail {
  readonly url?: string;
  readonly client?: string;
  readonly isMachine?: boolean;
  readonly bounce?: "Hard" | "Soft";
}

/** Writes the marketing tool's synced tables: event, person, campaign. */
export interface KlaviyoWriter {
  readonly event: (
    person: Person,
    metric: KlaviyoMetric,
    newsletter: Newsletter | null,
    at: number,
    detail?: KlaviyoDetail,
  ) => void;
  readonly person: (person: Person, created: number) => void;
  readonly campaign: (newsletter: Newsletter) => void;
  readonly raw: (row: string, month: number) => { file: string; row: number };
}

const eventColumns =
  "id,person_id,campaign_id,flow_id,flow_message_id,uuid,datetime,timestamp,_fivetran_deleted,metric_id,type,_variation,_fivetran_synced,property_subject,property_campaign_name,property_email_domain,property_bounce_type,property_client_type,property_client_os,property_client_name,property_url,property_message_interaction,property_list,property_machine_open";

const personColumns =
  "id,updated,created,_fivetran_deleted,first_name,last_name,timezone,organization,phone_number,country,city,email,_fivetran_synced,custom_source,last_event_date";

const campaignColumns =
  "id,from_name,status_id,campaign_type,status_label,from_email,subject,name,status,created,updated,send_time,sent_at,_fivetran_deleted,email_template_id,_fivetran_synced,archived,scheduled";

const metricIds: Readonly<Record<KlaviyoMetric, string>> = {
  "Received Email": "Q4q6PC",
  "Opened Email": "R2hXzL",
  "Clicked Email": "S9kWmD",
  "Bounced Email": "T1vBnE",
  "Marked Email as Spam": "U7cQpF",
  Unsubscribed: "V3xRtG",
  "Subscribed to List": "W5yStH",
};

/**
 * Returns the id of a person in the marketing tool.
 *
 * @param person the person
 */
const klaviyoPersonId = (person: Person): string => `01KK${String(person.index).padStart(10, "0")}`;

/**
 * Returns the writer of the marketing tool's tables, events one file per month.
 *
 * @param open opens a file of the run
 */
export function makeKlaviyoWriter(
  seed: number,
  calendar: Calendar,
  truth: Truth,
  open: OpenFile,
): KlaviyoWriter {
  const files: (RowFile | undefined)[] = [];
  const fileOf = (month: number): RowFile => {
    const known = files[month];
    if (known) return known;
    const name = `klaviyo/event_${calendar.months[month] ?? ""}.csv`;
    const file = open(name, `${eventColumns}\n`);
    files[month] = file;
    return file;
  };
  const people = open("klaviyo/person.csv", `${personColumns}\n`);
  const campaigns = open("klaviyo/campaign.csv", `${campaignColumns}\n`);
  const synced = `${calendar.utc(calendar.to)}.000`;
  const random = randomStream(seed, "klaviyo faults");
  const personRow = csvRow(personColumns);
  const campaignRow = csvRow(campaignColumns);
  let counter = 0;
  return {
    event: (person, metric, newsletter, at, detail = {}) => {
      counter += 1;
      const id = `k${counter.toString(36).padStart(8, "0")}`;
      const time = `${calendar.utc(at)}.000`;
      const domain = person.email.slice(person.email.indexOf("@") + 1);
      const about = newsletter ? `${newsletter.subject},${newsletter.name}` : ",";
      const row = `${id},${klaviyoPersonId(person)},${newsletter?.id ?? ""},,,${uuidOf(counter)},${time},${time},false,${metricIds[metric]},${metric},${newsletter?.variation ?? ""},${synced},${about},${domain},${detail.bounce ?? ""},,,${detail.client ?? ""},${detail.url ?? ""},${newsletter?.variation ?? ""},${metric === "Subscribed to List" ? "Newsletter" : ""},${metric === "Opened Email" ? (detail.isMachine ?? false) : ""}`;
      const file = fileOf(calendar.monthOf(at));
      file.add(row);
      if (random() < 0.0005) {
        truth.fault("repeated_rows", { file: file.name, row: file.add(row, "repeated") });
      }
    },
    person: (person, created) => {
      people.add(
        personRow({
          id: klaviyoPersonId(person),
          updated: `${calendar.utc(created)}.000`,
          created: `${calendar.utc(created)}.000`,
          _fivetran_deleted: "false",
          first_name: person.first,
          last_name: person.family,
          organization: person.account?.name ?? "",
          phone_number: person.phone,
          country: person.market.countryName,
          city: person.city,
          email: person.email,
          _fivetran_synced: synced,
          custom_source: "Sign-up form",
        }),
      );
    },
    campaign: (one) => {
      campaigns.add(campaignRow(campaignValues(one, calendar.utc(one.sentAt), synced)));
    },
    raw: (row, month) => {
      const file = fileOf(month);
      return { file: file.name, row: file.add(row, "rejected") };
    },
  };
}

function campaignValues(
  one: Newsletter,
  sentAt: string,
  synced: string,
): Readonly<Record<string, string>> {
  const time = `${sentAt}.000`;
  return {
    id: one.id,
    from_name: "Kopi & Kiln",
    status_id: "1",
    campaign_type: "Regular",
    status_label: "Sent",
    from_email: "hello@kopi-kiln.example",
    subject: one.subject,
    name: one.name,
    status: "sent",
    created: time,
    updated: time,
    send_time: time,
    sent_at: time,
    _fivetran_deleted: "false",
    _fivetran_synced: synced,
    archived: "false",
  };
}

function uuidOf(counter: number): string {
  const tail = counter.toString(16).padStart(12, "0");
  return `6a372080-7778-11ea-8001-${tail}`;
}
