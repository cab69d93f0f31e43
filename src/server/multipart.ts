import { LastpennyError } from "../errors.ts";

/** A piece of a form as it arrives: a part begins, brings bytes, ends. */
export type FormPiece =
  | { readonly kind: "part"; readonly name: string; readonly fileName: string | null }
  | { readonly kind: "bytes"; readonly bytes: Buffer }
  | { readonly kind: "end" };

/** Most bytes of the headers of one part. */
const mostHeaders = 16_384;

/** Most parts of one form. */
const mostParts = 2_000;

/** What can be read from the bytes at hand; null asks for more. */
interface Step {
  readonly pieces: readonly FormPiece[];
  readonly rest: Buffer;
  readonly state: State;
}

type State = "before" | "boundary" | "headers" | "body" | "done";

/**
 * Reads a form (RFC 7578) piece by piece, so that no file has to fit into memory.
 *
 * @param body the request's bytes
 * @param contentType its content type, with the boundary
 * @throws LastpennyError `request_invalid` when it is no form, or is cut off
 */
export async function* readForm(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
): AsyncGenerator<FormPiece> {
  const boundary = boundaryOf(contentType);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let state: State = "before";
  let parts = 0;
  // The first boundary has no line break before it.
  let rest = Buffer.from("\r\n");
  for await (const chunk of body) {
    rest = Buffer.concat([rest, chunk]);
    for (let step = take(state, rest, delimiter); step; step = take(state, rest, delimiter)) {
      for (const piece of step.pieces) {
        if (piece.kind === "part") parts += 1;
        yield piece;
      }
      if (parts > mostParts) refuse(`the form has more than ${mostParts} parts`);
      state = step.state;
      rest = Buffer.from(step.rest);
    }
  }
  if (state !== "done") refuse("the form is cut off: send it again");
}

function take(state: State, bytes: Buffer, delimiter: Buffer): Step | null {
  switch (state) {
    case "before":
    case "body":
      return takeBody(state, bytes, delimiter);
    case "boundary":
      return takeBoundary(bytes);
    case "headers":
      return takeHeaders(bytes);
    default:
      // What follows the last boundary means nothing.
      return bytes.length > 0 ? { pieces: [], rest: Buffer.alloc(0), state: "done" } : null;
  }
}

function takeBody(state: "before" | "body", bytes: Buffer, delimiter: Buffer): Step | null {
  const end = bytes.indexOf(delimiter);
  const isBody = state === "body";
  if (end >= 0) {
    const found = bytes.subarray(0, end);
    return {
      pieces: isBody
        ? [...(found.length > 0 ? [bytesPiece(found)] : []), { kind: "end" } as const]
        : [],
      rest: bytes.subarray(end + delimiter.length),
      state: "boundary",
    };
  }
  // A boundary may begin in the last bytes.
  const safe = bytes.length - delimiter.length + 1;
  if (safe <= 0) return null;
  const pieces = isBody ? [bytesPiece(bytes.subarray(0, safe))] : [];
  return { pieces, rest: bytes.subarray(safe), state };
}

const bytesPiece = (bytes: Buffer): FormPiece => ({ kind: "bytes", bytes: Buffer.from(bytes) });

function takeBoundary(bytes: Buffer): Step | null {
  if (bytes.length < 2) return null;
  const next = bytes.subarray(0, 2).toString("latin1");
  if (next === "--") return { pieces: [], rest: Buffer.alloc(0), state: "done" };
  if (next === "\r\n") return { pieces: [], rest: bytes.subarray(2), state: "headers" };
  return refuse("a boundary of the form is broken");
}

function takeHeaders(bytes: Buffer): Step | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end > mostHeaders || (end < 0 && bytes.length > mostHeaders)) {
    return refuse("a part of the form has too many headers");
  }
  if (end < 0) return null;
  const part = partOf(bytes.subarray(0, end).toString("utf8"));
  return { pieces: [part], rest: bytes.subarray(end + 4), state: "body" };
}

function partOf(headers: string): FormPiece {
  const disposition = headers
    .split("\r\n")
    .find((line) => /^content-disposition:\s*form-data/i.test(line));
  const name = disposition && parameterOf(disposition, "name");
  if (disposition === undefined || name === undefined) {
    return refuse("a part of the form has no name");
  }
  return { kind: "part", name, fileName: parameterOf(disposition, "filename") ?? null };
}

/** Browsers write quotes and line breaks inside a value as %22, %0D and %0A, and nothing else. */
function parameterOf(header: string, name: string): string | undefined {
  const [, value] = new RegExp(`;\\s*${name}="([^"]*)"`, "i").exec(header) ?? [];
  return value?.replace(/%(22|0D|0A)/gi, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function boundaryOf(contentType: string): string {
  const [, quoted, bare] =
    /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ??
    [];
  return quoted ?? bare ?? refuse("send files as multipart/form-data with a boundary");
}

function refuse(message: string): never {
  throw new LastpennyError("request_invalid", message);
}
