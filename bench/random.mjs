/** Random numbers that are the same in every run: mulberry32, by Tommy Ettinger (public domain algorithm). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  fraction() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer from 0 up to, not including, a limit. */
  below(limit) {
    return Math.floor(this.fraction() * limit);
  }

  between(low, high) {
    return low + this.fraction() * (high - low);
  }

  pick(items) {
    return items[this.below(items.length)];
  }

  text(alphabet, length) {
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('');
  }
}
