import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/sets/budget.ts';
import {
  ALL,
  anyWord,
  complement,
  concat,
  containing,
  contains,
  EPSILON,
  includes,
  intersection,
  isEmpty,
  isFinite,
  type Language,
  lengthBetween,
  maxBytes,
  maxLength,
  minLength,
  NONE,
  prefix,
  readableWord,
  repeat,
  sample,
  shortestWord,
  suffix,
  union,
  wildcard,
  word,
  words,
  wordsOf,
} from '../../../src/sets/strings/language.ts';
import { allWords, pick, randomRegex, regex, seeded } from './support.ts';

const budget = () => new Budget(100_000);

describe('equal constructions are one object', () => {
  const cases: [string, Language, Language][] = [
    ['a literal', regex('^abc$'), word('abc')],
    ['a list', regex('^(?:red|green|blue)$'), words(['blue', 'green', 'red'])],
    ['a prefix', regex('^abc'), prefix('abc')],
    ['a suffix', regex('abc$'), suffix('abc')],
    ['a part', regex('abc'), containing('abc')],
    ['a wildcard', regex('^a[^]*b$'), wildcard(['a', 'b'])],
    ['a window of lengths', regex('^[^]{2,5}$'), lengthBetween(2, 5)],
    ['two windows', intersection([lengthBetween(0, 5), lengthBetween(3, 9)]), lengthBetween(3, 5)],
    ['their union', union([lengthBetween(0, 5), lengthBetween(6, 9)]), lengthBetween(0, 9)],
    ['outside a window', complement(lengthBetween(0, 5)), lengthBetween(6, Number.POSITIVE_INFINITY)],
    ['x and not x', intersection([regex('^a+b$'), complement(regex('^a+b$'))]), NONE],
    ['x or not x', union([regex('^a+b$'), complement(regex('^a+b$'))]), ALL],
    ['not not x', complement(complement(regex('^a+b$'))), regex('^a+b$')],
    [
      'not (x and not y)',
      complement(intersection([prefix('a'), complement(suffix('b'))])),
      union([suffix('b'), complement(prefix('a'))]),
    ],
    ['counters', regex('^a{2}a*a$'), regex('^a{3,}$')],
    ['alternatives', regex('^(?:ab|ac)d$'), regex('^a[bc]d$')],
    ['lists met', intersection([words(['aa', 'bb', 'cc']), complement(words(['bb']))]), words(['aa', 'cc'])],
    ['a prefix of a prefix', intersection([prefix('ab'), prefix('abc')]), prefix('abc')],
    [
      'a wildcard in a wildcard',
      union([wildcard(['', 'a', 'b', '']), wildcard(['', 'b', ''])]),
      containing('b'),
    ],
    ['an empty round', regex('^(?:a*)*$'), regex('^a*$')],
  ];
  test.each(cases)('%s', (_, a, b) => expect(a).toBe(b));
});

describe('random sets agree with brute force over three letters', () => {
  interface Case {
    readonly language: Language;
    readonly has: (word: string) => boolean;
  }
  const short = allWords('ab-', 6);

  function leaf(random: () => number): Case {
    const text = pick(random, ['', 'a', 'ab', 'b-', 'aab']);
    const kind = random();
    if (kind < 0.5) {
      const pattern = randomRegex(random, 3);
      const native = new RegExp(pattern, 'u');
      return { language: regex(pattern), has: (w) => native.test(w) };
    }
    if (kind < 0.6) return { language: prefix(text), has: (w) => w.startsWith(text) };
    if (kind < 0.7) return { language: suffix(text), has: (w) => w.endsWith(text) };
    if (kind < 0.8) {
      const list = Array.from({ length: 6 }, () => pick(random, short));
      return { language: words(list), has: (w) => list.includes(w) };
    }
    const from = Math.floor(random() * 4);
    const to = from + Math.floor(random() * 3);
    return { language: lengthBetween(from, to), has: (w) => w.length >= from && w.length <= to };
  }

  function random(next: () => number, depth: number): Case {
    if (depth === 0) return leaf(next);
    const a = random(next, depth - 1);
    if (next() < 0.3) return { language: complement(a.language), has: (w) => !a.has(w) };
    const b = random(next, depth - 1);
    return next() < 0.6
      ? { language: intersection([a.language, b.language]), has: (w) => a.has(w) && b.has(w) }
      : { language: union([a.language, b.language]), has: (w) => a.has(w) || b.has(w) };
  }

  test('membership, words, lengths, inclusion', () => {
    const next = seeded(42);
    let decided = 0;
    for (let i = 0; i < 120; i++) {
      const a = random(next, 3);
      const b = random(next, 1);
      const members = short.filter(a.has);
      expect(short.filter((w) => contains(a.language, w))).toEqual(members);
      // Within the three letters nothing can hide: the brute force is complete up to six letters.
      const bounded = intersection([a.language, regex('^[ab-]{0,6}$')]);
      const least = members[0]?.length ?? Number.POSITIVE_INFINITY;
      const shortest = shortestWord(bounded, budget());
      expect(shortest.answer).toBe(members.length > 0 ? 'yes' : 'no');
      if (shortest.answer === 'yes') {
        expect(a.has(shortest.witness)).toBe(true);
        expect(shortest.witness.length).toBe(least);
      }
      expect(isEmpty(bounded, budget())).toBe(members.length === 0);
      expect(anyWord(bounded, budget()).answer).toBe(members.length > 0 ? 'yes' : 'no');
      const most = Math.max(...members.map((w) => w.length));
      expect(minLength(bounded, budget())).toEqual({ value: least, exact: true });
      expect(maxLength(bounded, budget())).toEqual({ value: most, exact: true });
      expect(isFinite(bounded, budget())).toBe(true);
      const listed = wordsOf(bounded, 40, budget());
      expect(listed.complete).toBe(members.length <= 40);
      expect(new Set(listed.words).size).toBe(Math.min(40, members.length));
      for (const w of listed.words) expect(a.has(w)).toBe(true);
      const inside = members.every(b.has);
      expect(includes(b.language, bounded, budget())).toBe(inside);
      const readable = readableWord(a.language, budget());
      if (readable.answer === 'yes') expect(contains(a.language, readable.witness)).toBe(true);
      const drawn = sample(a.language, next, budget());
      if (drawn !== undefined) expect(contains(a.language, drawn)).toBe(true);
      decided++;
    }
    expect(decided).toBe(120);
  });

  test('complement laws', () => {
    const next = seeded(7);
    for (let i = 0; i < 80; i++) {
      const a = random(next, 2).language;
      const b = random(next, 2).language;
      expect(isEmpty(intersection([a, complement(a)]), budget())).toBe(true);
      expect(includes(union([a, b]), a, budget())).toBe(true);
      expect(includes(a, intersection([a, b]), budget())).toBe(true);
      const deMorgan = complement(union([complement(a), complement(b)]));
      expect(includes(deMorgan, intersection([a, b]), budget())).toBe(true);
      expect(includes(intersection([a, b]), deMorgan, budget())).toBe(true);
    }
  });
});

