import { hasValue, type NumberSet } from './number-set.ts';
import { listRange, multiples, type Range } from './range.ts';
import {
  ceil,
  compare,
  divide,
  floor,
  multiply,
  parseRational,
  type Rational,
  rational,
  toNumber,
} from './rational.ts';

/** A bound that always holds, and whether it is attained. */
export interface Bounded {
  readonly value: number;
  readonly exact: boolean;
}

/** Candidates tried per range before the search for a double is given up. */
const TRIED = 2_000;
/** Longer ranges are not gone through for a count. */
const LISTED = 20_000;
/** No double's shortest text is longer: -0.0000012345678901234567 is as long. */
const WIDEST = 25;

/**
 * Different members that are doubles (and read back as themselves), at most `limit`: 0 and small integers first,
 * then other integers, then short decimals. Ends early when no more were found, which proves nothing for ranges
 * of decimals; {@link countNumbers} says how many there are.
 */
export function* numbersOf(set: NumberSet, limit: number): Generator<number> {
  const given = new Set<number>();
  for (const candidate of candidates(set)) {
    if (given.size >= limit) return;
    const value = toNumber(candidate);
    if (value === undefined || given.has(value) || !hasValue(set, candidate)) continue;
    given.add(value);
    yield value;
  }
}

/** A small and short member; undefined if none that is a double was found. */
export function readableNumber(set: NumberSet): number | undefined {
  let odd: number | undefined;
  for (const value of numbersOf(set, 20)) {
    if (floatsAgree(set, value)) return value;
    odd ??= value;
  }
  return odd;
}

/** Whether validators that divide doubles see the same multiples: 0.3 is one of 0.1 by decimals, not by floats. */
function floatsAgree(set: NumberSet, value: number): boolean {
  return set.ranges.every(({ step, not }) =>
    [...(step ? [step] : []), ...not].every((by) => {
      const exact = parseRational(value)!;
      const double = toNumber(by);
      return double === undefined || Number.isInteger(value / double) === (divide(exact, by).d === 1n);
    }),
  );
}

/**
 * How many members there are, or Infinity. Undefined where ranges overlap, and for a finite one that is too long to
 * look through.
 */
export function countNumbers(set: NumberSet): number | undefined {
  let count: number | undefined = set.points.length;
  for (const range of set.ranges) {
    const { first, last } = multiples(range);
    if (!range.step || first === undefined || last === undefined) return Number.POSITIVE_INFINITY;
    const all = Number(last - first + 1n);
    if (count === undefined) continue;
    if (range.not.length === 0) count += all - range.except.length;
    else if (all > LISTED) count = undefined;
    else for (const _ of listRange(range, all)) count++;
  }
  return apart(set.ranges) ? count : undefined;
}

/** Whether each range ends before another begins. */
function apart(ranges: readonly Range[]): boolean {
  const ordered = ranges.filter(({ low }) => low).sort((a, b) => compare(a.low!.value, b.low!.value));
  return ordered.every((range, i) => i === 0 || compare(ordered[i - 1]!.high!.value, range.low!.value) < 0);
}

function* candidates(set: NumberSet): Generator<Rational> {
  for (let k = 0n; k <= 10n; k++) yield rational(k);
  yield* set.points.filter(({ d }) => d === 1n);
  for (const range of set.ranges) yield* some(inIntegers(range), 200);
  yield* set.points;
  for (const range of set.ranges) if (range.step) yield* some(listRange(range, TRIED), TRIED);
  for (const range of set.ranges) if (!range.step) yield* some(decimals(range), TRIED);
}

function* some<T>(all: Iterable<T>, limit: number): Generator<T> {
  let given = 0;
  for (const one of all) {
    if (given++ >= limit) return;
    yield one;
  }
}

/** Whole members, from the end next to zero. */
function inIntegers(range: Range): Generator<Rational> {
  const one = rational(1n);
  if (!range.step) return listRange({ ...range, step: one }, 200);
  const whole = rational(range.step.n);
  return listRange({ ...range, step: whole }, 200);
}

