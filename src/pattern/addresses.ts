import type { Address } from './pattern.ts';

const GROUP = /^[0-9a-fA-F]+$/;
const V4_IN_V6 = 0xffffn << 32n;

/**
 * An IP literal as a number, or undefined for every other text. IPv4: four decimal parts of 0 to 255, leading
 * zeros allowed, at most 15 characters. IPv6: hexadecimal groups with at most one `::`, which stands for at least
 * one group; no zone, no dotted tail. IPv4-mapped IPv6 (`::ffff:102:304`) is the IPv4 address.
 */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) return parseV6(text);
  return text.includes('.') ? parseV4(text) : undefined;
}

function parseV4(text: string): Address | undefined {
  if (text.length > 15 || !/^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/.test(text)) return undefined;
  let bits = 0n;
  for (const part of text.split('.')) {
    const value = Number(part);
    if (value > 255) return undefined;
    bits = (bits << 8n) | BigInt(value);
  }
  return { family: 4, bits };
}

function parseV6(text: string): Address | undefined {
  if (!/^[0-9a-fA-F:]*$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0]!);
  const tail = parseGroups(halves[1] ?? '');
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<bigint>(missing).fill(0n), ...tail];
  const bits = groups.reduce((sum, group) => (sum << 16n) | group, 0n);
  return bits >> 32n === V4_IN_V6 >> 32n ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits };
}

function parseGroups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  for (const group of text.split(':')) {
    if (!GROUP.test(group) || group.replace(/^0+/, '').length > 4) return undefined;
    groups.push(BigInt(`0x${group}`));
  }
  return groups;
}

export function sameAddress(a: Address, b: Address): boolean {
  return a.family === b.family && a.bits === b.bits;
}

/** Whether an address lies between two of its own family, bounds included. */
export function withinAddresses(address: Address, low: Address, high: Address): boolean {
  return address.family === low.family && address.bits >= low.bits && address.bits <= high.bits;
}

/**
 * `address/bits` → its first and last address, or the sentence with which the service refuses it. Bits of the host
 * part are ignored; /32 (IPv4) and /128 (IPv6) are refused, a sign, leading zeros and trailing slashes are not.
 */
export function parseCidr(text: string): { readonly low: Address; readonly high: Address } | string {
  const [literal = '', mask, ...rest] = text.replace(/\/+$/, '').split('/');
  if (mask === undefined || rest.length > 0) return "Malformed CIDR, one '/' required";
  if (!/^[+-]?[0-9]+$/.test(mask)) return 'Malformed CIDR, mask bits must be an integer';
  const size = Number(mask);
  if (size < 0) return 'Malformed CIDR, mask bits must not be negative';
  const address = parseAddress(literal);
  if (!address) return `Nonstandard IP address: ${literal}`;
  const width = address.family === 4 ? 32 : 128;
  if (size >= width) return `IPv${address.family} mask bits must be < ${width}`;
  const host = (1n << BigInt(width - size)) - 1n;
  const { family, bits } = address;
  return { low: { family, bits: bits & ~host }, high: { family, bits: bits | host } };
}

/** The shortest usual text: four decimal parts, or lower-case groups with the longest run of zeros as `::`. */
export function printAddress({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [i, group] of groups.entries()) {
    length = group === '0' ? length + 1 : 0;
    if (length > best.length) best = { start: i + 1 - length, length };
  }
  return best;
}

/** The block from its first to its last address, as `address/bits`. */
export function printCidr(low: Address, high: Address): string {
  const width = low.family === 4 ? 32 : 128;
  const host = (high.bits - low.bits).toString(2).replace(/^0$/, '').length;
  return `${printAddress(low)}/${width - host}`;
}
