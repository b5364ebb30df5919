/**
 * A map that forgets: two generations of bounded size, the older one dropped when the younger is full.
 * Used for interning and memoisation only, where a lost entry costs work and never changes an answer.
 */
export class Cache<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: K): V | undefined {
    const found = this.young.get(key);
    if (found !== undefined) return found;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.young.size >= this.limit) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }
}

/** One number for an ordered pair of ids below 2^26. */
export function pairKey(a: number, b: number): number {
  return a * 0x4000000 + b;
}
