/** A path with how many conversions came by it. */
export interface CountedPath {
  readonly path: string;
  readonly conversions: string;
}

/** A step from one place of a path to the next, with the paths that take it. */
export interface JourneyFlow {
  /** Steps before the conversion, and channel; 0 is the conversion. */
  readonly from: string;
  readonly to: string;
  readonly count: bigint;
  readonly paths: readonly string[];
}

/** Channel that stands for all that have no place of their own. */
export const otherChannel = "*";

const separator = " > ";
const mostSteps = 3;
const mostChannels = 5;
const mostFlows = 30;

/**
 * Returns the channels of a path, each run of the same as one.
 *
 * @param path channels separated by " > "
 */
export function distinctSteps(path: string): readonly string[] {
  const steps = path.split(separator);
  return steps.filter((step, index) => step !== steps[index - 1]);
}

/**
 * Shortens a path to be read: a run of the same channel is written once, with its length.
 *
 * @param path channels separated by " > "
 */
export function shortPath(path: string): string {
  const runs: { name: string; count: number }[] = [];
  for (const name of path.split(separator)) {
    const last = runs.at(-1);
    if (last?.name === name) last.count += 1;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => (count > 1 ? `${name} ×${count}` : name)).join(separator);
}

/**
 * Makes flows of paths: the last different channels before each conversion, the smaller channels together.
 *
 * @param paths with their conversions
 * @param steps channels before the conversion, at most three
 * @returns the largest flows, and how many are too small to be drawn
 */
export function journeyFlows(
  paths: readonly CountedPath[],
  steps = mostSteps,
): { readonly flows: readonly JourneyFlow[]; readonly hidden: number } {
  const all = allFlows(paths, steps);
  return { flows: all.slice(0, mostFlows), hidden: Math.max(0, all.length - mostFlows) };
}

/**
 * Returns the paths of one flow.
 *
 * @param paths with their conversions
 * @param from step, as the flow names it
 * @param to step, as the flow names it
 */
export function pathsOfFlow(
  paths: readonly CountedPath[],
  from: string,
  to: string,
): readonly string[] {
  const flow = allFlows(paths, mostSteps).find((one) => one.from === from && one.to === to);
  return flow?.paths ?? [];
}

function allFlows(paths: readonly CountedPath[], mostShown: number): readonly JourneyFlow[] {
  const converting = paths.filter(({ conversions }) => BigInt(conversions) > 0n);
  const kept = largestChannels(converting);
  const found = new Map<string, { from: string; to: string; count: bigint; paths: string[] }>();
  for (const { path, conversions } of converting) {
    const named = distinctSteps(path).map((step) => (kept.has(step) ? step : otherChannel));
    const steps = named.filter((step, index) => step !== named[index - 1]).slice(-mostShown);
    const nodes = [...steps.map((step, index) => `${steps.length - index}:${step}`), "0:"];
    for (const [index, from] of nodes.slice(0, -1).entries()) {
      const to = nodes[index + 1] ?? "0:";
      const key = JSON.stringify([from, to]);
      const flow = found.get(key) ?? { from, to, count: 0n, paths: [] };
      flow.count += BigInt(conversions);
      flow.paths.push(path);
      found.set(key, flow);
    }
  }
  return [...found.values()].sort((a, b) => Number(b.count - a.count));
}

function largestChannels(paths: readonly CountedPath[]): ReadonlySet<string> {
  const counts = new Map<string, bigint>();
  for (const { path, conversions } of paths) {
    for (const step of new Set(distinctSteps(path).slice(-mostSteps))) {
      counts.set(step, (counts.get(step) ?? 0n) + BigInt(conversions));
    }
  }
  const sorted = [...counts].sort(([, a], [, b]) => Number(b - a));
  // One channel more needs no more room than a place for the others.
  const most = sorted.length === mostChannels + 1 ? mostChannels + 1 : mostChannels;
  return new Set(sorted.slice(0, most).map(([channel]) => channel));
}
