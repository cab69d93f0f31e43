import type { AppText } from "../../../locales/app-texts.ts";
import { useT } from "../../text/texts.tsx";

/** Why rows are rejected. */
const codes: Readonly<Record<string, AppText>> = {
  missing: "data.reject.missing",
  not_an_amount: "data.reject.not_an_amount",
  not_a_number: "data.reject.not_a_number",
  not_a_boolean: "data.reject.not_a_boolean",
  not_a_time: "data.reject.not_a_time",
  unknown_value: "data.reject.unknown_value",
  time_out_of_range: "data.reject.time_out_of_range",
  waiting: "data.reject.waiting",
  skipped: "data.reject.skipped",
  not_recorded: "data.reject.not_recorded",
  broken_record: "data.reject.broken_record",
};

/** Reasons that quote what cannot be read, at their end. */
const quoting: ReadonlySet<string> = new Set([
  ...["not_an_amount", "not_a_number", "not_a_boolean", "not_a_time", "unknown_value"],
]);

/**
 * Tells whether the detail of a reason is what stood in the file.
 *
 * @param code of the reason
 */
export const isQuoting = (code: string): boolean => quoting.has(code);

/** What is said of a rejected row. */
export interface RejectWords {
  readonly text: string;
  /** What stood in the file, or what the source says of its own rows. */
  readonly detail: string | null;
}

/**
 * Returns the part of a reason that the code does not say.
 *
 * @param code of the reason
 * @param reason in words, as the ledger keeps it
 */
export function detailOf(code: string, reason: string): string | null {
  if (quoting.has(code)) return reason.replace(/^[^:]*: ?/, "");
  return code === "missing" || code === "not_recorded" ? null : reason;
}

/** Returns the function that says why a row was rejected. */
export function useRejectWords(): (code: string, reason: string) => RejectWords {
  const t = useT();
  return (code, reason) => {
    const text = codes[code];
    return text
      ? { text: t(text), detail: detailOf(code, reason) }
      : { text: reason, detail: null };
  };
}
