import { regexLanguage } from './regex.ts';
import type { Language } from './term.ts';

/**
 * A URI after RFC 3986, appendix A, with the two liberties that ajv-formats takes: one slash may stand before
 * an authority, and numbers in IPv4 addresses may begin with zeros.
 */
export function uriFormat(): Language {
  const hex = '[0-9a-f]';
  const encoded = `%${hex}{2}`;
  const name = "a-z0-9\\-._~!$&'()*+,;=";
  const segmentChar = `(?:[${name}:@]|${encoded})`;
  const segments = `(?:/${segmentChar}*)*`;
  const group = `${hex}{1,4}`;
  const byte = '(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)';
  const ipv4 = `(?:${byte}\\.){3}${byte}`;
  const last32 = `(?:${group}:${group}|${ipv4})`;
  const upTo = (count: number) => `(?:(?:${group}:){0,${count}}${group})?::`;
  const ipv6 = [
    `(?:${group}:){6}${last32}`,
    `::(?:${group}:){5}${last32}`,
    `(?:${group})?::(?:${group}:){4}${last32}`,
    ...[1, 2, 3].map((count) => `${upTo(count)}(?:${group}:){${4 - count}}${last32}`),
    `${upTo(4)}${last32}`,
    `${upTo(5)}${group}`,
    upTo(6),
  ].join('|');
  const literal = `\\[(?:${ipv6}|v${hex}+\\.[${name}:]+)\\]`;
  const user = `(?:(?:[${name}:]|${encoded})*@)?`;
  const host = `(?:${literal}|(?:[${name}]|${encoded})*)`;
  const authority = `/?/${user}${host}(?::[0-9]*)?${segments}`;
  const absolute = `/(?:${segmentChar}+${segments})?`;
  const rootless = `${segmentChar}+${segments}`;
  const tail = `(?:[${name}:@/?]|${encoded})*`;
  const uri = `^[a-z][a-z0-9+\\-.]*:(?:${authority}|${absolute}|${rootless})(?:\\?${tail})?(?:#${tail})?$`;
  return regexLanguage(uri, 'i').language;
}
