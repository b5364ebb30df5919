/** Random decisions, from a source of whole numbers: the same numbers make the same decisions. */
export class Dice {
  private readonly integer: (max: number) => number;

  /** `integer(max)` gives a number from 0 to `max`, both included; `max` is below 2^31. */
  constructor(integer: (max: number) => number) {
    this.integer = integer;
  }

  /** From 0 up to, not including, a limit. */
  below(limit: number): number {
    return limit <= 1 ? 0 : this.integer(Math.min(limit, 0x7fffffff) - 1);
  }

  /** In [0, 1). */
  unit(): number {
    return this.integer(0x3fffffff) / 0x40000000;
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** A copy in random order. */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy;
  }
}
