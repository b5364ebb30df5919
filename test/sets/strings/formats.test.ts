import { type DefinedFormats, fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/sets/budget.ts';
import { overOf, underOf } from '../../../src/sets/strings/approximate.ts';
import {
  complement,
  contains,
  formatLanguage,
  includes,
  intersection,
  isEmpty,
  readableWord,
  sample,
  shortestWord,
} from '../../../src/sets/strings/language.ts';
import { regex, seeded } from './support.ts';

const budget = () => new Budget(100_000);

function judge(name: string): (text: string) => boolean {
  const format = fullFormats[name as keyof DefinedFormats];
  if (format === true) return () => true;
  if (format instanceof RegExp) return (text) => format.test(text);
  if (typeof format === 'function') return format as (text: string) => boolean;
  return (format as { validate: (text: string) => boolean }).validate;
}

const EXAMPLES: Record<string, readonly string[]> = {
  date: [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-1-1',
  ],
  time: [
    '12:00:00Z',
    '12:00:00',
    '23:59:60Z',
    '22:59:60Z',
    '23:59:60+00:00',
    '00:59:60+01:00',
    '22:59:60-01',
    '22:29:60-0130',
    '24:59:00+01:00',
    '46:59:60+23',
    '12:00:60Z',
    '23:59:61Z',
    '12:00:00.123z',
    '23:59:60.5Z',
    '12:00:59.99999999999999999Z',
    '12:00:59.999999999999996447286321199499070644378662109374Z',
    '12:00:59.999999999999996447286321199499070644378662109375Z',
    '12:00:00+24:00',
    '12:00:00+5:00',
  ],
  'date-time': [
    '2024-02-29T12:00:00Z',
    '2024-02-29t12:00:00z',
    '2024-02-29 12:00:00Z',
    '2024-02-29\u200912:00:00Z',
    '2024-02-29TT12:00:00Z',
    '2023-02-29T12:00:00Z',
    '2016-12-31T23:59:60Z',
    '2017-01-01T00:59:60+01:00',
    '2024-01-01T12:00:00',
  ],
  'iso-time': ['12:00:00', '23:59:60', '12:00:00+01'],
  'iso-date-time': ['2024-01-01T12:00:00', '2024-01-01 12:00:00.5', '2024-01-01'],
  duration: ['P1D', 'P', 'PT', 'PT1H', 'P1W', 'P1Y2M3DT4H5M6S', 'P1W2D', 'PT1', 'P1D\n'],
  uri: [
    'https://example.com/a?b#c',
    'urn:a',
    'a:',
    'a://',
    'a:b"c',
    'a:/b"',
    'a://b"c',
    'a://u@h:80/p',
    'a://[::1]/',
    'a://[1:2:3:4:5:6:7:8]',
    'a://[1:2:3:4:5:6:1.2.3.4]',
    'a://[1::2:3:4:5:6:7:8]',
    'a://[v1.x]',
    'A:%41',
    'a:%4',
    'a b:c',
    '1a:b',
    '//a',
    'a:?q#f',
    'a://h:x',
    'ſ:a',
  ],
  'uri-reference': ['', '/a', '//h', 'a:b', '#f', '?q', 'a b', '%zz'],
  'uri-template': ['{a}', '{+a,b*}', '{', 'a{b:10}', 'é', '😀', '{a:0}'],
  url: [
    'http://a.bc',
    'https://ex.com/x y',
    'ftp://10.0.0.1',
    'http://1.2.3.4',
    'httpſ://a.bc',
    'http://é.com',
    'http://😀.com',
  ],
  email: ['a@b.c', 'a.b@c.de', '.a@b.c', 'a@b', 'a@-b.c', 'A@B.C', 'a@b.c\n'],
  hostname: [
    'a',
    'a.b',
    'a.b.',
    '-a',
    'a-',
    `${'a'.repeat(63)}.b`,
    `${'a'.repeat(64)}.b`,
    'a.'.repeat(127),
    'a'.repeat(300),
  ],
  ipv4: ['1.2.3.4', '01.2.3.4', '256.1.1.1', '1.2.3', '255.255.255.255'],
  ipv6: ['::', '::1', '1:2:3:4:5:6:7:8', '1::8', '::1.2.3.4', '1:2:3:4:5:6:7::', '12345::', 'g::', '::1::'],
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    'urn:uuid:123e4567-e89b-12d3-a456-426614174000',
    '123e4567e89b12d3a456426614174000',
  ],
  'json-pointer': ['', '/', '/a/b', '/~0', '/~2', 'a', '/😀', '/\n'],
  'json-pointer-uri-fragment': ['#', '#/a', '#/%41', '#a', '#/é'],
  'relative-json-pointer': ['0', '1/a', '01', '0#', '2/~1', '-1'],
  byte: ['', 'YQ==', 'YWI=', 'YWJj', 'YQ', 'a\nYQ==', 'YQ==\r\n', 'é\u2028'],
  regex: ['a', '(', '[', 'a{1', '\\Z', 'a\\Z', '(?<x>a)', '*'],
  password: ['', 'anything'],
  binary: ['x'],
};

