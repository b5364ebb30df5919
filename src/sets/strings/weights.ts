import { Cache } from './cache.ts';
import type { CharSet } from './chars.ts';

/** What each character counts for: `low` to `high` (inclusive, ascending, together 0 to 10FFFF) count `weight`. */
export interface WeightBand {
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

/** Weights of characters, with the heaviest of each set remembered. */
export class Weights {
  private readonly bands: readonly WeightBand[];
  private readonly known = new Cache<number, number>(5_000);
  /** The weight of the heaviest character of all. */
  readonly most: number;

  constructor(bands: readonly WeightBand[]) {
    this.bands = bands;
    this.most = Math.max(...bands.map(({ weight }) => weight));
  }

  /** The weight of the heaviest member that is not a surrogate; -Infinity if there is none. */
  heaviest(set: CharSet): number {
    const known = this.known.get(set.id);
    if (known !== undefined) return known;
    let most = Number.NEGATIVE_INFINITY;
    for (const { low, high, weight } of this.bands) {
      if (weight > most && meets(set, low, high)) most = weight;
    }
    this.known.set(set.id, most);
    return most;
  }

  of(codePoint: number): number {
    return this.bands.find(({ low, high }) => low <= codePoint && codePoint <= high)?.weight ?? this.most;
  }
}

function meets(set: CharSet, low: number, high: number): boolean {
  for (let i = 0; i < set.ranges.length; i += 2) {
    if (set.ranges[i]! <= high && set.ranges[i + 1]! >= low) return true;
  }
  return false;
}

/** Every character counts one. */
export const CHARACTERS = new Weights([
  { low: 0, high: 0xd7ff, weight: 1 },
  { low: 0xe000, high: 0x10ffff, weight: 1 },
]);

/** UTF-8 bytes of a character inside a JSON string as `JSON.stringify` writes it. */
export const JSON_BYTES = new Weights([
  { low: 0x00, high: 0x07, weight: 6 }, // \u0000
  { low: 0x08, high: 0x0a, weight: 2 }, // \b \t \n
  { low: 0x0b, high: 0x0b, weight: 6 },
  { low: 0x0c, high: 0x0d, weight: 2 }, // \f \r
  { low: 0x0e, high: 0x1f, weight: 6 },
  { low: 0x20, high: 0x21, weight: 1 },
  { low: 0x22, high: 0x22, weight: 2 }, // \"
  { low: 0x23, high: 0x5b, weight: 1 },
  { low: 0x5c, high: 0x5c, weight: 2 }, // \\
  { low: 0x5d, high: 0x7f, weight: 1 },
  { low: 0x80, high: 0x7ff, weight: 2 },
  { low: 0x800, high: 0xd7ff, weight: 3 },
  { low: 0xe000, high: 0xffff, weight: 3 },
  { low: 0x10000, high: 0x10ffff, weight: 4 },
]);
