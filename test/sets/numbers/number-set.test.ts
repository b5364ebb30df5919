import { describe, expect, test } from 'vitest';
import {
  countNumbers,
  maxNumberWidth,
  minNumberWidth,
  numbersOf,
  readableNumber,
} from '../../../src/sets/numbers/number-questions.ts';
import {
  ALL_NUMBERS,
  complementNumbers,
  hasNumber,
  INTEGERS,
  includesNumbers,
  intersectNumbers,
  isAllNumbers,
  isNoNumber,
  NO_NUMBER,
  type NumberSet,
  numbersFrom,
  numbersIn,
  numbersUpTo,
  multiplesOf as positiveMultiples,
  unionNumbers,
} from '../../../src/sets/numbers/number-set.ts';
import { pick, seeded } from '../strings/support.ts';

const atLeast = (value: number) => numbersFrom(value);
const above = (value: number) => numbersFrom(value, true);
const atMost = (value: number) => numbersUpTo(value);
const below = (value: number) => numbersUpTo(value, true);
const multiplesOf = (step: number) => positiveMultiples(step)!;
const not = complementNumbers;
const all = (...parts: NumberSet[]) => intersectNumbers(parts);
const any = (...parts: NumberSet[]) => unionNumbers(parts);

describe('nothing is left', () => {
  const cases: [string, NumberSet, boolean][] = [
    ['two ends that cross', all(atLeast(3), atMost(2)), true],
    ['two ends that meet, one open', all(above(2), atMost(2)), true],
    ['two ends that meet', all(atLeast(2), atMost(2)), false],
    ['no integer between', all(INTEGERS, above(1), below(2)), true],
    ['no multiple between', all(multiplesOf(0.3), above(0.9), below(1.2)), true],
    ['multiples of 4 that are not of 2', all(multiplesOf(4), not(multiplesOf(2))), true],
    ['multiples of 2 that are not of 4', all(multiplesOf(2), not(multiplesOf(4))), false],
    ['multiples of 2 and of 3, not of 6', all(multiplesOf(2), multiplesOf(3), not(multiplesOf(6))), true],
    ['points outside', all(numbersIn([1, 2, 3]), above(3)), true],
    ['0.1 is not a multiple of 0.3', all(numbersIn([0.1]), multiplesOf(0.3)), true],
    ['0.3 is a multiple of 0.1', all(numbersIn([0.3]), not(multiplesOf(0.1))), true],
    ['1e22 is an integer', all(numbersIn([1e22]), not(INTEGERS)), true],
    ['a set and its complement', all(multiplesOf(0.5), not(multiplesOf(0.5))), true],
    ['one in a million', all(INTEGERS, atLeast(1), atMost(1e6), not(numbersIn([5]))), false],
  ];
  test.each(cases)('%s', (_, set, empty) => expect(isNoNumber(set)).toBe(empty));
});

test('equal sets are one object', () => {
  expect(any(atMost(1), atLeast(1))).toBe(ALL_NUMBERS);
  expect(any(below(1), above(1), numbersIn([1]))).toBe(ALL_NUMBERS);
  expect(not(not(atLeast(2)))).toBe(atLeast(2));
  expect(not(numbersIn([1, 2]))).toBe(all(not(numbersIn([1])), not(numbersIn([2]))));
  expect(all(INTEGERS, above(0.5), below(4.5))).toBe(numbersIn([1, 2, 3, 4]));
  expect(all(multiplesOf(4), multiplesOf(6))).toBe(multiplesOf(12));
  expect(numbersIn([1, '1.0', '10e-1'])).toBe(numbersIn([1]));
  expect(not(ALL_NUMBERS)).toBe(NO_NUMBER);
  expect(isAllNumbers(any(INTEGERS, not(INTEGERS)))).toBe(true);
});

describe('a witness is short and reads back', () => {
  const cases: [string, NumberSet, number | undefined][] = [
    ['any', ALL_NUMBERS, 0],
    ['above 5', above(5), 6],
    ['between 0 and 1', all(above(0), below(1)), 0.1],
    ['between 1/2 and 0.52', all(above(0.5), below(0.52)), 0.51],
    ['below -3', below(-3), -4],
    ['not an integer', not(INTEGERS), 0.1],
    ['multiple of 0.25, no integer', all(multiplesOf(0.25), not(INTEGERS)), 0.25],
    ['multiple of 7 above 100', all(multiplesOf(7), above(100)), 105],
    ['tiny', all(above(0), below(1e-300)), 9e-301],
    ['large', all(above(1e300), below(1.0000001e300)), 1.00000001e300],
    ['none', NO_NUMBER, undefined],
    ['no double: 2^53 + 1', numbersIn(['9007199254740993']), undefined],
  ];
  test.each(cases)('%s', (_, set, expected) => {
    const witness = readableNumber(set);
    expect(witness).toBe(expected);
    if (expected !== undefined) expect(hasNumber(set, witness!)).toBe(true);
  });

  test('floats agree with decimals where they can', () => {
    const tenths = all(multiplesOf(0.1), above(0.25), not(INTEGERS));
    expect(readableNumber(tenths)).toBe(0.4);
  });
});

