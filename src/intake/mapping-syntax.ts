/** A term of a mapping file: a column, a constant, or a function of terms. */
export type Term =
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly terms: readonly Term[];
      /** Given as name=term. */
      readonly options: readonly (readonly [string, Term])[];
      /** Given as 'text'=term: the lines of a table. */
      readonly entries: readonly (readonly [string, Term])[];
    };

const bareColumn = /^[^\s(),='"][^(),='"]*$/;
const reserved = /^(true|false|null|[-+]?\d+(\.\d+)?(e[-+]?\d+)?)$/i;

/**
 * Writes a term: `money(Close value)`, `'EUR'`, `"Amount (EUR)"`. Columns are bare or in double quotes, constant texts in
 * single quotes.
 *
 * @param term the term
 */
export function writeTerm(term: Term): string {
  if (term.kind === "column") {
    const isBare =
      bareColumn.test(term.name) && term.name === term.name.trim() && !reserved.test(term.name);
    return isBare && !/[\r\n\t]/.test(term.name) ? term.name : JSON.stringify(term.name);
  }
  if (term.kind === "constant") {
    return typeof term.value === "string" ? quoted(term.value) : String(term.value);
  }
  const parts = [
    ...term.terms.map(writeTerm),
    ...term.entries.map(([key, value]) => `${quoted(key)}=${writeTerm(value)}`),
    ...term.options.map(([name, value]) => `${name}=${writeTerm(value)}`),
  ];
  return `${term.name}(${parts.join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

const tokens =
  /\s*(?:'((?:[^']|'')*)'|("(?:[^"\\]|\\[\s\S])*")|([(),=])|([^\s(),='"](?:[^(),='"]*[^\s(),='"])?))/y;

interface Token {
  readonly kind: "text" | "column" | "mark" | "bare" | "end";
  readonly value: string;
  readonly at: number;
}

function tokensOf(text: string): readonly Token[] {
  const found: Token[] = [];
  const pattern = new RegExp(tokens);
  let at = 0;
  while (at < text.trimEnd().length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match)
      throw new SyntaxError(`cannot read ${text.slice(at, at + 20)} at position ${at + 1}`);
    found.push(tokenOf(match, at));
    at = pattern.lastIndex;
  }
  found.push({ kind: "end", value: "the end", at: text.length });
  return found;
}

function tokenOf(match: RegExpExecArray, at: number): Token {
  const [, text, column, mark, bare] = match;
  if (text !== undefined) return { kind: "text", value: text.replaceAll("''", "'"), at };
  if (column !== undefined) return { kind: "column", value: String(JSON.parse(column)), at };
  return mark === undefined
    ? { kind: "bare", value: bare ?? "", at }
    : { kind: "mark", value: mark, at };
}

/**
 * Parses a term.
 *
 * @param text as in a mapping file
 * @throws SyntaxError with the position of the first thing that cannot be read
 */
export function parseTerm(text: string): Term {
  const all = tokensOf(text);
  const [term, next] = termAt(all, 0);
  expectMark(all, next, null);
  return term;
}

type Step = readonly [Term, number];

function at(all: readonly Token[], index: number): Token {
  return all[index] ?? { kind: "end", value: "the end", at: 0 };
}

function expectMark(all: readonly Token[], index: number, mark: string | null): void {
  const token = at(all, index);
  const fits = mark === null ? token.kind === "end" : token.kind === "mark" && token.value === mark;
  if (!fits)
    throw new SyntaxError(
      `expected ${mark ?? "the end"} before ${token.value} at position ${token.at + 1}`,
    );
}

function isMark(token: Token, mark: string): boolean {
  return token.kind === "mark" && token.value === mark;
}

function termAt(all: readonly Token[], index: number): Step {
  const token = at(all, index);
  if (token.kind === "text") return [{ kind: "constant", value: token.value }, index + 1];
  if (token.kind === "column") return [{ kind: "column", name: token.value }, index + 1];
  if (token.kind !== "bare") {
    throw new SyntaxError(
      `expected a column, a text in quotes or a function instead of ${token.value} at position ${token.at + 1}`,
    );
  }
  if (isMark(at(all, index + 1), "(")) return callAt(all, index);
  return [bareTerm(token.value), index + 1];
}

function bareTerm(text: string): Term {
  if (!reserved.test(text)) return { kind: "column", name: text };
  const word = text.toLowerCase();
  if (word === "null") return { kind: "constant", value: null };
  if (word === "true" || word === "false") return { kind: "constant", value: word === "true" };
  return { kind: "constant", value: Number(text) };
}

function callAt(all: readonly Token[], start: number): Step {
  const terms: Term[] = [];
  const options: [string, Term][] = [];
  const entries: [string, Term][] = [];
  let index = start + 2;
  while (!isMark(at(all, index), ")")) {
    if (index > start + 2) {
      expectMark(all, index, ",");
      index += 1;
    }
    const key = at(all, index);
    const isNamed = (key.kind === "bare" || key.kind === "text") && isMark(at(all, index + 1), "=");
    const [term, next] = termAt(all, isNamed ? index + 2 : index);
    if (!isNamed) terms.push(term);
    else (key.kind === "bare" ? options : entries).push([key.value, term]);
    index = next;
  }
  return [{ kind: "call", name: at(all, start).value, terms, options, entries }, index + 1];
}
