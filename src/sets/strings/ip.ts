import { intersection, union } from './boolean.ts';
import { words } from './build.ts';
import { charSet } from './chars.ts';
import { concat, lengthBetween, repeat, sequence, word } from './concat.ts';
import { chars } from './primitive.ts';
import { EPSILON, type Language, NONE } from './term.ts';

/** An IP address as a number. IPv4-mapped IPv6 addresses count as IPv4. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** Longer texts are not read as IPv4 addresses, however many zeros they begin with. */
const LONGEST_IPV4 = 15;
/** ::ffff:0:0, where the IPv6 forms of IPv4 addresses begin. */
const MAPPED = 0xffff_0000_0000n;
const LAST_IPV4 = 0xffff_ffffn;

/**
 * Every spelling of one address: as event patterns compare it, `010.0.0.1` is 10.0.0.1, `2001:DB8::1` is
 * 2001:db8:0:0:0:0:0:1, and ::ffff:102:304 is 1.2.3.4.
 */
export function ipLiteral(address: IpAddress): Language {
  return cidr(address, address);
}

/** Every text of an address between two, both included; of another family than theirs: none. Exact. */
export function cidr(low: IpAddress, high: IpAddress): Language {
  if (low.family !== high.family || low.bits > high.bits) return NONE;
  if (low.family === 4) {
    const dotted = intersection([ipv4Texts(low.bits, high.bits), lengthBetween(0, LONGEST_IPV4)]);
    return union([dotted, ipv6Texts(MAPPED + low.bits, MAPPED + high.bits)]);
  }
  // What is written like IPv6 but mapped is an IPv4 address.
  const before = high.bits < MAPPED ? high.bits : MAPPED - 1n;
  const after = low.bits > MAPPED + LAST_IPV4 ? low.bits : MAPPED + LAST_IPV4 + 1n;
  return union([ipv6Texts(low.bits, before), ipv6Texts(after, high.bits)]);
}

/** A range of each digit of an address in some base, most significant first. */
type Box = readonly { readonly low: number; readonly high: number }[];

/** The numbers from `low` to `high` as boxes: ranges of digits that are independent of each other. */
function boxes(low: bigint, high: bigint, digits: number, bits: bigint): Box[] {
  if (low > high) return [];
  const unit = 1n << (bits * BigInt(digits - 1));
  const first = Number(low / unit);
  const last = Number(high / unit);
  if (digits === 1) return [[{ low: first, high: last }]];
  const at = (digit: number, rest: Box[]): Box[] => rest.map((box) => [{ low: digit, high: digit }, ...box]);
  const lowRest = low % unit;
  const highRest = high % unit;
  if (first === last) return at(first, boxes(lowRest, highRest, digits - 1, bits));
  const out: Box[] = [];
  const whole = boxes(0n, unit - 1n, digits - 1, bits);
  const from = lowRest === 0n ? first : first + 1;
  const to = highRest === unit - 1n ? last : last - 1;
  if (from > first) out.push(...at(first, boxes(lowRest, unit - 1n, digits - 1, bits)));
  if (from <= to) out.push(...whole.map((box) => [{ low: from, high: to }, ...box]));
  if (to < last) out.push(...at(last, boxes(0n, highRest, digits - 1, bits)));
  return out;
}

function ipv4Texts(low: bigint, high: bigint): Language {
  const dot = word('.');
  return union(
    boxes(low, high, 4, 8n).map((box) =>
      sequence(box.flatMap((range, i) => (i === 0 ? [decimal(range)] : [dot, decimal(range)]))),
    ),
  );
}

const ZEROS = repeat(word('0'), 0, Number.POSITIVE_INFINITY);

function decimal({ low, high }: Box[number]): Language {
  return concat(ZEROS, words(Array.from({ length: high - low + 1 }, (_, i) => String(low + i))));
}

function ipv6Texts(low: bigint, high: bigint): Language {
  return union(boxes(low, high, 8, 16n).flatMap(groupTexts));
}

/** The texts of a box of eight groups: written out, or with any run of groups that may be zero as `::`. */
function groupTexts(box: Box): Language[] {
  const groups = box.map(hexadecimal);
  const out = [joined(groups)];
  for (let from = 0; from < 8; from++) {
    for (let to = from; to < 8 && box[to]!.low === 0; to++) {
      out.push(sequence([joined(groups.slice(0, from)), word('::'), joined(groups.slice(to + 1))]));
    }
  }
  return out;
}

function joined(groups: readonly Language[]): Language {
  const colon = word(':');
  return groups.reduceRight(
    (rest, group) => (rest === EPSILON ? group : sequence([group, colon, rest])),
    EPSILON,
  );
}

function digits(low: number, high: number): Language {
  const ranges: number[] = [];
  for (let digit = low; digit <= high; digit++) {
    for (const c of new Set([digit.toString(16), digit.toString(16).toUpperCase()])) {
      ranges.push(c.charCodeAt(0), c.charCodeAt(0));
    }
  }
  return chars(charSet(ranges));
}

const ANY_DIGIT = digits(0, 15);

/** A group between two values, with any number of leading zeros, in either case. */
function hexadecimal({ low, high }: Box[number]): Language {
  if (low === 0 && high === 0xffff) return concat(ZEROS, repeat(ANY_DIGIT, 1, 4));
  const fixed = union(
    boxes(BigInt(low), BigInt(high), 4, 4n).map((box) =>
      sequence(box.map((range) => digits(range.low, range.high))),
    ),
  );
  return union([concat(ZEROS, fixed), shortened(low, high)]);
}

/** Groups written with fewer than four digits. */
function shortened(low: number, high: number): Language {
  return union(
    [1, 2, 3].map((length) => {
      const most = 16 ** length - 1;
      if (low > most) return NONE;
      const parts = boxes(BigInt(low), BigInt(Math.min(high, most)), length, 4n);
      return union(parts.map((box) => sequence(box.map((range) => digits(range.low, range.high)))));
    }),
  );
}
