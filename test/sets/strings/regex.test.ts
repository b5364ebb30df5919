import { describe, expect, test } from 'vitest';
import { contains } from '../../../src/sets/strings/contains.ts';
import { parseRegex } from '../../../src/sets/strings/regex.ts';
import { allWords, randomRegex, seeded } from './support.ts';

function languageOf(pattern: string) {
  const reading = parseRegex(pattern);
  if ('invalid' in reading) throw new Error(`${pattern}: ${reading.invalid}`);
  return reading;
}

function disagreements(pattern: string, words: readonly string[]): string[] {
  const { language, unicode } = languageOf(pattern);
  const native = new RegExp(pattern, unicode ? 'u' : '');
  return words.filter((word) => contains(language, word) !== native.test(word));
}

const CORNERS = [
  '',
  'a',
  'ab',
  '-',
  '\n',
  '\u2028',
  'a\nb',
  'é',
  '😀',
  // Not between word characters: V8 finds \B between the halves of a character, ECMA-262 does not.
  '-😀b',
  '😀😀',
  '\u{10ffff}',
  '\ud800',
  'x\udc00y',
  '_1A',
  ' a ',
  'ſ',
  'K',
  '٣',
  'ß',
  '\u00a0',
];

describe('a regular expression agrees with the native one', () => {
  const patterns = [
    '',
    '^$',
    '^',
    '$',
    'a|^b$',
    '^(?:a|ab)(?:c|bcd)?$',
    '\\bab\\b',
    'a\\Bb',
    '\\B',
    '^\\b',
    '(?=ab)a',
    '^(?!.*--)[a-z-]+$',
    '^(?=.*[a-z])(?=.*\\d).{3,5}$',
    '^(?:(?=a)[ab]|-)*$',
    '^(?:a\\b|b-)+$',
    '(?:^|-)a(?:$|-)',
    '^(?:a$|b)*$',
    '^(?:(?!ab)[^])*$',
    '(?:a|b|-(?=a))+$',
    '^(?:a*)*$',
    '^(?:|a)+b$',
    '(?:\\b){2}a',
    '^(?:\\ba?){1,3}-$',
    '^(?:(?:a\\B)*b)*$',
    '^a{0,5000}b$',
    '^(a{2}){0,3}$',
    '^(?:a{2,3}){2,}$',
    '[^]',
    '^.$',
    '^.{2}$',
    '^[^a]+$',
    '^\\p{L}+$',
    '^\\P{L}$',
    '^\\p{Script=Greek}*$',
    '^\\p{Emoji_Presentation}$',
    '\\s',
    '^\\S+$',
    '^\\w+\\W*$',
    '\\u{1F600}',
    '^[\\u{1F600}-\\u{1F64F}]{1,2}$',
    '\\x41|\\cJ|\\0',
  ];
  const letters = allWords('ab-', 5);
  test.each(patterns)('%s', (pattern) => {
    expect(disagreements(pattern, [...letters, ...CORNERS])).toEqual([]);
  });
});

describe('one that is valid only without the u flag is read over code units', () => {
  const patterns = [
    '\\-',
    '^[\\w\\%]+$',
    '^[^\\%]$',
    '^[^\\%]+$',
    '^.\\-?.$',
    '\\%|😀',
    '^[\\%😀-]+$',
    '^\\-?.{1,3}$',
  ];
  test.each(patterns)('%s', (pattern) => {
    expect(languageOf(pattern).unicode).toBe(false);
    expect(disagreements(pattern, [...allWords('a-😀', 4), ...CORNERS])).toEqual([]);
  });
});

describe('what is not exact says so, and keeps exact members', () => {
  const cases: [string, string][] = [
    ['^(a|b)\\1$', 'backreference'],
    ['(?<=a)b', 'lookbehind'],
    ['^(?:a\\b-?){70}$', 'assertion inside a long counted repetition'],
    ['('.repeat(300) + ')'.repeat(300), 'very long or deep expression'],
  ];
  test.each(cases)('%s: %s', (pattern, reason) => {
    const reading = languageOf(pattern);
    expect(reading.reason).toBe(reason);
    expect(reading.language.exact).toBe(false);
    expect(disagreements(pattern, allWords('ab-', 4))).toEqual([]);
  });
});

test('a faulty one is reported with the engine’s words', () => {
  expect(parseRegex('a(')).toHaveProperty('invalid');
});

test('random ones agree with the native one on every word of three letters', () => {
  const random = seeded(20261123);
  const words = allWords('ab-', 4);
  for (let i = 0; i < 1500; i++) {
    const pattern = randomRegex(random, 4);
    expect([pattern, disagreements(pattern, words)]).toEqual([pattern, []]);
  }
});
