import type { Address, Choice, NumericChoice } from '../pattern.ts';
import { isAscii } from './ascii-case.ts';
import { plainString } from './choice-test.ts';

/**
 * How the conditions that a value meets are found: each choice of a condition stands in one index of its field, or
 * in none (`tested`), and is then tried on every event for which that matters.
 */
export type Entry =
  | { readonly index: 'string'; readonly key: string }
  | { readonly index: 'other'; readonly key: number | string }
  | {
      readonly index: 'prefix' | 'suffix' | 'folded prefix' | 'folded suffix';
      /** In lower case if folded. */
      readonly affix: string;
    }
  | { readonly index: 'number'; readonly low: number; readonly high: number }
  | { readonly index: 'address'; readonly low: bigint; readonly high: bigint }
  | { readonly index: 'tested'; readonly likelihood: number };

/** From best to worst: found in a hash map, found in a sorted index, tested. */
export const EXACT = 0;
export const INDEXED = 1;
export const TESTED = 2;
export type Access = typeof EXACT | typeof INDEXED | typeof TESTED;

export function accessOf(entry: Entry): Access {
  if (entry.index === 'string' || entry.index === 'other') return EXACT;
  return entry.index === 'tested' ? TESTED : INDEXED;
}

/** Where a choice stands. An index may list more conditions than a value meets; they are tested then. */
export function entryOf(choice: Choice): Entry {
  const plain = plainString(choice);
  if (plain !== undefined) return { index: 'string', key: plain };
  switch (choice.kind) {
    case 'string':
      return { index: 'other', key: addressKey(choice.address!) };
    case 'number':
      return { index: 'other', key: choice.number.comparable ? choice.number.value : choice.number.raw };
    case 'literal':
      return { index: 'other', key: String(choice.value) };
    case 'prefix':
    case 'suffix':
      return affix(choice.kind, choice.value, choice.ignoreCase);
    case 'equals-ignore-case':
      return affix('prefix', choice.value, true);
    case 'wildcard': {
      const head = choice.parts[0]!;
      const tail = choice.parts[choice.parts.length - 1]!;
      if (head === '' && tail === '') return { index: 'tested', likelihood: 0.3 };
      return head === '' ? affix('suffix', tail, false) : affix('prefix', head, false);
    }
    case 'numeric':
      return range(choice);
    case 'cidr':
      return { index: 'address', low: addressNumber(choice.low), high: addressNumber(choice.high) };
    default:
      return { index: 'tested', likelihood: 0.9 };
  }
}

function affix(kind: 'prefix' | 'suffix', value: string, ignoreCase: boolean): Entry {
  if (ignoreCase && !isAscii(value)) return { index: 'tested', likelihood: 0.1 };
  return ignoreCase ? { index: `folded ${kind}`, affix: value.toLowerCase() } : { index: kind, affix: value };
}

function range({ lower, upper }: NumericChoice): Entry {
  const low = lower?.value ?? Number.NEGATIVE_INFINITY;
  const high = upper?.value ?? Number.POSITIVE_INFINITY;
  return { index: 'number', low, high };
}

/** Equal for all spellings of an address; holds a colon, which neither a number nor a literal does. */
export function addressKey({ family, bits }: Address): string {
  return `${family}:${bits}`;
}

/** A number for every address: those of IPv6 come after those of IPv4. */
export function addressNumber({ family, bits }: Address): bigint {
  return family === 4 ? bits : bits + (1n << 32n);
}
