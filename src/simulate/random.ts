/** A stream of numbers in [0, 1). */
export type Random = () => number;

/**
 * Returns a stream that depends only on its keys, so that an entity's content does not depend on the order in which
 * entities are made (sfc32 by C. Doty-Humphrey, seeded by FNV-1a with murmur3 finalisation).
 *
 * @param seed the run's seed
 * @param keys what the stream is for, such as "person" and an index
 */
export function randomStream(seed: number, ...keys: readonly (string | number)[]): Random {
  let hash = (2166136261 ^ seed) >>> 0;
  for (const key of keys) {
    const text = String(key);
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
    }
    hash = Math.imul(hash ^ 0x7c, 16777619);
  }
  let a = scramble(hash);
  let b = scramble(a ^ 0x9e3779b9);
  let c = scramble(b ^ seed);
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
}

function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * Returns a whole number in [low, high].
 *
 * @param low smallest value
 * @param high largest value
 */
export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/**
 * Returns an exponentially distributed number.
 *
 * @param mean the mean
 */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/**
 * Returns a Poisson distributed count (Knuth's product method, for small means).
 *
 * @param mean the mean
 */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  while (product > limit) {
    product *= random();
    count += 1;
  }
  return count;
}

/**
 * Returns one of the values, each as likely as the others.
 *
 * @param values what to choose from; not empty
 * @throws Error when there is nothing to choose from
 */
export function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("nothing to choose from");
  return value;
}

/**
 * Returns one of the values with the odds of its weight.
 *
 * @param values what to choose from; not empty
 * @param weight relative odds of a value
 * @throws Error when there is nothing to choose from
 */
export function pickWeighted<Value>(
  random: Random,
  values: readonly Value[],
  weight: (value: Value) => number,
): Value {
  let total = 0;
  for (const value of values) total += weight(value);
  let rest = random() * total;
  for (const value of values) {
    rest -= weight(value);
    if (rest < 0) return value;
  }
  return pick(random, values);
}

/**
 * Returns text of hexadecimal digits.
 *
 * @param length number of digits
 */
export function hex(random: Random, length: number): string {
  let text = "";
  while (text.length < length) {
    text += Math.floor(random() * 4294967296)
      .toString(16)
      .padStart(8, "0");
  }
  return text.slice(0, length);
}
