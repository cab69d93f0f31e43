import type { AggregatedPaths } from "../models/attribution/paths.ts";

/** What stands between the paths of a text: the record separator of ASCII, which no channel's name contains. */
export const betweenPaths = "\u001e";

const endOfPath = 0x1e;
const space = 0x20;
const arrow = 0x3e;

/** Reads paths of journeys from texts. */
export interface PathReader {
  /**
   * Takes in journeys.
   *
   * @param text paths such as "email > paid search", with `betweenPaths` between them
   * @param isConverted how all of them ended
   */
  readonly take: (text: string, isConverted: boolean) => void;
  /** The journeys so far, one by one; channels are numbered in the order of their names. */
  readonly paths: () => AggregatedPaths;
}

/** A channel's name as bytes, to be compared with those of a text. */
interface Name {
  readonly bytes: Uint8Array;
  readonly channel: number;
}

/** Starts reading paths; names are compared in place, since making a text of each of millions of touches takes long. */
export function pathReader(): PathReader {
  const channels: string[] = [];
  const names: Name[][] = Array.from({ length: 256 }, () => []);
  let steps = new Int32Array(1 << 12);
  let count = 0;
  const starts: number[] = [0];
  const converted: number[] = [];
  const learn = (text: Buffer, from: number): Name => {
    const bytes = text.subarray(from, endOfName(text, from));
    const name = { bytes: Uint8Array.from(bytes), channel: channels.push(bytes.toString()) - 1 };
    names[text[from] as number]?.push(name);
    return name;
  };
  return {
    take: (text, isConverted) => {
      const bytes = Buffer.from(text + betweenPaths);
      for (let at = 0; at < bytes.length; ) {
        const known = names[bytes[at] as number] as readonly Name[];
        const name = nameAt(known, bytes, at) ?? learn(bytes, at);
        if (count === steps.length) steps = twiceAsLong(steps);
        steps[count] = name.channel;
        count += 1;
        at += name.bytes.length;
        if (bytes[at] !== endOfPath) {
          at += 3;
          continue;
        }
        at += 1;
        starts.push(count);
        converted.push(isConverted ? 1 : 0);
      }
    },
    paths: () => {
      const inOrder = channels.toSorted();
      const numbers = channels.map((channel) => inOrder.indexOf(channel));
      const conversions = new Float64Array(converted);
      return {
        channels: inOrder,
        steps: steps.subarray(0, count).map((channel) => numbers[channel] as number),
        starts: new Int32Array(starts),
        conversions,
        nulls: conversions.map((each) => 1 - each),
        values: null,
      };
    },
  };
}

function twiceAsLong(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(numbers.length * 2);
  longer.set(numbers);
  return longer;
}

function nameAt(names: readonly Name[], text: Uint8Array, from: number): Name | null {
  for (const name of names) {
    const { bytes } = name;
    let at = 1;
    while (at < bytes.length && bytes[at] === text[from + at]) at += 1;
    if (at === bytes.length && isEndOfName(text, from + at)) return name;
  }
  return null;
}

function endOfName(text: Uint8Array, from: number): number {
  let at = from;
  while (!isEndOfName(text, at)) at += 1;
  return at;
}

function isEndOfName(text: Uint8Array, at: number): boolean {
  if (text[at] === endOfPath) return true;
  return text[at] === space && text[at + 1] === arrow && text[at + 2] === space;
}
