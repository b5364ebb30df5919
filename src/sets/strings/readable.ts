/**
 * Which characters people write, best first: a witness takes the best one it can, and never a control
 * character where a letter would do. Effort is what one character of the band costs a readable word.
 */
interface Band {
  readonly low: number;
  readonly high: number;
  readonly effort: number;
}

const PLAIN = 10;

const BANDS: readonly Band[] = [
  { low: 0x61, high: 0x7a, effort: PLAIN }, // a-z
  { low: 0x41, high: 0x5a, effort: PLAIN }, // A-Z
  { low: 0x30, high: 0x39, effort: PLAIN }, // 0-9
  { low: 0x2d, high: 0x2f, effort: PLAIN + 1 }, // - . /
  { low: 0x5f, high: 0x5f, effort: PLAIN + 1 }, // _
  { low: 0x3a, high: 0x40, effort: PLAIN + 2 }, // : ; < = > ? @
  { low: 0x23, high: 0x2c, effort: PLAIN + 2 }, // # to ,
  { low: 0x21, high: 0x21, effort: PLAIN + 2 }, // !
  { low: 0x5b, high: 0x5b, effort: PLAIN + 2 }, // [
  { low: 0x5d, high: 0x5e, effort: PLAIN + 2 }, // ] ^
  { low: 0x60, high: 0x60, effort: PLAIN + 2 }, // `
  { low: 0x7b, high: 0x7e, effort: PLAIN + 2 }, // { | } ~
  { low: 0x20, high: 0x20, effort: PLAIN + 3 }, // space
  { low: 0x22, high: 0x22, effort: PLAIN + 4 }, // "
  { low: 0x5c, high: 0x5c, effort: PLAIN + 4 }, // \
  { low: 0xc0, high: 0x24f, effort: PLAIN + 5 }, // accented Latin
  { low: 0x386, high: 0x482, effort: PLAIN + 6 }, // Greek, Cyrillic
  { low: 0x3041, high: 0x3096, effort: PLAIN + 6 }, // Hiragana
  { low: 0x4e00, high: 0x9fff, effort: PLAIN + 6 }, // Han
  { low: 0xac00, high: 0xd7a3, effort: PLAIN + 6 }, // Hangul
  { low: 0x1f600, high: 0x1f64f, effort: PLAIN + 6 }, // faces
  { low: 0xa1, high: 0xd7ff, effort: PLAIN + 20 },
  { low: 0xf900, high: 0xfdcf, effort: PLAIN + 20 },
  { low: 0xfdf0, high: 0xfffd, effort: PLAIN + 20 },
  { low: 0x10000, high: 0xdffff, effort: PLAIN + 30 },
  { low: 0x09, high: 0x0a, effort: PLAIN + 40 }, // tab, line feed
  { low: 0x0d, high: 0x0d, effort: PLAIN + 40 },
  { low: 0xa0, high: 0xa0, effort: PLAIN + 40 },
  { low: 0xe000, high: 0xf8ff, effort: PLAIN + 60 },
  { low: 0xfdd0, high: 0xfdef, effort: PLAIN + 60 },
  { low: 0xfffe, high: 0xffff, effort: PLAIN + 60 },
  { low: 0xe0000, high: 0x10ffff, effort: PLAIN + 60 },
  { low: 0x00, high: 0x1f, effort: PLAIN + 100 },
  { low: 0x7f, high: 0xa0, effort: PLAIN + 100 },
];

/** The least effort that any character costs. */
export const LEAST_EFFORT = PLAIN;

export interface Readable {
  /** The best code point, or -1 when there are only surrogates. */
  readonly codePoint: number;
  readonly effort: number;
}

/** The most readable code point among some ranges (`low, high` pairs, ascending), surrogates left out. */
export function mostReadable(ranges: readonly number[]): Readable {
  for (const band of BANDS) {
    const found = firstIn(ranges, band.low, band.high);
    if (found >= 0) return { codePoint: found, effort: band.effort };
  }
  return { codePoint: -1, effort: Number.POSITIVE_INFINITY };
}

function firstIn(ranges: readonly number[], low: number, high: number): number {
  let from = 0;
  let to = ranges.length / 2;
  while (from < to) {
    const mid = (from + to) >> 1;
    if (ranges[2 * mid + 1]! < low) from = mid + 1;
    else to = mid;
  }
  if (2 * from >= ranges.length) return -1;
  const candidate = Math.max(ranges[2 * from]!, low);
  return candidate <= high ? candidate : -1;
}
