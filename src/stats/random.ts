/**
 * A stream of evenly spread numbers from 0 to below 1: the same seed, the same stream (mulberry32).
 *
 * @param seed whole number of 32 bits
 */
export function uniformStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Up to here successes are drawn one by one, beyond from the normal distribution with the same mean and variance. */
const drawnSingly = 256;

/**
 * Draws how many of `trials` succeed.
 *
 * @param trials whole number of at least 0
 * @param chance 0 to 1
 * @param uniform where randomness comes from
 */
export function drawBinomial(trials: number, chance: number, uniform: () => number): number {
  if (chance >= 1) return trials;
  if (trials > drawnSingly) {
    const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
    const drawn = Math.round(trials * chance + normal * Math.sqrt(trials * chance * (1 - chance)));
    return Math.min(trials, Math.max(0, drawn));
  }
  let successes = 0;
  for (let trial = 0; trial < trials; trial++) if (uniform() < chance) successes += 1;
  return successes;
}
