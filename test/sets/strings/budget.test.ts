import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/sets/budget.ts';
import {
  anyWord,
  complement,
  contains,
  includes,
  intersection,
  isEmpty,
  isFinite,
  type Language,
  lengthBetween,
  maxBytes,
  maxLength,
  parseRegex,
  prefix,
  readableWord,
  sample,
  shortestWord,
  union,
  wildcard,
  words,
  wordsOf,
} from '../../../src/sets/strings/language.ts';
import { regex } from './support.ts';

/** `*ax*ay*`, `*bx*by*`, …: each a condition of its own, together a product of all. */
const crossed = (count: number) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(97 + i)).map((c) =>
    wildcard(['', `${c}x`, `${c}y`, '']),
  );

const HARD: [string, Language][] = [
  ['many wildcards at once', intersection(crossed(16))],
  ['many wildcards, none of some', intersection([...crossed(9), ...crossed(12).slice(9).map(complement)])],
  ['a chain of unlike counters', complement(regex('^(?:(?:a|b)*a(?:a|b){20}|(?:a|b)*b(?:a|b){20})$'))],
  [
    'counters in counters',
    intersection([regex('^(?:(?:a{3,7}b){2,9}c){4,90}$'), regex('^(?:[abc]{5}){30,}$')]),
  ],
  ['a far length', intersection([regex('^(?:abc)*$'), lengthBetween(60_001, 60_001)])],
];

describe('a small budget ends every question soon, and only makes answers unknown', () => {
  test.each(HARD)('%s', (_, language) => {
    for (const steps of [0, 10, 2_000]) {
      const started = performance.now();
      const questions = [
        isEmpty(language, new Budget(steps)),
        isFinite(language, new Budget(steps)),
        includes(language, prefix('q'), new Budget(steps)),
      ];
      expect(questions.every((answer) => answer === undefined || typeof answer === 'boolean')).toBe(true);
      for (const find of [anyWord, shortestWord, readableWord]) {
        const found = find(language, new Budget(steps));
        if (found.answer === 'yes') expect(contains(language, found.witness)).toBe(true);
      }
      maxLength(language, new Budget(steps));
      maxBytes(language, new Budget(steps));
      wordsOf(language, 5, new Budget(steps));
      sample(language, () => 0.5, new Budget(steps));
      expect(performance.now() - started).toBeLessThan(5_000);
    }
  });

  test('no wrong answer at any budget', () => {
    const inside = intersection([regex('^[ab]*a[ab]{6}$'), complement(regex('^[ab]*b[ab]{6}$'))]);
    const nothing = intersection([
      regex('^(?:aa)+$'),
      regex('^a(?:aaa)*$'),
      regex('^a{3}(?:a{5})*$'),
      complement(regex('^.{20,}$')),
    ]);
    for (let steps = 0; steps < 3_000; steps = 2 * steps + 1) {
      expect(isEmpty(inside, new Budget(steps))).not.toBe(true);
      expect(isEmpty(nothing, new Budget(steps))).not.toBe(false);
    }
  });
});

describe('what looked costly and is not', () => {
  test('ten thousand words', () => {
    const list = words(Array.from({ length: 10_000 }, (_, i) => `value-${i * 31}`));
    expect(isEmpty(intersection([list, complement(list)]), new Budget(100))).toBe(true);
    const found = shortestWord(intersection([prefix('value-1'), complement(list)]), new Budget(10_000));
    expect(found).toMatchObject({ answer: 'yes' });
    expect(wordsOf(intersection([list, regex('-31[0-9]$')]), 20, new Budget(20_000))).toMatchObject({
      complete: true,
    });
  });
  test('ten thousand alternatives of a regular expression, and prefixes', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `w${i * 31}`);
    expect(regex(`^(?:${names.join('|')})$`)).toBe(words(names));
    expect(contains(union(names.map(prefix)), 'w3131xyz')).toBe(true);
  });
  test('large counters', () => {
    expect(maxLength(regex('^(?:ab?c){0,5000}$'), new Budget(10))).toEqual({ value: 15_000, exact: true });
    expect(isEmpty(intersection([regex('^(?:ab?c){0,5000}$'), regex('^aa')]), new Budget(100))).toBe(true);
    expect(isEmpty(regex('^[a-z]{1000}[0-9]{65000}$'), new Budget(0))).toBe(false);
    expect(
      isEmpty(intersection([lengthBetween(60_000, 65_536), wildcard(['', 'a', 'b', ''])]), new Budget(100)),
    ).toBe(false);
  });
  test('twenty negated wildcards', () => {
    const found = shortestWord(
      intersection([...crossed(20).map(complement), regex('^[a-z]{40}$')]),
      new Budget(20_000),
    );
    expect(found.answer).toBe('yes');
  });
  test('`a*b*c` against the source of an event', () => {
    const source = regex('^[a-z]{2,64}\\.[a-z0-9-]{1,128}$');
    expect(shortestWord(intersection([wildcard(['a', 'b', 'c']), source]), new Budget(1_000))).toEqual({
      answer: 'yes',
      witness: 'ab.c',
    });
    expect(isEmpty(intersection([wildcard(['a', 'B', 'c']), source]), new Budget(5_000))).toBe(true);
  });
  test('deep and long expressions', () => {
    for (const pattern of [
      '('.repeat(5_000) + ')'.repeat(5_000),
      'a?'.repeat(5_000),
      'a'.repeat(50_000),
      `^${'(?:a|'.repeat(200)}b${')'.repeat(200)}$`,
    ]) {
      const reading = parseRegex(pattern);
      if ('invalid' in reading) continue;
      expect(isEmpty(reading.language, new Budget(2_000))).not.toBe(true);
      contains(reading.language, 'aaa');
    }
  });
});

describe('long texts and deep nests', () => {
  const long = 'a'.repeat(20_000);
  test('long prefixes with a common start', () => {
    const either = union([prefix(`${long}b`), prefix(`${long}c`)]);
    expect(contains(either, `${long}cd`)).toBe(true);
    expect(contains(either, `${long}d`)).toBe(false);
    const each = union(Array.from({ length: 600 }, (_, i) => prefix(`${'a'.repeat(i)}b`)));
    expect(contains(each, `${'a'.repeat(500)}bc`)).toBe(true);
    expect(contains(each, 'ac')).toBe(false);
  });
  test('long words and wildcards', () => {
    const list = words([long, `${long}b`, 'a']);
    expect(contains(list, `${long}b`)).toBe(true);
    expect(isEmpty(intersection([list, complement(words(['a']))]), new Budget(200_000))).toBe(false);
    const stars = wildcard(Array.from({ length: 2_000 }, () => 'ab'));
    expect(contains(stars, 'ab'.repeat(2_000))).toBe(true);
    expect(contains(stars, 'ab'.repeat(1_999))).toBe(false);
    expect(isEmpty(intersection([stars, lengthBetween(0, 3_999)]), new Budget(100))).toBe(true);
  });
  test('complements inside each other', () => {
    let nest: Language = prefix('x');
    for (let i = 0; i < 400; i++)
      nest = complement(intersection([nest, complement(wildcard(['', `k${i}`, '']))]));
    expect(typeof contains(nest, 'x')).toBe('boolean');
    expect(isEmpty(nest, new Budget(5_000))).not.toBe(true);
  });
});
