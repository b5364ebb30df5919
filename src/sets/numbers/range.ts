import {
  ceil,
  compare,
  divide,
  equal,
  floor,
  isMultiple,
  leastCommonMultiple,
  multiply,
  type Rational,
  rational,
  text,
} from './rational.ts';

/** An end of a range. */
export interface End {
  readonly value: Rational;
  /** Whether the value itself is left out. */
  readonly open: boolean;
}

/**
 * The numbers between two ends (none: unbounded) that are multiples of `step` (if given), of none of `not`, and
 * none of `except`. Steps are positive; `not` and `except` ascend without repeats.
 */
export interface Range {
  readonly low?: End;
  readonly high?: End;
  readonly step?: Rational;
  readonly not: readonly Rational[];
  readonly except: readonly Rational[];
}

/** Whether every number between the ends is in it. */
export function isPlain({ step, not, except }: Range): boolean {
  return !step && not.length === 0 && except.length === 0;
}

export const EVERYTHING: Range = { not: [], except: [] };

/** Finite progressions up to this size become lists of points. */
const LISTED = 64;
/** How many multiples are looked through for one that is left. */
const SEARCHED = 20_000n;

export function inRange({ low, high, step, not, except }: Range, value: Rational): boolean {
  return (
    withinEnds(low, high, value) &&
    (!step || isMultiple(value, step)) &&
    !not.some((other) => isMultiple(value, other)) &&
    !hasSorted(except, value)
  );
}

function withinEnds(low: End | undefined, high: End | undefined, value: Rational): boolean {
  if (low) {
    const side = compare(value, low.value);
    if (side < 0 || (side === 0 && low.open)) return false;
  }
  if (high) {
    const side = compare(value, high.value);
    if (side > 0 || (side === 0 && high.open)) return false;
  }
  return true;
}

/** Whether an ascending list has the value. */
export function hasSorted(list: readonly Rational[], value: Rational): boolean {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const mid = (from + to) >> 1;
    const side = compare(list[mid]!, value);
    if (side === 0) return true;
    if (side < 0) from = mid + 1;
    else to = mid;
  }
  return false;
}

/** Ascending, without repeats. */
export function sorted(values: readonly Rational[]): Rational[] {
  return [...values].sort(compare).filter((value, i, all) => i === 0 || !equal(value, all[i - 1]!));
}

export function intersectRanges(a: Range, b: Range): Range {
  const low = higher(a.low, b.low);
  const high = lower(a.high, b.high);
  const step = a.step && b.step ? leastCommonMultiple(a.step, b.step) : (a.step ?? b.step);
  return {
    ...(low && { low }),
    ...(high && { high }),
    ...(step && { step }),
    not: sorted([...a.not, ...b.not]),
    except: sorted([...a.except, ...b.except]),
  };
}

function higher(a: End | undefined, b: End | undefined): End | undefined {
  if (!a || !b) return a ?? b;
  const side = compare(a.value, b.value);
  return side === 0 ? { value: a.value, open: a.open || b.open } : side > 0 ? a : b;
}

function lower(a: End | undefined, b: End | undefined): End | undefined {
  if (!a || !b) return a ?? b;
  const side = compare(a.value, b.value);
  return side === 0 ? { value: a.value, open: a.open || b.open } : side < 0 ? a : b;
}

/** The simplest form of a range: a list of points if it is finite and small, undefined points otherwise. */
export function simplify(range: Range): { points: readonly Rational[] } | { range: Range } {
  const { low, high, step } = range;
  if (low && high) {
    const side = compare(low.value, high.value);
    if (side > 0 || (side === 0 && (low.open || high.open))) return { points: [] };
    if (side === 0) return { points: inRange(range, low.value) ? [low.value] : [] };
  }
  const tidy = tidyExclusions(range);
  if (!step) return { range: tidy };
  // Every multiple of the step is one of these too: nothing is left.
  if (tidy.not.some((other) => isMultiple(step, other))) return { points: [] };
  const span = multiples(tidy);
  if (span.first === undefined || span.last === undefined) return { range: snap(tidy, step, span) };
  const count = span.last - span.first + 1n;
  if (count <= 0n) return { points: [] };
  if (count <= LISTED) return { points: [...listRange(tidy, Number(count))] };
  if (count <= SEARCHED && listRange(tidy, 1).next().done) return { points: [] };
  return { range: snap(tidy, step, span) };
}