describe.each(Object.entries(EXAMPLES))('%s agrees with ajv-formats', (name, examples) => {
  const language = formatLanguage(name)!;
  const isValid = judge(name);

  test.each(examples)('on %j', (text) => {
    expect(contains(language, text)).toBe(isValid(text));
    if (isValid(text)) expect(contains(overOf(language), text)).toBe(true);
    else expect(contains(underOf(language), text)).toBe(false);
  });

  test('on samples, and on samples with one character changed', () => {
    const random = seeded(11);
    for (let i = 0; i < 40; i++) {
      const text = sample(language, random, budget(), 12);
      if (text === undefined) continue;
      expect([text, isValid(text)]).toEqual([text, true]);
      const at = Math.floor(random() * text.length);
      const other = String.fromCharCode(0x20 + Math.floor(random() * 0x5f));
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      expect([changed, contains(language, changed)]).toEqual([changed, isValid(changed)]);
    }
  });

  test('on its shortest and most readable words', () => {
    for (const find of [shortestWord, readableWord]) {
      const found = find(language, budget());
      expect(found.answer === 'yes' && isValid(found.witness)).toBe(true);
    }
  });
});

test('leap seconds are judged as ajv-formats judges them, at any hour, minute and zone', () => {
  const random = seeded(5);
  const isValid = judge('time');
  const language = formatLanguage('time')!;
  const digits = (limit: number) => String(Math.floor(random() * limit)).padStart(2, '0');
  for (let i = 0; i < 3000; i++) {
    const minute = digits(60);
    const zone = `${random() < 0.5 ? '+' : '-'}${digits(24)}:${random() < 0.5 ? minute : digits(60)}`;
    const text = `${digits(50)}:${random() < 0.5 ? '59' : digits(100)}:${random() < 0.8 ? '60' : digits(62)}${zone}`;
    const valid = isValid(text);
    expect([text, contains(language, text)]).toEqual([text, valid]);
    if (valid) expect(contains(overOf(language), text)).toBe(true);
    else expect(contains(underOf(language), text)).toBe(false);
  }
});

describe('questions about formats', () => {
  const format = (name: string) => formatLanguage(name)!;
  test('an ordinary regular expression holds every date-time', () => {
    const dateTime = regex(
      '^\\d{4}-\\d\\d-\\d\\d[Tt\\s]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?([zZ]|[+-]\\d\\d(:?\\d\\d)?)$',
    );
    expect(includes(dateTime, format('date-time'), budget())).toBe(true);
    expect(includes(format('date-time'), dateTime, budget())).toBe(false);
  });
  test('one of UTC times is inside date-time', () => {
    const utc = regex('^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$');
    expect(includes(format('date-time'), utc, budget())).toBe(true);
  });
  test('a date is no time, a uuid is no date', () => {
    expect(isEmpty(intersection([format('date'), format('time')]), budget())).toBe(true);
    expect(isEmpty(intersection([format('uuid'), format('date-time')]), budget())).toBe(true);
  });
  test('a format is inside itself, and nothing is in it and outside it', () => {
    for (const name of Object.keys(EXAMPLES)) {
      expect(includes(format(name), format(name), budget())).toBe(true);
      expect(isEmpty(intersection([format(name), complement(format(name))]), budget())).toBe(true);
    }
  });
  test('formats of numbers, and unknown ones, are none of strings', () => {
    for (const name of ['int32', 'double', 'no-such-format', 'constructor'])
      expect(formatLanguage(name)).toBeUndefined();
  });
  test('witnesses look as usual', () => {
    const found = readableWord(intersection([format('date-time'), regex('^2026-.*Z$')]), budget());
    expect(found).toEqual({ answer: 'yes', witness: '2026-01-31T12:00:00Z' });
  });
});
