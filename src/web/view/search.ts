interface Texts {
  /** Period: a preset or 2025-01-01..2025-01-31. */
  readonly r?: string | undefined;
  /** Comparison. */
  readonly c?: string | undefined;
  /** Grain. */
  readonly g?: string | undefined;
  /** Everything else that filters, in the filter language. */
  readonly f?: string | undefined;
  /** Attribution: model, and days of the window. */
  readonly m?: string | undefined;
  readonly w?: string | undefined;
  /** The figure that is explained: metric@variant, its group as a filter, its own days and model, the page shown. */
  readonly explain?: string | undefined;
  readonly xf?: string | undefined;
  readonly xp?: string | undefined;
  readonly xm?: string | undefined;
  readonly xb?: string | undefined;
  readonly xt?: string | undefined;
}

interface Lists {
  readonly ch?: readonly string[] | undefined;
  readonly ca?: readonly string[] | undefined;
  readonly seg?: readonly string[] | undefined;
}

/**
 * The view as the address writes it; short, because people share it, and stable, because they keep it. What is left out
 * is as usual. Screens keep keys of their own beside these.
 */
export interface Search extends Texts, Lists {
  readonly [key: string]: unknown;
}

const texts: readonly (keyof Texts)[] = [
  ...(["r", "c", "g", "f", "m", "w"] as const),
  ...(["explain", "xf", "xp", "xm", "xb", "xt"] as const),
];
const lists: readonly (keyof Lists)[] = ["ch", "ca", "seg"];

/**
 * Returns the search part of an address with every known key in its form; what has another is left out.
 *
 * @param search as read from the address
 */
export function knownSearch(search: Readonly<Record<string, unknown>>): Search {
  const known: Record<string, unknown> = { ...search };
  for (const key of texts) {
    if (typeof known[key] !== "string") delete known[key];
  }
  for (const key of lists) {
    const values = [known[key]].flat().filter((one) => typeof one === "string" && one !== "");
    if (values.length > 0) known[key] = values;
    else delete known[key];
  }
  return known;
}

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