/** Drops exclusions that exclude nothing. */
function tidyExclusions(range: Range): Range {
  const { step, low, high } = range;
  const not = range.not
    .map((other) => (step ? leastCommonMultiple(step, other) : other))
    .filter(
      (other, i, all) => !all.some((rival, j) => isMultiple(other, rival) && (i > j || !equal(other, rival))),
    );
  const bare = { ...range, not: sorted(not), except: [] };
  const except = range.except.filter((value) => withinEnds(low, high, value) && inRange(bare, value));
  return { ...bare, except };
}

/** Moves the ends onto the first and last multiple, so that equal sets look alike. */
function snap(range: Range, step: Rational, { first, last }: Span): Range {
  return {
    ...range,
    ...(first !== undefined && { low: { value: multiply(step, rational(first)), open: false } }),
    ...(last !== undefined && { high: { value: multiply(step, rational(last)), open: false } }),
  };
}

interface Span {
  readonly first: bigint | undefined;
  readonly last: bigint | undefined;
}

/** The factors k for which k · step lies between the ends; undefined where they go on forever. */
export function multiples({ low, high, step }: Range): Span {
  if (!step) return { first: undefined, last: undefined };
  let first: bigint | undefined;
  let last: bigint | undefined;
  if (low) {
    const quotient = divide(low.value, step);
    first = ceil(quotient);
    if (low.open && quotient.d === 1n) first++;
  }
  if (high) {
    const quotient = divide(high.value, step);
    last = floor(quotient);
    if (high.open && quotient.d === 1n) last--;
  }
  return { first, last };
}

/**
 * Members of a range with a step, those next to zero first where it contains zero, otherwise from the end next to
 * zero; at most `limit`, and at most 20,000 multiples are looked at.
 */
export function* listRange(range: Range, limit: number): Generator<Rational> {
  const { step } = range;
  if (!step) return;
  const { first, last } = multiples(range);
  let given = 0;
  let looked = 0n;
  for (const factor of outwards(first, last)) {
    if (given >= limit || looked++ > SEARCHED) return;
    const value = multiply(step, rational(factor));
    if (!inRange(range, value)) continue;
    given++;
    yield value;
  }
}

/** The integers between two ends, from the one next to zero on; upwards and downwards by turns. */
function* outwards(first: bigint | undefined, last: bigint | undefined): Generator<bigint> {
  const start = first !== undefined && first > 0n ? first : last !== undefined && last < 0n ? last : 0n;
  const upTo = (k: bigint) => last === undefined || k <= last;
  const downTo = (k: bigint) => first === undefined || k >= first;
  if (!upTo(start) || !downTo(start)) return;
  yield start;
  for (let k = 1n; upTo(start + k) || downTo(start - k); k++) {
    if (upTo(start + k)) yield start + k;
    if (downTo(start - k)) yield start - k;
  }
}

/** All that is outside a range, as ranges. */
export function complementRange({ low, high, step, not, except }: Range): {
  ranges: Range[];
  points: Rational[];
} {
  const ranges: Range[] = [];
  if (low) ranges.push({ high: { value: low.value, open: !low.open }, not: [], except: [] });
  if (high) ranges.push({ low: { value: high.value, open: !high.open }, not: [], except: [] });
  const inside = { ...(low && { low }), ...(high && { high }), except: [] };
  if (step) ranges.push({ ...inside, not: [step] });
  for (const other of not) ranges.push({ ...inside, step: other, not: [] });
  return { ranges, points: [...except] };
}

export function rangeKey({ low, high, step, not, except }: Range): string {
  const left = low ? `${low.open ? '(' : '['}${text(low.value)}` : '(';
  const right = high ? `${text(high.value)}${high.open ? ')' : ']'}` : ')';
  return `${left},${right}%${step ? text(step) : ''}!${not.map(text)}\\${except.map(text)}`;
}
