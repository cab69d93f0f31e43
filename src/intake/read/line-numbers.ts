import { createReadStream } from "node:fs";

const [feed, carriage] = [10, 13];

/**
 * Returns the physical lines, from 1, on which some bytes of a text file stand; line ends of any kind count.
 *
 * @param path the file, in UTF-8
 * @param positions of bytes, from 1, ascending
 */
export async function lineNumbers(
  path: string,
  positions: readonly number[],
): Promise<readonly number[]> {
  const lines: number[] = [];
  let line = 1;
  let position = 0;
  let afterCarriage = false;
  let next = positions[0];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    for (const byte of chunk as Buffer) {
      position += 1;
      while (next !== undefined && position >= next) next = positions[lines.push(line)];
      if (byte === carriage || (byte === feed && !afterCarriage)) line += 1;
      afterCarriage = byte === carriage;
    }
    if (next === undefined) break;
  }
  return positions.map((_, index) => lines[index] ?? line);
}
