import type { Calendar } from "../calendar.ts";
import { randomStream } from "../random.ts";
import type { RowFile } from "../sink.ts";
import type { Truth } from "../truth.ts";
import type { OpenFile } from "../world.ts";

/** A mail sent by the delivery service. */
export interface SendgridMessage {
  readonly id: string;
  readonly email: string;
  /** order_confirmation, or the automation that sent it. */
  readonly category: string;
  /** The automation; empty for transactional mails. */
  readonly automation: string;
}

/** What the delivery service reports of a mail. */
type SendgridEvent =
  | "processed"
  | "delivered"
  | "open"
  | "click"
  | "bounce"
  | "spamreport"
  | "unsubscribe";

/** Writes the log of the delivery service's event webhook, one NDJSON file per month. */
export interface SendgridWriter {
  readonly event: (
    message: SendgridMessage,
    event: SendgridEvent,
    at: number,
    /** Further fields as JSON text that starts with a comma. */
    detail?: string,
  ) => void;
  readonly raw: (row: string, month: number) => { file: string; row: number };
}

/**
 * Returns the writer of the webhook's log.
 *
 * @param open opens a file of the run
 */
export function makeSendgridWriter(
  seed: number,
  calendar: Calendar,
  truth: Truth,
  open: OpenFile,
): SendgridWriter {
  const files: (RowFile | undefined)[] = [];
  const fileOf = (month: number): RowFile => {
    const known = files[month];
    if (known) return known;
    const file = open(`sendgrid/events_${calendar.months[month] ?? ""}.ndjson`, "");
    files[month] = file;
    return file;
  };
  const random = randomStream(seed, "sendgrid faults");
  let counter = 0;
  return {
    event: (message, event, at, detail = "") => {
      counter += 1;
      const id = `sg${counter.toString(36).padStart(10, "0")}`;
      const automation = message.automation === "" ? "" : `,"automation":"${message.automation}"`;
      const row = `{"email":"${message.email}","timestamp":${at},"smtp-id":"<${message.id}@kopi-kiln.example>","event":"${event}","category":["${message.category}"],"sg_event_id":"${id}","sg_message_id":"${message.id}.filter0001.16648.5515E0B88.0"${automation}${detail}}`;
      const file = fileOf(calendar.monthOf(at));
      file.add(row);
      if (random() < 0.001) {
        truth.fault("repeated_rows", { file: file.name, row: file.add(row, "repeated") });
      }
    },
    raw: (row, month) => {
      const file = fileOf(month);
      return { file: file.name, row: file.add(row, "rejected") };
    },
  };
}