describe('words that people would write', () => {
  const cases: [Language, string][] = [
    [regex('^[A-Z][a-z]+$'), 'Aa'],
    [regex('^.$'), 'a'],
    [regex('^[^a-zA-Z0-9]$'), '-'],
    [regex('^\\W\\w$'), '-a'],
    [complement(EPSILON), 'a'],
    [complement(words(['', 'a'])), 'b'],
    [regex('^\\p{Lu}\\p{Nd}$'), 'A0'],
    [lengthBetween(3, 10), 'aaa'],
    [regex('^[\\0-\\x1f]$'), '\t'],
    [intersection([wildcard(['order-', '']), lengthBetween(8, 20)]), 'order-aa'],
  ];
  test.each(cases)('%#: %o', (language, expected) => {
    expect(readableWord(language, budget())).toEqual({ answer: 'yes', witness: expected });
  });

  test('a lone surrogate is never a witness', () => {
    expect(isEmpty(regex('^[\\ud800-\\udfff]$'), budget())).toBe(true);
    expect(contains(regex('^[\\ud800-\\udfff]$'), '\ud800')).toBe(true);
    expect(isEmpty(word('\udc00'), budget())).toBe(true);
  });
});

describe('sizes', () => {
  test.each<[Language, number | 'infinite']>([
    [regex('^[a-z]{2,64}\\.[a-z0-9-]{1,128}$'), 193],
    [regex('^(?:a|bc){0,5000}$'), 10_000],
    [intersection([regex('^a+b+$'), lengthBetween(0, 300)]), 300],
    [intersection([regex('^(?:ab)+$'), lengthBetween(0, 301)]), 300],
    [intersection([regex('a'), lengthBetween(5, 1000)]), 1000],
    [words(['a', 'bcd']), 3],
    [regex('a'), 'infinite'],
    [complement(words(['a'])), 'infinite'],
    [NONE, Number.NEGATIVE_INFINITY],
  ])('%#: greatest length %s', (language, expected) => {
    const value = expected === 'infinite' ? Number.POSITIVE_INFINITY : expected;
    expect(maxLength(language, budget())).toEqual({ value, exact: true });
  });

  test.each<[string, Language, number]>([
    ['letters', regex('^[a-z]{2,64}\\.[a-z0-9-]{1,128}$'), 193],
    ['control characters are \\u0000', lengthBetween(0, 1000), 6000],
    ['some have short escapes', regex('^[\\n"\\\\]{0,10}$'), 20],
    ['faces', regex('^[\\u{1F600}-\\u{1F64F}]{5}$'), 20],
    ['words', words(['"', 'é', '€', 'ab']), 3],
    ['cut by a length', intersection([regex('^a*\\p{L}?$'), lengthBetween(0, 10)]), 13],
    ['no heaviest path', intersection([regex('^(?:é|aa)*$'), lengthBetween(4, 7)]), 14],
    ['none', NONE, Number.NEGATIVE_INFINITY],
  ])('bytes of %s', (_, language, value) => {
    expect(maxBytes(language, budget())).toEqual({ value, exact: true });
  });

  test('repeats keep their gaps', () => {
    const twos = repeat(repeat(word('a'), 2, 2), 0, 3);
    expect(wordsOf(twos, 10, budget())).toEqual({ words: ['', 'aa', 'aaaa', 'aaaaaa'], complete: true });
    expect(concat(twos, word('a'))).not.toBe(NONE);
  });
});
