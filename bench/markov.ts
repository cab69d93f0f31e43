import { dataDriven } from "../src/models/attribution/data-driven.ts";
import { type MarkovOrder, markovRemovalEffects } from "../src/models/attribution/markov.ts";
import type { AggregatedPaths } from "../src/models/attribution/paths.ts";
import { aggregate, generatePaths } from "./path-data.ts";

const orders: readonly MarkovOrder[] = [1, 2, 3, 4];

/** Journeys of the generator per distinct path, and some more. */
const journeysPerPath = 3;

/**
 * Measures exact removal effects and the data-driven fit over 50 channels, from integer codes, against a plain dense solve
 * per channel, and prints how far the two are apart: of one million raw journeys, and of one million distinct paths of
 * nearly three million journeys. ChannelAttribution (R, Python) is not part of the run.
 *
 * @param options how many journeys, and how many paths
 */
export function run({ paths: count = 1_000_000 }: { readonly paths?: number } = {}): void {
  measure("journeys", generatePaths({ paths: count }));
  measure("distinct paths", aggregate(generatePaths({ paths: count * journeysPerPath }), count));
}

function measure(what: string, paths: AggregatedPaths): void {
  const text = (part: number) => part.toLocaleString("en");
  const sum = (counts: Float64Array) => counts.reduce((total, each) => total + each, 0);
  const converted = sum(paths.conversions);
  const journeys = converted + sum(paths.nulls);
  process.stdout.write(
    `  ${text(paths.starts.length - 1)} ${what} (${text(journeys)} journeys), ${text(paths.steps.length)} touches, ${text(converted)} conversions, ${paths.channels.length} channels\n`,
  );
  const plain = timed(() => plainEffects(paths));
  line("plain dense solves, order 1", plain, "");
  for (const order of orders) {
    // the fastest of three, since the first run also compiles
    const runs = [1, 2, 3].map(() => timed(() => markovRemovalEffects(paths, { order })));
    const [best = plain] = runs.toSorted((one, other) => one.seconds - other.seconds);
    const { effects, error } = runs[0]?.result ?? { effects: [], error: 0 };
    const apart = effects.map(({ conversions }, at) =>
      Math.abs(conversions - (plain.result[at] ?? 0)),
    );
    const proof =
      order === 1
        ? `largest difference from the plain solve ${Math.max(...apart).toExponential(1)}`
        : `error at most ${error.toExponential(1)}`;
    line(`order ${order}`, best, proof);
  }
  const fit = timed(() => dataDriven(paths));
  line("data-driven", fit, `penalty ${fit.result.ridge}, ${fit.result.note ?? "carried"}`);
  process.stdout.write(`  memory ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB\n`);
}

interface Timed<Result> {
  readonly seconds: number;
  readonly processors: number;
  readonly result: Result;
}

function line(
  name: string,
  { seconds, processors }: Omit<Timed<unknown>, "result">,
  proof: string,
) {
  process.stdout.write(
    `  ${name.padEnd(30)}${seconds.toFixed(3).padStart(8)} s (${processors.toFixed(3)} s of processors)  ${proof}\n`,
  );
}

function timed<Result>(work: () => Result): Timed<Result> {
  const before = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return {
    result,
    seconds: (performance.now() - start) / 1000,
    processors: (user + system) / 1e6,
  };
}

/** The textbook: transition probabilities in a table of rows, and for each channel a new elimination without it. */
function plainEffects({ channels, steps, starts, conversions, nulls }: AggregatedPaths): number[] {
  const size = channels.length + 1;
  const counts = Array.from({ length: size }, () => new Array<number>(size + 2).fill(0));
  const add = (from: number, to: number, journeys: number): void => {
    const row = counts[from];
    if (row) row[to] = (row[to] ?? 0) + journeys;
  };
  conversions.forEach((converted, path) => {
    const journeys = converted + (nulls[path] ?? 0);
    let state = 0;
    for (const channel of steps.subarray(starts[path], starts[path + 1])) {
      add(state, channel + 1, journeys);
      state = channel + 1;
    }
    add(state, size, converted);
    add(state, size + 1, journeys - converted);
  });
  const chances = counts.map((row) => {
    const all = row.reduce((sum, each) => sum + each, 0);
    return row.map((each) => each / (all || 1));
  });
  const whole = conversionChance(chances, -1);
  return channels.map((_, channel) => 1 - conversionChance(chances, channel + 1) / whole);
}

function conversionChance(chances: readonly (readonly number[])[], removed: number): number {
  const size = chances.length;
  const table = chances.map((row, state) =>
    Array.from({ length: size + 1 }, (_, at) => {
      const gone = state === removed || at === removed;
      const chance = gone ? 0 : (row[at] ?? 0);
      return at === size ? chance : (at === state ? 1 : 0) - chance;
    }),
  );
  for (let column = size - 1; column > 0; column--) {
    const lead = table[column] ?? [];
    for (let row = 0; row < column; row++) {
      const target = table[row] ?? [];
      const ratio = (target[column] ?? 0) / (lead[column] ?? 1);
      for (let at = 0; at <= size; at++) target[at] = (target[at] ?? 0) - ratio * (lead[at] ?? 0);
    }
  }
  return (table[0]?.[size] ?? 0) / (table[0]?.[0] ?? 1);
}
