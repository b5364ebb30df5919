import * as fc from 'fast-check';

/**
 * Decisions taken from a list of numbers, first come first served; when the list is used up every answer is 0, the
 * simplest. A shorter list of smaller numbers so makes a simpler case: that is how fast-check shrinks it.
 */
export class Draws {
  private readonly numbers: readonly number[];
  private at = 0;

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  /** From 0 up to, not including, a limit. */
  below(limit: number): number {
    return (this.numbers[this.at++] ?? 0) % limit;
  }

  /** True once in so many times; false when the numbers are used up. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** Between two and so many items, or fewer. */
  list<T>(least: number, most: number, item: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, item);
  }
}

/** Whatever a function makes of random decisions. */
export function drawn<T>(make: (draws: Draws) => T, decisions = 200): fc.Arbitrary<T> {
  const number = fc.noBias(fc.nat({ max: 0xffff }));
  const list = fc.array(number, { minLength: decisions / 2, maxLength: decisions, size: 'max' });
  return list.map((numbers) => make(new Draws(numbers)));
}
