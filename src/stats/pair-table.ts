/** Numbers pairs of whole numbers from 0 in the order in which they are first seen (open addressing, linear probing). */
export class PairTable {
  /** The pairs by number; only the first `size` are meant. */
  firsts = new Int32Array(1 << 10);
  seconds = new Int32Array(1 << 10);
  size = 0;
  #slots = new Int32Array(1 << 11).fill(-1);

  /**
   * Returns the number of a pair, a new one when it was never seen.
   *
   * @param first whole number of 32 bits
   * @param second whole number of 32 bits
   */
  numberOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(first, second) & mask;
    for (;;) {
      const number = this.#slots[slot] as number;
      if (number < 0) return this.#add(slot, first, second);
      if (this.firsts[number] === first && this.seconds[number] === second) return number;
      slot = (slot + 1) & mask;
    }
  }

  #add(slot: number, first: number, second: number): number {
    const number = this.size;
    this.#slots[slot] = number;
    this.firsts[number] = first;
    this.seconds[number] = second;
    this.size += 1;
    if (this.size === this.firsts.length) this.#grow();
    return number;
  }

  #grow(): void {
    this.firsts = doubled(this.firsts);
    this.seconds = doubled(this.seconds);
    const mask = this.#slots.length * 2 - 1;
    this.#slots = new Int32Array(mask + 1).fill(-1);
    for (let number = 0; number < this.size; number++) {
      let slot = hash(this.firsts[number] as number, this.seconds[number] as number) & mask;
      while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = number;
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
