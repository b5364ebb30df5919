import type { Draws } from './draws.ts';

/** Field names: few, so that paths meet; the one whose order differs, one with a dot, one like a number. */
export const names = ['a', 'b', 'c', 'a.b', 'Z', 'd', '1', 'é', 'b.c', 'a-b'];

/** Strings that are prefixes, suffixes and case variants of one another, and those where Unicode is special. */
export const texts = [
  ...[
    'a',
    'b',
    'ab',
    'aba',
    'abc',
    'A',
    'aB',
    'ba',
    '',
    'x',
    'xy',
    'true',
    '1',
    ' ',
    'a b',
    'a*',
    'b\\',
    'a/b',
  ],
  ...['é', 'É', 'e\u0301', 'ß', 'SS', 'ss', 'ı', 'I', 'i', 'İ', 'Σ', 'ς', 'σ', 'ǅ', 'ǆ', '\u212a', 'k', 'ﬀ'],
  ...[
    '10.0.0.1',
    '10.0.0.01',
    '10.0.0.256',
    '::1',
    '0:0:0:0:0:0:0:1',
    '12:34',
    '2001:DB8::1',
    '\n',
    'a"',
    '😀',
  ],
];

export const wildcards = [
  ...[
    '*',
    '',
    'a*',
    '*a',
    'a*b',
    '*b*',
    'a*b*a',
    '*a*b',
    'ab',
    '*\\*',
    '\\\\*',
    'a\\*',
    '*ß',
    'x*y*',
    '*aba',
    'a*a',
  ],
];

export const invalidWildcards = ['**', 'a\\n', 'a\\'];

/** Comparable numbers, as they may be written. */
export const numbers = [
  ...[
    '0',
    '1',
    '2',
    '-1',
    '10',
    '1.0',
    '1e0',
    '1E+1',
    '-0',
    '0.1',
    '0.5',
    '100',
    '5e9',
    '-1.5',
    '1e2',
    '105',
    '300',
  ],
  ...['1.25', '6000000000', '0.30000000000000004', '1e22', '1e300', '12345678', '-122.42916360011213'],
];

/** Numbers that are not the shortest spelling of any double, and one that only a newer Java prints shortest. */
export const oddNumbers = [
  ...['0.10000000000000001', '9007199254740993', '9007199254740993.0', '1e400', '1e-400', '2e23'],
];

export const addresses = [
  ...[
    '10.0.0.1',
    '10.0.0.7',
    '10.0.1.0',
    '010.0.0.1',
    '1.2.3.4',
    '255.255.255.255',
    '0.0.0.0',
    '192.168.1.200',
  ],
  ...[
    '::1',
    '::',
    '2001:db8::1',
    '2001:DB8:0:0:0:0:0:1',
    'fe80::1:2',
    '::ffff:102:304',
    'a00:1::',
    '1:2:3:4:5:6:7:8',
  ],
];

/** A JSON string, now and then with a unit escaped that needs no escape. */
export function spelled(text: string, draws: Draws): string {
  const plain = JSON.stringify(text);
  if (text === '' || !draws.once(12)) return plain;
  const at = draws.below(text.length);
  const escape = `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
  return (
    JSON.stringify(text.slice(0, at)).slice(0, -1) + escape + JSON.stringify(text.slice(at + 1)).slice(1)
  );
}