test('many members, without repeats', () => {
  expect([...numbersOf(all(INTEGERS, atLeast(-2), atMost(2)), 10)].sort((a, b) => a - b)).toEqual([
    -2, -1, 0, 1, 2,
  ]);
  expect([...numbersOf(all(atLeast(0), atMost(0.3)), 4)]).toEqual([0, 0.1, 0.2, 0.3]);
  expect([...numbersOf(ALL_NUMBERS, 500)].length).toBe(500);
});

describe('how many', () => {
  const cases: [string, NumberSet, number | undefined][] = [
    ['none', NO_NUMBER, 0],
    ['points', numbersIn([1, 2, 2]), 2],
    ['integers to a million', all(INTEGERS, atLeast(1), atMost(1e6)), 1e6],
    ['all but one of them', all(INTEGERS, atLeast(1), atMost(1e6), not(numbersIn([5]))), 999_999],
    ['decimals', all(atLeast(0), atMost(1)), Number.POSITIVE_INFINITY],
    ['integers', INTEGERS, Number.POSITIVE_INFINITY],
    ['two stretches', all(INTEGERS, any(all(atLeast(0), atMost(100)), all(atLeast(200), atMost(300)))), 202],
    ['odd ones', all(INTEGERS, atLeast(1), atMost(1000), not(multiplesOf(2))), 500],
  ];
  test.each(cases)('%s', (_, set, count) => expect(countNumbers(set)).toBe(count));
});

describe('width', () => {
  const cases: [string, NumberSet, number, boolean][] = [
    ['0 to 150', all(INTEGERS, atLeast(0), atMost(150)), 3, true],
    ['-1000 to 5', all(INTEGERS, atLeast(-1000), atMost(5)), 5, true],
    ['cents up to 100', all(multiplesOf(0.01), atLeast(0), atMost(100)), 6, false],
    ['points', numbersIn([1, -0.5, 1e300]), 6, true],
    ['any', ALL_NUMBERS, 25, false],
  ];
  test.each(cases)('%s', (_, set, value, exact) => expect(maxNumberWidth(set)).toEqual({ value, exact }));

  test('the least', () => {
    expect(minNumberWidth(ALL_NUMBERS)).toEqual({ value: 1, exact: true });
    expect(minNumberWidth(above(99))).toEqual({ value: 3, exact: true });
    expect(minNumberWidth(above(1000))).toEqual({ value: 4, exact: false });
    expect(minNumberWidth(all(above(1), below(2)))).toEqual({ value: 3, exact: true });
  });
});

test('ends beyond the doubles', () => {
  expect(numbersFrom('-1e9999')).toBe(ALL_NUMBERS);
  expect(numbersFrom('1e9999')).toBe(NO_NUMBER);
  expect(numbersUpTo(Number.POSITIVE_INFINITY)).toBe(ALL_NUMBERS);
  expect(numbersUpTo(Number.NEGATIVE_INFINITY)).toBe(NO_NUMBER);
  expect(hasNumber(ALL_NUMBERS, '1e9999')).toBe(false);
});

describe('laws, on a grid of decimals', () => {
  const grid = Array.from({ length: 161 }, (_, i) => (i - 80) / 20);
  const steps = [0.05, 0.1, 0.15, 0.25, 0.5, 1, 1.5, 2];

  interface Case {
    readonly set: NumberSet;
    readonly has: (twentieths: number) => boolean;
  }

  function random(next: () => number, depth: number): Case {
    const kind = next();
    if (depth === 0 || kind < 0.35) {
      const at = pick(next, grid);
      const k = Math.round(at * 20);
      const step = pick(next, steps);
      const s = Math.round(step * 20);
      return pick<Case>(next, [
        { set: atLeast(at), has: (x) => x >= k },
        { set: above(at), has: (x) => x > k },
        { set: atMost(at), has: (x) => x <= k },
        { set: below(at), has: (x) => x < k },
        { set: numbersIn([at]), has: (x) => x === k },
        { set: multiplesOf(step), has: (x) => x % s === 0 },
      ]);
    }
    const a = random(next, depth - 1);
    if (kind < 0.5) return { set: not(a.set), has: (x) => !a.has(x) };
    const b = random(next, depth - 1);
    return kind < 0.8
      ? { set: all(a.set, b.set), has: (x) => a.has(x) && b.has(x) }
      : { set: any(a.set, b.set), has: (x) => a.has(x) || b.has(x) };
  }

  test('membership, emptiness, complement, inclusion and witnesses', () => {
    const next = seeded(7);
    for (let i = 0; i < 1500; i++) {
      const a = random(next, 3);
      const b = random(next, 2);
      const members = grid.filter((x) => a.has(Math.round(x * 20)));
      expect(grid.filter((x) => hasNumber(a.set, x))).toEqual(members);
      if (members.length > 0) expect(isNoNumber(a.set)).toBe(false);
      expect(isNoNumber(all(a.set, not(a.set)))).toBe(true);
      expect(isAllNumbers(any(a.set, not(a.set)))).toBe(true);
      const witness = readableNumber(a.set);
      expect(witness === undefined).toBe(isNoNumber(a.set));
      if (witness !== undefined) expect(hasNumber(a.set, witness)).toBe(true);
      const outside = grid.some((x) => b.has(Math.round(x * 20)) && !a.has(Math.round(x * 20)));
      if (outside) expect(includesNumbers(a.set, b.set)).toBe(false);
      expect(includesNumbers(any(a.set, b.set), b.set)).toBe(true);
    }
  });
});
