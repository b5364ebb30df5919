import type { Span } from '../json/document.ts';

/**
 * An event pattern, parsed. `$or` is already expanded: the pattern matches an event if one of its alternatives
 * does, and an alternative does if each of its conditions is met (with array consistency across them).
 */
export interface Pattern {
  readonly alternatives: readonly Alternative[];
  readonly span: Span;
}

/** Conditions in UTF-16 order of their paths (the order decides `exists: false` under arrays); no path twice. */
export interface Alternative {
  readonly conditions: readonly Condition[];
}

/** One field: met if a value at the path is accepted by one of the choices. */
export interface Condition {
  /** Field names joined by `.`, unescaped: `a.b` is the same path whether written nested or dotted. */
  readonly path: string;
  readonly choices: readonly Choice[];
  /** The list of choices. */
  readonly span: Span;
  /** The key, or the last of the keys, that names the path. */
  readonly keySpan: Span;
}

export type Choice =
  | StringChoice
  | ExactlyChoice
  | NumberChoice
  | LiteralChoice
  | AffixChoice
  | IgnoreCaseChoice
  | WildcardChoice
  | NumericChoice
  | CidrChoice
  | ExistsChoice
  | AnythingButChoice;

interface Located {
  readonly span: Span;
}

/** A bare string. If it is an IP literal it is compared as an address: every spelling of it matches. */
export interface StringChoice extends Located {
  readonly kind: 'string';
  readonly value: string;
  readonly address?: Address;
}

/** `{"exactly": "text"}`: a string without the treatment of IP literals. */
export interface ExactlyChoice extends Located {
  readonly kind: 'exactly';
  readonly value: string;
}

/** A bare number. Comparable ones match by value, the others only the same characters. */
export interface NumberChoice extends Located {
  readonly kind: 'number';
  readonly number: PatternNumber;
}

export interface PatternNumber {
  readonly raw: string;
  readonly value: number;
  /** Whether the decimal value equals the shortest decimal of its nearest double. */
  readonly comparable: boolean;
}

export interface LiteralChoice extends Located {
  readonly kind: 'literal';
  readonly value: true | false | null;
}

export interface AffixChoice extends Located {
  readonly kind: 'prefix' | 'suffix';
  readonly value: string;
  readonly ignoreCase: boolean;
}

export interface IgnoreCaseChoice extends Located {
  readonly kind: 'equals-ignore-case';
  readonly value: string;
}

/** Literal parts between the stars, escapes resolved: `a*b` is `["a","b"]`, `*` is `["",""]`, `x` is `["x"]`. */
export interface WildcardChoice extends Located {
  readonly kind: 'wildcard';
  readonly value: string;
  readonly parts: readonly string[];
}

/** `["=", n]` has both bounds at n, inclusive. */
export interface NumericChoice extends Located {
  readonly kind: 'numeric';
  readonly lower?: Bound;
  readonly upper?: Bound;
}

export interface Bound {
  readonly value: number;
  readonly inclusive: boolean;
}

export interface CidrChoice extends Located {
  readonly kind: 'cidr';
  readonly value: string;
  readonly low: Address;
  readonly high: Address;
}

/** An IP address as a number; IPv4-mapped IPv6 is already IPv4. */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

export interface ExistsChoice extends Located {
  readonly kind: 'exists';
  readonly value: boolean;
}

/** A leaf that is present and that none of the values applies to; leaves of other types pass. */
export interface AnythingButChoice extends Located {
  readonly kind: 'anything-but';
  readonly of: AnythingButSet;
}

export type AnythingButSet =
  | { readonly kind: 'strings'; readonly values: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: readonly PatternNumber[] }
  | { readonly kind: 'prefix' | 'suffix' | 'equals-ignore-case'; readonly values: readonly string[] }
  | {
      readonly kind: 'wildcard';
      readonly values: readonly { readonly value: string; readonly parts: readonly string[] }[];
    };

/** Where a pattern is used: each place has its own operators and limits. */
export type Dialect = 'rule' | 'pipe' | 'subscriber';
