import type { JsonValue } from '../json/value.ts';
import type { NumberSet } from './numbers/number-set.ts';
import { Cache } from './strings/cache.ts';
import type { Language } from './strings/term.ts';
import { ANY_TYPE, type TypeBit } from './types.ts';

/**
 * A set of JSON values, as a formula over atoms that each speak about one type. Formulas are interned: the same
 * construction is usually the same object, so one `id` means one set (another id means nothing).
 *
 * A universal atom (numbers, strings, length, each, count, items, counted, size, unique) holds of every value of
 * another type, as JSON Schema's keywords do; an existential one (some, anyItem) holds only of its own type.
 * Build them with `atoms.ts` and `combine.ts` only.
 */
export type Formula =
  | Constant
  | TypeIs
  | Numbers
  | Strings
  | Length
  | Members
  | Count
  | Items
  | Counted
  | Size
  | Unique
  | Values
  | Opaque
  | Lazy
  | Junction;

interface Node {
  readonly id: number;
  /** Types of which some value may be a member; an upper bound. */
  readonly can: number;
  /** Types of which every value is a member; a lower bound. */
  readonly sure: number;
  /** The complement, once somebody asked for it. */
  opposite?: Formula;
  /** What is left of the formula for values of one type, by the type's bit. */
  restricted?: Partial<Record<TypeBit, Formula>>;
}

/** Everything (`value: true`) or nothing. */
export interface Constant extends Node {
  readonly kind: 'constant';
  readonly value: boolean;
}
export interface TypeIs extends Node {
  readonly kind: 'type';
  readonly mask: number;
}
/** A number is in the set. */
export interface Numbers extends Node {
  readonly kind: 'numbers';
  readonly set: NumberSet;
}
/** A string is in the language. */
export interface Strings extends Node {
  readonly kind: 'strings';
  readonly language: Language;
}
/** A string has between `from` and `to` code points. */
export interface Length extends Node {
  readonly kind: 'length';
  readonly from: number;
  readonly to: number;
}
/** each: every member of an object whose name is in `names` has a value in `of`. some: one member does. */
export interface Members extends Node {
  readonly kind: 'each' | 'some';
  readonly names: Names;
  readonly of: Formula;
}
/** An object has between `from` and `to` members. */
export interface Count extends Node {
  readonly kind: 'count';
  readonly from: number;
  readonly to: number;
}
/** items: every item at positions `from` to `to` (inclusive, from 0) is in `of`. anyItem: one of them is. */
export interface Items extends Node {
  readonly kind: 'items' | 'anyItem';
  readonly from: number;
  readonly to: number;
  readonly of: Formula;
}
/** Between `from` and `to` items of an array are in `of`. */
export interface Counted extends Node {
  readonly kind: 'counted';
  readonly from: number;
  readonly to: number;
  readonly of: Formula;
}
/** An array has between `from` and `to` items. */
export interface Size extends Node {
  readonly kind: 'size';
  readonly from: number;
  readonly to: number;
}
/** No two items of an array are equal; `value: false`: two are. */
export interface Unique extends Node {
  readonly kind: 'unique';
  readonly value: boolean;
}
/** One of these values (`negated`: none of them). */
export interface Values extends Node {
  readonly kind: 'values';
  readonly values: readonly JsonValue[];
  readonly negated: boolean;
}
/**
 * A predicate the algebra cannot reason about: both it and its complement are taken to be possible, neither is
 * ever a proof. Where `test` is given, a value at hand can still be tested.
 */
export interface Opaque extends Node {
  readonly kind: 'opaque';
  readonly key: string;
  readonly negated: boolean;
  /** The construct, in words. */
  readonly what: string;
  readonly test: ((value: JsonValue) => boolean) | undefined;
}
/** A formula unfolded on demand: the way to say recursion. Equal keys must mean equal sets. */
export interface Lazy extends Node {
  readonly kind: 'lazy';
  readonly key: string;
  readonly unfold: () => Formula;
}
/** Promises: two parts or more, ascending by id, none of the same kind, none constant. */
export interface Junction extends Node {
  readonly kind: 'and' | 'or';
  readonly parts: readonly Formula[];
}

/** A set of member names. */
export interface Names {
  readonly id: number;
  readonly language: Language;
  /** The only name, if there is only one. */
  readonly single: string | undefined;
  has(name: string): boolean;
}

type Body<T> = T extends Formula ? Omit<T, 'id' | 'opposite' | 'restricted'> : never;

const formulas = new Cache<string, Formula>(25_000);
let nextId = 0;

/** The formula known under the key, or a new one. The key must determine the set. */
export function intern(key: string, body: () => Body<Formula>): Formula {
  const known = formulas.get(key);
  if (known) return known;
  const made = make(body());
  formulas.set(key, made);
  return made;
}

/** A new formula that equals no other. */
export function make(body: Body<Formula>): Formula {
  return { ...body, id: nextId++ } as Formula;
}

/** Every value. */
export const TRUE: Formula = make({ kind: 'constant', value: true, can: ANY_TYPE, sure: ANY_TYPE });
/** No value. */
export const FALSE: Formula = make({ kind: 'constant', value: false, can: 0, sure: 0 });
TRUE.opposite = FALSE;
FALSE.opposite = TRUE;
