import { isAscii, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { analyse } from "chardet";

/** What one pass over a file's bytes tells. */
export interface Fingerprint {
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  readonly bytes: number;
  readonly isUtf8: boolean;
  /** Up to 256 KiB of the pieces that are not plain ASCII. */
  readonly evidence: Buffer;
}

const evidenceBytes = 256 * 1024;
const pieceBytes = 1024 * 1024;

/** The last bytes of a piece that begin a character and do not end it. */
function unfinished(piece: Buffer): number {
  for (let back = 1; back <= 3 && back <= piece.length; back += 1) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return characterBytes(byte) > back ? back : 0;
  }
  return 0;
}

function characterBytes(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

/**
 * Reads a file once for its hash, size and encoding.
 *
 * @param path the file
 */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const hash = createHash("sha256");
  const evidence: Buffer[] = [];
  let kept = 0;
  let bytes = 0;
  let utf8 = true;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
    const piece = chunk as Buffer;
    hash.update(piece);
    bytes += piece.length;
    if (isAscii(piece) && rest.length === 0) continue;
    const text: Buffer = Buffer.concat([rest, piece]);
    const cut = text.length - unfinished(text);
    utf8 &&= isUtf8(text.subarray(0, cut));
    rest = text.subarray(cut);
    if (kept < evidenceBytes) {
      evidence.push(text.subarray(0, evidenceBytes - kept));
      kept += text.length;
    }
  }
  utf8 &&= rest.length === 0;
  return { hash: hash.digest("hex"), bytes, isUtf8: utf8, evidence: Buffer.concat(evidence) };
}

/**
 * Tells UTF-16 by its mark, or by the zero bytes that Latin text has at every second place.
 *
 * @param head the beginning of the file
 * @returns the encoding, or null when it is not UTF-16
 */
export function utf16Of(head: Buffer): "utf-16le" | "utf-16be" | null {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const sample = head.subarray(0, head.length - (head.length % 2));
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const pairs = sample.length / 2;
  // Delimiters and line ends alone leave some zeros, even in Chinese text.
  if (odd > pairs * 0.1 && even < pairs * 0.01) return "utf-16le";
  if (even > pairs * 0.1 && odd < pairs * 0.01) return "utf-16be";
  return null;
}

/** Share of the double-byte characters that are in the common part of a Chinese character set. */
function commonShare(bytes: Buffer, isCommon: (lead: number, trail: number) => boolean): number {
  let all = 0;
  let common = 0;
  for (let at = 0; at < bytes.length - 1; at += 1) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x81) continue;
    all += 1;
    at += 1;
    if (isCommon(lead, bytes[at] ?? 0)) common += 1;
  }
  return all === 0 ? 0 : common / all;
}

const isHigh = (byte: number) => byte >= 0xa1 && byte <= 0xfe;
/** GB 2312: punctuation, and the 3,755 common characters in the order of their sounds. */
const isCommonGb = (lead: number, trail: number) =>
  isHigh(trail) && (lead <= 0xa3 || (lead >= 0xb0 && lead <= 0xd7)) && lead >= 0xa1;
/** Big5: punctuation, and the 5,401 common characters in the order of their strokes. */
const isCommonBig5 = (lead: number, trail: number) =>
  lead >= 0xa1 && lead <= 0xc6 && (isHigh(trail) || (trail >= 0x40 && trail <= 0x7e));

/** Encodings that chardet is trusted with, because their bytes look like nothing else. */
const distinctive = new Set(["Shift_JIS", "EUC-JP", "EUC-KR", "KOI8-R", "windows-1251"]);

/**
 * Tells the encoding of text that is not UTF-8.
 *
 * @param evidence pieces of the file with bytes beyond ASCII
 * @returns a label that TextDecoder knows; "utf-8" when only a few bytes are damaged
 */
export function legacyEncodingOf(evidence: Buffer): string {
  const decoded = new TextDecoder("utf-8").decode(evidence);
  const damaged = decoded.match(/\uFFFD/g)?.length ?? 0;
  const valid = decoded.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  if (valid > damaged * 3) return "utf-8";
  const gb = commonShare(evidence, isCommonGb);
  const big5 = commonShare(evidence, isCommonBig5);
  if (Math.max(gb, big5) > 0.8) return gb >= big5 ? "gb18030" : "big5";
  const guess = analyse(evidence).find((match) => distinctive.has(match.name));
  return guess && guess.confidence >= 70 ? guess.name.toLowerCase() : "windows-1252";
}
