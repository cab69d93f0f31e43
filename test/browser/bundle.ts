import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

/** What a browser has to load, gzipped, in bytes. */
export interface BundleSizes {
  /** What the page starts with, and the texts of its longest language. */
  readonly initial: number;
  /** Style sheets of the start. */
  readonly styles: number;
  /** What each screen needs beyond the start, by its id. */
  readonly screens: Readonly<Record<string, number>>;
  /** What comes after that, by its source: tables, the explanation, the palette … */
  readonly later: Readonly<Record<string, number>>;
}

/** Goals in bytes, gzipped. */
export const bundleGoals = { initial: 220_000, screen: 60_000, styles: 60_000 } as const;

const built = fileURLToPath(new URL("../../dist/web", import.meta.url));

/**
 * Reads from the manifest of the built app how much each screen loads.
 *
 * @param folder of the built app
 */
export function bundleSizes(folder: string = process.env.LASTPENNY_APP ?? built): BundleSizes {
  const text = readFileSync(join(folder, ".vite", "manifest.json"), "utf8");
  const chunks = JSON.parse(text) as Readonly<Record<string, Chunk>>;
  const packed = (file: string) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  const size = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + packed(chunks[name]?.file ?? ""), 0);
  const withImports = (name: string, found = new Set<string>()): Set<string> => {
    if (!found.has(name)) {
      found.add(name);
      for (const one of chunks[name]?.imports ?? []) withImports(one, found);
    }
    return found;
  };
  const names = Object.keys(chunks);
  const start = withImports(names.find((name) => chunks[name]?.isEntry) ?? "");
  const beyond = (name: string) => size([...withImports(name)].filter((one) => !start.has(one)));
  const texts = ["app", "charts"].map((file) =>
    Math.max(...names.filter((name) => name.endsWith(`/${file}.json`)).map((name) => size([name]))),
  );
  const isScreen = (name: string) => /^features\/[^/]+\/screen\.tsx$/.test(name);
  const sized = (wanted: readonly string[], key: (name: string) => string) =>
    Object.fromEntries(wanted.map((name) => [key(name), beyond(name)]));
  const others = names.filter((name) => /\.tsx$/.test(name) && !isScreen(name));
  return {
    initial: size(start) + texts.reduce((sum, one) => sum + one, 0),
    styles: [...start]
      .flatMap((name) => chunks[name]?.css ?? [])
      .reduce((n, f) => n + packed(f), 0),
    screens: sized(names.filter(isScreen), (name) => name.split("/")[1] ?? name),
    later: sized(others, (name) => name),
  };
}
