import { instantText, millisecondsOf } from "../ledger/calendar.ts";

/**
 * Returns a UTC instant as ISO 8601 writes it.
 *
 * @param text such as 2025-01-31 08:00:00
 */
export const isoInstant = (text: string): string => instantText(millisecondsOf(text));
