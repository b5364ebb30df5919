import { fullFormats } from 'ajv-formats/dist/formats.js';
import { approximate } from './approximate.ts';
import { union } from './boolean.ts';
import { charSet, LINE_TERMINATORS } from './chars.ts';
import { concat, repeat, sequence } from './concat.ts';
import { makeFamiliar } from './familiar.ts';
import { dateFormat, dateTimeFormat, type FormatBounds, timeFormat } from './format-dates.ts';
import { uriFormat } from './format-uri.ts';
import { chars } from './primitive.ts';
import { regexLanguage } from './regex.ts';
import { ALL, EPSILON, type Language } from './term.ts';

/** The formats that are functions in ajv-formats; the others are regular expressions there, and are read from it. */
const WRITTEN = new Map<string, () => Language>([
  ['date', dateFormat],
  ['time', () => bounded('time', timeFormat(true))],
  ['date-time', () => bounded('date-time', dateTimeFormat(true))],
  ['iso-time', () => bounded('iso-time', timeFormat(false))],
  ['iso-date-time', () => bounded('iso-date-time', dateTimeFormat(false))],
  ['uri', uriFormat],
  ['byte', byteFormat],
  ['regex', regexFormat],
]);

/** What the formats usually look like, for witnesses. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  date: ['2026-01-31'],
  time: ['12:00:00Z'],
  'date-time': ['2026-01-31T12:00:00Z'],
  'iso-time': ['12:00:00Z'],
  'iso-date-time': ['2026-01-31T12:00:00Z'],
  duration: ['P1D', 'PT1H'],
  uri: ['https://example.com/', 'https://example.com/path', 'http://example.com/', 'urn:example:a'],
  'uri-reference': ['https://example.com/', '/path'],
  url: ['https://example.com/', 'https://example.com/path', 'http://example.com/'],
  email: ['someone@example.com'],
  hostname: ['example.com'],
  ipv4: ['192.0.2.1'],
  ipv6: ['2001:db8::1'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000'],
};

const made = new Map<string, Language>();

/**
 * The strings that ajv-formats, in full mode, accepts for a format; undefined for formats it does not know and for
 * those of numbers. Exact but for `regex` and for leap seconds: see {@link timeFormat}.
 */
export function formatLanguage(name: string): Language | undefined {
  const known = made.get(name);
  if (known) return known;
  const language = makeFormat(name);
  if (language) {
    made.set(name, language);
    makeFamiliar(language, USUAL[name] ?? []);
  }
  return language;
}

function makeFormat(name: string): Language | undefined {
  const written = WRITTEN.get(name);
  if (written) return written();
  const format: unknown = Object.hasOwn(fullFormats, name) ? Reflect.get(fullFormats, name) : undefined;
  if (format === true) return ALL;
  return format instanceof RegExp ? regexLanguage(format.source, format.flags).language : undefined;
}

function bounded(name: keyof typeof fullFormats, { over, under }: FormatBounds): Language {
  const { validate } = fullFormats[name] as { validate: (text: string) => boolean };
  return approximate({ key: `format ${name}`, over, under, member: validate, reason: `format ${name}` });
}

/** Some line of the text is Base64. */
function byteFormat(): Language {
  const { language } = regexLanguage('^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$', 'u');
  const newline = chars(LINE_TERMINATORS);
  const start = union([EPSILON, concat(ALL, newline)]);
  const end = union([EPSILON, concat(newline, ALL)]);
  return sequence([start, language, end]);
}

/** Surely valid: letters and digits only. */
const LITERALS = repeat(chars(charSet([0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a])), 0, Number.POSITIVE_INFINITY);

function regexFormat(): Language {
  const format = fullFormats.regex as (text: string) => boolean;
  return approximate({ key: 'format regex', under: LITERALS, member: format, reason: 'format regex' });
}
