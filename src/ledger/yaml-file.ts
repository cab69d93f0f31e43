import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { type ErrorCode, LastpennyError } from "../errors.ts";

/**
 * Parses a YAML text by a schema; every complaint names file, line and field.
 *
 * @param schema what the text has to be
 * @param text the YAML; empty text is an empty object
 * @param file name for messages
 * @param code error code to raise
 * @throws LastpennyError with the given code, listing every problem
 */
export function parseYaml<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
  code: ErrorCode,
): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new LastpennyError(code, `${file}, line ${line}: ${broken.message}`, {
      file,
      line: String(line),
    });
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const line = lineOf(document, lines, issue.path);
    const field = issue.path.join(".") || "(whole file)";
    return { line, text: `${file}, line ${line}: ${field}: ${issue.message}`, field };
  });
  const first = problems[0];
  throw new LastpennyError(code, problems.map((problem) => problem.text).join("\n"), {
    file,
    line: String(first?.line ?? 1),
    field: first?.field ?? "",
  });
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (typeof node === "object" && node !== null && "range" in node) {
      const range = node.range;
      if (Array.isArray(range) && typeof range[0] === "number") return lines.linePos(range[0]).line;
    }
  }
  return 1;
}
