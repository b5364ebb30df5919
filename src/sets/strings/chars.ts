import { Cache } from './cache.ts';

/**
 * A set of code points, interned: equal sets are usually one object.
 * Promises: `ranges` holds pairs `low, high`, both inclusive, ascending, never touching; inside 0 to 10FFFF.
 * Surrogates are members like any others; searches leave them out of the words they build.
 */
export interface CharSet {
  readonly id: number;
  readonly ranges: readonly number[];
  /** How many code points. */
  readonly size: number;
  /** Whether it has a member that is a Unicode scalar value, so that a JSON string can contain it. */
  readonly inhabited: boolean;
}

export const LAST = 0x10ffff;

const sets = new Cache<string, CharSet>(50_000);
let nextId = 0;

/** The set of the given ranges, in any order, overlapping or not. */
export function charSet(ranges: readonly number[]): CharSet {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    if (ranges[i]! <= ranges[i + 1]!) pairs.push([ranges[i]!, ranges[i + 1]!]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [low, high] of pairs) {
    const last = out.length - 1;
    if (last >= 0 && low <= out[last]! + 1) out[last] = Math.max(out[last]!, high);
    else out.push(low, high);
  }
  return intern(out);
}

function intern(ranges: number[]): CharSet {
  const key = ranges.join(',');
  const known = sets.get(key);
  if (known) return known;
  let size = 0;
  let inhabited = false;
  for (let i = 0; i < ranges.length; i += 2) {
    size += ranges[i + 1]! - ranges[i]! + 1;
    if (ranges[i]! < 0xd800 || ranges[i + 1]! > 0xdfff) inhabited = true;
  }
  const set: CharSet = { id: nextId++, ranges, size, inhabited };
  sets.set(key, set);
  return set;
}

export const NO_CHAR = charSet([]);
export const ANY_CHAR = charSet([0, LAST]);
export const WORD_CHARS = charSet([0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a]);
export const NON_WORD_CHARS = complementChars(WORD_CHARS);
/** What one UTF-16 code unit can be. */
export const BASIC = charSet([0, 0xffff]);
export const SURROGATES = charSet([0xd800, 0xdfff]);
/** White space of ECMA-262, `\s`. */
export const SPACES = charSet([
  0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f,
  0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff,
]);
export const LINE_TERMINATORS = charSet([0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029]);

/** The set of one code point. */
export function oneChar(codePoint: number): CharSet {
  return charSet([codePoint, codePoint]);
}

/** Everything that is not in the set. */
export function complementChars(set: CharSet): CharSet {
  const out: number[] = [];
  let from = 0;
  for (let i = 0; i < set.ranges.length; i += 2) {
    if (from < set.ranges[i]!) out.push(from, set.ranges[i]! - 1);
    from = set.ranges[i + 1]! + 1;
  }
  if (from <= LAST) out.push(from, LAST);
  return intern(out);
}

export function unionChars(a: CharSet, b: CharSet): CharSet {
  if (a === b || b.size === 0) return a;
  if (a.size === 0) return b;
  return charSet([...a.ranges, ...b.ranges]);
}

export function intersectChars(a: CharSet, b: CharSet): CharSet {
  if (a === b || a.size === 0 || b === ANY_CHAR) return a;
  if (b.size === 0 || a === ANY_CHAR) return b;
  const out: number[] = [];
  for (let i = 0, j = 0; i < a.ranges.length && j < b.ranges.length; ) {
    const low = Math.max(a.ranges[i]!, b.ranges[j]!);
    const high = Math.min(a.ranges[i + 1]!, b.ranges[j + 1]!);
    if (low <= high) out.push(low, high);
    if (a.ranges[i + 1]! < b.ranges[j + 1]!) i += 2;
    else j += 2;
  }
  return intern(out);
}

export function subtractChars(a: CharSet, b: CharSet): CharSet {
  return b.size === 0 ? a : intersectChars(a, complementChars(b));
}

export function includesChars(a: CharSet, b: CharSet): boolean {
  return a === b || (b.size <= a.size && intersectChars(a, b).size === b.size);
}

export function hasChar(set: CharSet, codePoint: number): boolean {
  let low = 0;
  let high = set.ranges.length / 2;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (set.ranges[2 * mid + 1]! < codePoint) low = mid + 1;
    else high = mid;
  }
  return 2 * low < set.ranges.length && set.ranges[2 * low]! <= codePoint;
}

/** The members, ascending; at most `limit` of them. */
export function charsOf(set: CharSet, limit: number): number[] {
  const out: number[] = [];
  for (let i = 0; i < set.ranges.length; i += 2) {
    for (let c = set.ranges[i]!; c <= set.ranges[i + 1]! && out.length < limit; c++) out.push(c);
  }
  return out;
}
