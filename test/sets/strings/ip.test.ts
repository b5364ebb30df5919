import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/sets/budget.ts';
import {
  cidr,
  contains,
  type IpAddress,
  includes,
  intersection,
  ipLiteral,
  isEmpty,
  readableWord,
  sample,
} from '../../../src/sets/strings/language.ts';
import { seeded } from './support.ts';

/** Reads an IP literal by the rules of event patterns, by hand. */
function parse(text: string): IpAddress | undefined {
  if (/^\d+(\.\d+){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    if (text.length > 15 || parts.some((part) => part > 255)) return undefined;
    return { family: 4, bits: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  if (!/^[0-9a-fA-F:]*$/.test(text) || text.split('::').length > 2 || text.includes(':::')) return undefined;
  const sides = text.split('::').map((side) => (side === '' ? [] : side.split(':')));
  const groups = sides.flat();
  if (groups.some((group) => group === '' || Number.parseInt(group, 16) > 0xffff)) return undefined;
  if (sides.length === 1 ? groups.length !== 8 : groups.length > 7) return undefined;
  const missing: string[] = Array.from({ length: 8 - groups.length }, () => '0');
  const all = [...sides[0]!, ...missing, ...(sides[1] ?? [])];
  const bits = all.reduce((sum, group) => sum * 0x10000n + BigInt(Number.parseInt(group, 16)), 0n);
  return bits >> 32n === 0xffffn ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits };
}

function block(text: string): [IpAddress, IpAddress] {
  const [literal = '', length = ''] = text.split('/');
  const { family, bits } = parse(literal)!;
  const size = 1n << BigInt((family === 4 ? 32 : 128) - Number(length));
  const low = bits - (bits % size);
  return [
    { family, bits: low },
    { family, bits: low + size - 1n },
  ];
}

const TEXTS = [
  '10.0.0.1',
  '010.0.0.1',
  '10.0.0.01',
  '0010.0.0.00001',
  '00010.000.000.001',
  '10.0.0.1 ',
  '10.0.0',
  '10.0.0.256',
  '10.1.2.3',
  '11.0.0.0',
  '9.255.255.255',
  '255.255.255.255',
  '0.0.0.0',
  '000000000.0.0.0',
  '0000000000.0.0.0',
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '::0001',
  '::00000001',
  '1::',
  ':1',
  '1:',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1:2:3:4::5:6:7:8',
  '1::2::3',
  ':::',
  '2001:DB8::1',
  '2001:db8:0::0:1',
  '2001:db9::',
  '::ffff:a00:1',
  '0:0:0:0:0:FFFF:0A00:0001',
  '::ffff:10.0.0.1',
  '::fffe:a00:1',
  '::10000',
  'g::',
  '',
  'a',
  '12:34',
  '::ffff:0:0',
  '::1:0:0:0',
  '::ffff:ffff:ffff',
  'fe80::1%eth0',
];

describe('an address is compared, however it is written', () => {
  test.each([
    '10.0.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '1:2:3:4:5:6:7:8',
    '2001:db8::1',
    '1:0:0:4::8',
    '::ffff:a00:1',
  ])('%s', (literal) => {
    const address = parse(literal)!;
    const language = ipLiteral(address);
    for (const text of [...TEXTS, literal]) {
      const other = parse(text);
      const same = other !== undefined && other.family === address.family && other.bits === address.bits;
      expect([text, contains(language, text)]).toEqual([text, same]);
    }
    const random = seeded(1);
    for (let i = 0; i < 30; i++)
      expect(parse(sample(language, random, new Budget(50_000), 20)!)).toEqual(address);
  });
});

describe('a block holds the texts of its addresses', () => {
  test.each([
    '10.0.0.0/8',
    '10.0.0.0/31',
    '0.0.0.0/0',
    '10.1.2.3/13',
    '128.0.0.0/1',
    '::/0',
    '2001:db8::/32',
    '2001:db8::/33',
    '::/64',
    '::ffff:0:0/24',
    '::/127',
    '::fffe:0:0/95',
    'fe80::/10',
  ])('%s', (text) => {
    const [low, high] = block(text);
    const language = cidr(low, high);
    const inside = (address: IpAddress | undefined) =>
      address !== undefined &&
      address.family === low.family &&
      low.bits <= address.bits &&
      address.bits <= high.bits;
    for (const other of TEXTS)
      expect([other, contains(language, other)]).toEqual([other, inside(parse(other))]);
    const random = seeded(2);
    for (let i = 0; i < 60; i++) {
      const drawn = sample(language, random, new Budget(50_000), 16)!;
      expect([drawn, inside(parse(drawn))]).toEqual([drawn, true]);
    }
  });

  test('smaller blocks lie in larger ones, others do not meet', () => {
    const of = (text: string) => cidr(...block(text));
    const budget = () => new Budget(50_000);
    expect(includes(of('10.0.0.0/8'), of('10.3.0.0/17'), budget())).toBe(true);
    expect(includes(of('10.3.0.0/17'), of('10.0.0.0/8'), budget())).toBe(false);
    expect(includes(of('2001:db8::/32'), of('2001:db8:1::/48'), budget())).toBe(true);
    expect(isEmpty(intersection([of('10.0.0.0/8'), of('11.0.0.0/8')]), budget())).toBe(true);
    expect(isEmpty(intersection([of('::/0'), of('0.0.0.0/0')]), budget())).toBe(true);
    expect(readableWord(of('192.0.2.0/24'), budget()).answer).toBe('yes');
  });
});
