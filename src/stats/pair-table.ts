/** Numbers pairs of whole numbers from 0 in the order in which they are first seen (open addressing, linear probing). */
export class PairTable {
  /** The pairs by number; only the first `size` are meant. */
  firsts = new Int32Array(1 << 10);
  seconds = new Int32Array(1 << 10);
  size = 0;
  /** Four cells per slot, so that a look-up stays in one line of the cache: the pair, its number from 1, nothing. */
  #slots = new Int32Array(4 << 11);

  /**
   * Returns the number of a pair, a new one when it was never seen.
   *
   * @param first whole number of 32 bits
   * @param second whole number of 32 bits
   */
  numberOf(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = (hash(first, second) << 2) & mask;
    for (;;) {
      const number = slots[at + 2] as number;
      if (number === 0) return this.#add(at, first, second);
      if (slots[at] === first && slots[at + 1] === second) return number - 1;
      at = (at + 4) & mask;
    }
  }

  #add(at: number, first: number, second: number): number {
    const number = this.size;
    if (number === this.firsts.length) {
      this.firsts = doubled(this.firsts);
      this.seconds = doubled(this.seconds);
    }
    this.firsts[number] = first;
    this.seconds[number] = second;
    this.#fill(at, number);
    this.size += 1;
    if (this.size * 6 > this.#slots.length) this.#grow();
    return number;
  }

  #fill(at: number, number: number): void {
    this.#slots[at] = this.firsts[number] as number;
    this.#slots[at + 1] = this.seconds[number] as number;
    this.#slots[at + 2] = number + 1;
  }

  #grow(): void {
    const mask = this.#slots.length * 4 - 1;
    this.#slots = new Int32Array(mask + 1);
    for (let number = 0; number < this.size; number++) {
      let at = (hash(this.firsts[number] as number, this.seconds[number] as number) << 2) & mask;
      while (this.#slots[at + 2] !== 0) at = (at + 4) & mask;
      this.#fill(at, number);
    }
  }
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(numbers.length * 2);
  longer.set(numbers);
  return longer;
}

/** The last step of MurmurHash3 over both numbers. */
function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
