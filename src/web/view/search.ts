import * as z from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);
const given = z.pipe(
  z.union([z.array(z.string()), z.string()]),
  z.transform((value) => [value].flat().filter((one) => one !== "")),
);
const list = z.catch(z.optional(given), undefined);

/**
 * The view as the address writes it; short, because people share it, and stable, because they keep it. What is left out
 * is as usual. Screens keep keys of their own beside these.
 */
export const searchSchema = z.looseObject({
  /** Period: a preset or 2025-01-01..2025-01-31. */
  r: text,
  /** Comparison. */
  c: text,
  /** Grain. */
  g: text,
  ch: list,
  ca: list,
  seg: list,
  /** Everything else that filters, in the filter language. */
  f: text,
  /** Attribution: model, and days of the window. */
  m: text,
  w: text,
  /** The figure that is explained: metric@variant, its group as a filter, its own days and model, the page shown. */
  explain: text,
  xf: text,
  xp: text,
  xm: text,
  xb: text,
  xt: text,
});

/** The search part of an address, read. */
export type Search = z.output<typeof searchSchema>;

/**
 * Reads the search part of an address: a key that comes more than once is a list.
 *
 * @param search such as ?r=28d&ch=email&ch=sms
 */
export function parseSearch(search: string): Record<string, unknown> {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key);
      return [key, values.length > 1 ? values : values[0]];
    }),
  );
}

/**
 * Writes the search part of an address; what is empty is left out.
 *
 * @param search keys with a text or a list of texts
 */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (one !== undefined && one !== null && one !== "") params.append(key, String(one));
    }
  }
  const written = params.toString();
  return written === "" ? "" : `?${written}`;
}
