import { describe, expect, test } from 'vitest';
import {
  contains,
  equalsIgnoreCase,
  prefixIgnoreCase,
  suffixIgnoreCase,
} from '../../../src/sets/strings/language.ts';
import { pick, seeded } from './support.ts';

/** Straight from the rule: each unit of the pattern takes its lower or upper case form off the text. */
function matches(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first = '', ...rest] = Array.from(pattern);
  const forms = first.length > 1 ? [first] : [first.toLowerCase(), first.toUpperCase()];
  return forms.some((form) => text.startsWith(form) && matches(rest.join(''), text.slice(form.length)));
}

describe('equals-ignore-case', () => {
  const cases: [string, string, boolean][] = [
    ['yes', 'YeS', true],
    ['yes', 'yess', false],
    ['', '', true],
    ['ß', 'SS', true],
    ['ß', 'ß', true],
    ['ß', 'ss', false],
    ['ss', 'ß', false],
    ['straße', 'STRASSE', true],
    ['straße', 'STRAßE', true],
    ['ı', 'I', true],
    ['i', 'İ', false],
    ['İ', 'İ', true],
    ['İ', 'i\u0307', true],
    ['Σ', 'ς', false],
    ['Σ', 'σ', true],
    ['ς', 'Σ', true],
    ['ǅ', 'ǆ', true],
    ['ǅ', 'Ǆ', true],
    ['ǅ', 'ǅ', false],
    ['\u212a', 'k', true],
    ['\u212a', 'K', false],
    ['k', '\u212a', false],
    ['😀', '😀', true],
  ];
  test.each(cases)('%s and %s: %s', (pattern, text, expected) => {
    expect(contains(equalsIgnoreCase(pattern), text)).toBe(expected);
    expect(contains(prefixIgnoreCase(pattern), `${text}-rest`)).toBe(
      expected || pattern === '' || pattern === 'yes',
    );
    expect(contains(suffixIgnoreCase(pattern), `rest-${text}`)).toBe(expected || pattern === '');
  });

  test('agrees with the rule on random texts', () => {
    const random = seeded(3);
    const letters = [
      'a',
      'A',
      'ß',
      'S',
      's',
      'ŉ',
      'ʼ',
      'N',
      'ﬀ',
      'F',
      'f',
      'ΐ',
      'Ι',
      '\u0308',
      '\u0301',
      'İ',
      'i',
      '\u0307',
    ];
    const text = () => Array.from({ length: Math.floor(random() * 5) }, () => pick(random, letters)).join('');
    for (let i = 0; i < 3000; i++) {
      const pattern = text();
      const other = random() < 0.5 ? text() : pick(random, [pattern.toUpperCase(), pattern.toLowerCase()]);
      const language = equalsIgnoreCase(pattern);
      expect([pattern, other, contains(language, other)]).toEqual([pattern, other, matches(pattern, other)]);
    }
  });
});
