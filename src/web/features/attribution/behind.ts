import type { JourneyListRequest, ShownJourneys } from "../../../server/api.ts";
import { pathsOfFlow } from "./journey-flows.ts";

const places = ["first", "middle", "last", "only", "assisting", "closing"] as const;

/** Where a touch stands in its journey. */
export type Place = (typeof places)[number];

/** Which conversions are listed, as the address names them. */
export type Behind =
  | { readonly kind: "touches" | "days"; readonly from: number; readonly to: number }
  | { readonly kind: "place"; readonly at: Place; readonly channel: string }
  | { readonly kind: "flow"; readonly from: string; readonly to: string }
  | { readonly kind: "path"; readonly path: string };

/**
 * Writes which conversions are listed as a text of the address.
 *
 * @param behind a class, a place, a flow or a path
 */
export function behindText(behind: Behind): string {
  switch (behind.kind) {
    case "place":
      return `place:${behind.at}:${behind.channel}`;
    case "flow":
      return `flow:${JSON.stringify([behind.from, behind.to])}`;
    case "path":
      return `path:${behind.path}`;
    default:
      return `${behind.kind}:${behind.from}-${behind.to}`;
  }
}

/**
 * Reads which conversions are listed.
 *
 * @param text of the address
 * @returns null where it names none
 */
export function behindIn(text: unknown): Behind | null {
  if (typeof text !== "string") return null;
  const [, kind, rest = ""] = /^(touches|days|place|flow|path):(.*)$/s.exec(text) ?? [];
  switch (kind) {
    case "touches":
    case "days": {
      const [, from, to] = /^(\d{1,6})-(\d{1,6})$/.exec(rest) ?? [];
      return from && to ? { kind, from: Number(from), to: Number(to) } : null;
    }
    case "place": {
      const at = places.find((place) => rest.startsWith(`${place}:`));
      return at ? { kind, at, channel: rest.slice(at.length + 1) } : null;
    }
    case "flow": {
      const [from, to] = pairIn(rest);
      return from && to ? { kind, from, to } : null;
    }
    case "path":
      return { kind, path: rest };
    default:
      return null;
  }
}

function pairIn(text: string): readonly (string | undefined)[] {
  try {
    const pair: unknown = JSON.parse(text);
    return Array.isArray(pair) ? pair.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/**
 * Returns what has to hold for the conversions listed.
 *
 * @param behind what the address names
 * @param journeys the statistics, which know the paths of a flow
 */
export function testsOf(
  behind: Behind,
  journeys: Pick<ShownJourneys, "paths">,
): Pick<JourneyListRequest, "touches" | "days" | "place" | "paths"> {
  switch (behind.kind) {
    case "touches":
      return { touches: { from: behind.from, to: behind.to } };
    case "days":
      return { days: { from: behind.from, to: behind.to } };
    case "place":
      return { place: { at: behind.at, channel: behind.channel } };
    case "path":
      return { paths: [behind.path] };
    default: {
      const paths = pathsOfFlow(countedPaths(journeys), behind.from, behind.to);
      return { paths: paths.length > 0 ? paths : [""] };
    }
  }
}

/**
 * Returns the paths with their conversions as plain numbers.
 *
 * @param journeys the statistics
 */
export function countedPaths({ paths }: Pick<ShownJourneys, "paths">) {
  return paths.map(({ path, conversions }) => ({ path, conversions: conversions.value ?? "0" }));
}
