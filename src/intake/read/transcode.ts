import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { TextDecoder } from "node:util";
import { LastpennyError } from "../../errors.ts";

/**
 * Decodes a file piece by piece; a byte order mark is taken off, damaged characters become U+FFFD.
 *
 * @param path the file
 * @param encoding a label that TextDecoder knows
 * @throws LastpennyError `format_unknown` for an encoding that does not exist
 */
export async function* decodedText(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  yield decoder.decode();
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new LastpennyError(
      "format_unknown",
      `unknown encoding: ${encoding}; use a name such as utf-8, utf-16le, windows-1252, gb18030 or big5`,
    );
  }
}

/**
 * Writes text to a UTF-8 file with few large writes.
 *
 * @param path the file to make
 * @param pieces the text in pieces
 */
export async function writeText(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const handle = await open(path, "w");
  try {
    let waiting: string[] = [];
    let length = 0;
    for await (const piece of pieces) {
      waiting.push(piece);
      length += piece.length;
      if (length < 1_000_000) continue;
      await handle.writeFile(waiting.join(""));
      waiting = [];
      length = 0;
    }
    await handle.writeFile(waiting.join(""));
  } finally {
    await handle.close();
  }
}