/** Decimals between the ends, of more and more places; then of more and more digits next to the ends. */
function* decimals({ low, high }: Range): Generator<Rational> {
  for (let places = 1n; places <= 6n; places++) {
    yield* some(onGrid(low?.value, high?.value, rational(1n, 10n ** places)), 60);
  }
  for (const end of [low, high]) {
    if (!end) continue;
    const magnitude = magnitudeOf(end.value);
    for (let digits = 0; digits <= 17; digits++) {
      const grid = powerOfTen(magnitude - digits);
      const at = floor(divide(end.value, grid));
      for (const k of [1n, 2n, 0n, -1n]) yield multiply(grid, rational(at + k));
    }
  }
}

/** The power of ten of the first digit; 0 for zero. */
function magnitudeOf({ n, d }: Rational): number {
  if (n === 0n) return 0;
  return String(n < 0n ? -n : n).length - String(d).length;
}

function powerOfTen(exponent: number): Rational {
  return exponent >= 0 ? rational(10n ** BigInt(exponent)) : rational(1n, 10n ** BigInt(-exponent));
}

function* onGrid(low: Rational | undefined, high: Rational | undefined, grid: Rational): Generator<Rational> {
  const from = low ? floor(divide(low, grid)) : high ? floor(divide(high, grid)) - 30n : 0n;
  for (let k = from; ; k++) {
    const value = multiply(grid, rational(k));
    if (high && compare(value, high) > 0) return;
    yield value;
  }
}

/**
 * The longest text of a member, in characters, as `JSON.stringify` writes its double. Other writers may pad a number
 * with as many digits as they like: those are not counted.
 */
export function maxNumberWidth(set: NumberSet): Bounded {
  let value = 0;
  let exact = true;
  for (const point of set.points) {
    const double = toNumber(point);
    value = Math.max(value, double === undefined ? WIDEST : JSON.stringify(double).length);
    exact &&= double !== undefined;
  }
  for (const range of set.ranges) {
    const width = rangeWidth(range);
    value = Math.max(value, width.value);
    exact &&= width.exact;
  }
  return { value, exact };
}

function rangeWidth({ low, high, step, not, except }: Range): Bounded {
  const whole = step?.d === 1n;
  if (!low || !high || !whole) return { value: decimalWidth(low?.value, high?.value, step), exact: false };
  const ends = [low.value, high.value].map(toNumber);
  if (ends.some((end) => end === undefined || Math.abs(end) >= 1e21)) return { value: WIDEST, exact: false };
  const value = Math.max(...ends.map((end) => JSON.stringify(end).length));
  return { value, exact: not.length === 0 && except.length === 0 };
}

/** Places after the point come from the step, those before it from the ends. */
function decimalWidth(
  low: Rational | undefined,
  high: Rational | undefined,
  step: Rational | undefined,
): number {
  if (!low || !high || !step || 10n ** 15n % step.d !== 0n) return WIDEST;
  let places = 0;
  while (10n ** BigInt(places) % step.d !== 0n) places++;
  const wholes = [floor(low), ceil(high)].map((end) => String(end).length);
  const sign = low.n < 0n && high.n >= 0n ? 1 : 0;
  // Small doubles are written with exponents (1e-7), never longer than their digits.
  return Math.min(WIDEST, Math.max(...wholes) + sign + (places > 0 ? places + 1 : 0));
}

/** The least number of characters a member needs; exact up to three, a lower bound beyond. */
export function minNumberWidth(set: NumberSet): Bounded {
  for (let width = 1; width <= 3; width++) {
    for (const text of textsOf(width)) {
      const value = parseRational(text);
      if (value && hasValue(set, value)) return { value: width, exact: true };
    }
  }
  return { value: 4, exact: false };
}

function* textsOf(width: number): Generator<string> {
  if (width === 1) for (let k = 0; k < 10; k++) yield String(k);
  if (width === 2) for (let k = -9; k < 100; k++) yield String(k);
  if (width !== 3) return;
  for (let k = -99; k < 1000; k++) yield String(k);
  for (let whole = 0; whole < 10; whole++) for (let tenth = 1; tenth < 10; tenth++) yield `${whole}.${tenth}`;
}
