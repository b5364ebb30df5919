import { Cache } from '../strings/cache.ts';
import { fillHoles, joinRanges } from './join-ranges.ts';
import {
  complementRange,
  EVERYTHING,
  hasSorted,
  inRange,
  intersectRanges,
  isPlain,
  type Range,
  rangeKey,
  simplify,
  sorted,
} from './range.ts';
import { compare, ONE, parseRational, type Rational, text } from './rational.ts';

/**
 * A set of exact numbers: some points and some ranges, in exact fractions throughout. Interned: equal ids are equal
 * sets. Build it with the functions here; ask with those in `number-questions.ts`.
 *
 * Numbers come in as doubles, read as their shortest text (0.1 is one tenth), or as JSON number texts.
 */
export interface NumberSet {
  readonly id: number;
  /** Ascending, none of them in a range. */
  readonly points: readonly Rational[];
  readonly ranges: readonly Range[];
}

const sets = new Cache<string, NumberSet>(50_000);
let nextId = 0;

function numberSet(points: readonly Rational[], ranges: readonly Range[]): NumberSet {
  const simple: Range[] = [];
  const found: Rational[] = [...points];
  for (const range of ranges) {
    const form = simplify(range);
    if ('points' in form) found.push(...form.points);
    else simple.push(form.range);
  }
  const joined = joinRanges(simple);
  const lone = sorted(found).filter((value) => !joined.some((range) => inRange(range, value)));
  const [rest, filled] = fillHoles(lone, joined);
  const keys = filled.map(rangeKey).sort();
  const key = `${rest.map(text)};${keys.join(';')}`;
  const known = sets.get(key);
  if (known) return known;
  const set: NumberSet = { id: nextId++, points: rest, ranges: filled };
  sets.set(key, set);
  return set;
}

export const NO_NUMBER = numberSet([], []);
export const ALL_NUMBERS = numberSet([], [EVERYTHING]);

/** Exactly these numbers. Texts with exponents beyond ±5000 are left out. */
export function numbersIn(values: readonly (number | string)[]): NumberSet {
  return numberSet(
    values.flatMap((value) => parseRational(value) ?? []),
    [],
  );
}

/** From the value upwards; without the value itself if `open`. */
export function numbersFrom(value: number | string, open = false): NumberSet {
  const exact = parseRational(value);
  if (exact) return numberSet([], [{ low: { value: exact, open }, not: [], except: [] }]);
  return isNegative(value) ? ALL_NUMBERS : NO_NUMBER;
}

/** Up to the value; without the value itself if `open`. */
export function numbersUpTo(value: number | string, open = false): NumberSet {
  const exact = parseRational(value);
  if (exact) return numberSet([], [{ high: { value: exact, open }, not: [], except: [] }]);
  return isNegative(value) ? NO_NUMBER : ALL_NUMBERS;
}

/** For an end too large to write out: which infinity it stands for. */
function isNegative(value: number | string): boolean {
  return String(value).startsWith('-');
}

/** The multiples of a number above 0; undefined for others. */
export function multiplesOf(step: number | string): NumberSet | undefined {
  const value = parseRational(step);
  return value && value.n > 0n ? numberSet([], [{ step: value, not: [], except: [] }]) : undefined;
}

/** 1, 1.0 and 1e3 are integers. */
export const INTEGERS = numberSet([], [{ step: ONE, not: [], except: [] }]);

export function unionNumbers(parts: readonly NumberSet[]): NumberSet {
  if (parts.length === 1) return parts[0]!;
  if (parts.includes(ALL_NUMBERS)) return ALL_NUMBERS;
  return numberSet(
    parts.flatMap(({ points }) => points),
    parts.flatMap(({ ranges }) => ranges),
  );
}

export function intersectNumbers(parts: readonly NumberSet[]): NumberSet {
  return intersectAll([...new Set(parts)]);
}

/** In halves, so that of many small sets no large one is walked again and again. */
function intersectAll(parts: readonly NumberSet[]): NumberSet {
  if (parts.length <= 2) return parts.reduce(intersectTwo, ALL_NUMBERS);
  const half = parts.length >> 1;
  return intersectTwo(intersectAll(parts.slice(0, half)), intersectAll(parts.slice(half)));
}

function intersectTwo(a: NumberSet, b: NumberSet): NumberSet {
  if (a === b || b === ALL_NUMBERS) return a;
  if (a === ALL_NUMBERS) return b;
  const points = [
    ...a.points.filter((value) => hasValue(b, value)),
    ...b.points.filter((value) => hasValue(a, value)),
  ];
  return numberSet(
    points,
    a.ranges.every(isPlain) && b.ranges.every(isPlain)
      ? intersectPlain(a.ranges, b.ranges)
      : a.ranges.flatMap((left) => b.ranges.map((right) => intersectRanges(left, right))),
  );
}

/** Both ascend, for they were joined: one walk over the two. */
function intersectPlain(a: readonly Range[], b: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i]!, b[j]!];
    out.push(intersectRanges(left, right));
    if (!left.high && !right.high) break;
    if (!left.high || (right.high && compare(right.high.value, left.high.value) <= 0)) j++;
    else i++;
  }
  return out;
}

const complements = new Cache<number, NumberSet>(20_000);

/** Every other number. */
export function complementNumbers(set: NumberSet): NumberSet {
  const known = complements.get(set.id);
  if (known) return known;
  const out = intersectAll([
    numberSet([], [{ ...EVERYTHING, except: set.points }]),
    ...set.ranges.map((range) => {
      const { ranges, points } = complementRange(range);
      return numberSet(points, ranges);
    }),
  ]);
  complements.set(set.id, out);
  return out;
}

/** Whether an exact value is a member. */
export function hasValue(set: NumberSet, value: Rational): boolean {
  return hasSorted(set.points, value) || set.ranges.some((range) => inRange(range, value));
}

/** Whether a number, given as a double or as JSON text, is a member. */
export function hasNumber(set: NumberSet, value: number | string): boolean {
  const exact = parseRational(value);
  return exact !== undefined && hasValue(set, exact);
}

/** Whether nothing is left. False can also mean that more than 20,000 multiples were looked through in vain. */
export function isNoNumber(set: NumberSet): boolean {
  return set === NO_NUMBER || (set.points.length === 0 && set.ranges.length === 0);
}

/** Whether it is known to have every number. */
export function isAllNumbers(set: NumberSet): boolean {
  return set === ALL_NUMBERS || isNoNumber(complementNumbers(set));
}

/** Whether every number of `b` is in `a`. */
export function includesNumbers(a: NumberSet, b: NumberSet): boolean {
  return a === b || isNoNumber(intersectNumbers([b, complementNumbers(a)]));
}
