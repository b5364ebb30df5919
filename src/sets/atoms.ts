import type { JsonValue } from '../json/value.ts';
import { canonicalJson } from '../json/value.ts';
import { FALSE, type Formula, intern, type Names, type Opaque, TRUE } from './formula.ts';
import { typeIs } from './junction.ts';
import { ALL_NUMBERS, NO_NUMBER, type NumberSet } from './numbers/number-set.ts';
import { ALL, type Language, NONE } from './strings/term.ts';
import { ANY_TYPE, ARRAY, NUMBER, OBJECT, STRING, typeOf } from './types.ts';

const UNTYPED = { can: ANY_TYPE };
const MANY = Number.POSITIVE_INFINITY;

/** If it is a number, it is in the set. */
export function numbers(set: NumberSet): Formula {
  if (set === ALL_NUMBERS) return TRUE;
  if (set === NO_NUMBER) return typeIs(ANY_TYPE & ~NUMBER);
  return intern(`# ${set.id}`, () => ({ kind: 'numbers', set, ...UNTYPED, sure: ANY_TYPE & ~NUMBER }));
}

/** If it is a string, it is in the language. */
export function strings(language: Language): Formula {
  if (language === ALL) return TRUE;
  if (language === NONE) return typeIs(ANY_TYPE & ~STRING);
  const key = `" ${language.id}`;
  return intern(key, () => ({ kind: 'strings', language, ...UNTYPED, sure: ANY_TYPE & ~STRING }));
}

/** If it is a string, it has between `from` and `to` code points. */
export function length(from: number, to: number): Formula {
  return range('length', STRING, from, to);
}

/** If it is an object, it has between `from` and `to` members. */
export function count(from: number, to: number): Formula {
  return range('count', OBJECT, from, to);
}

/** If it is an array, it has between `from` and `to` items. */
export function size(from: number, to: number): Formula {
  return range('size', ARRAY, from, to);
}

function range(kind: 'length' | 'count' | 'size', type: number, from: number, to: number): Formula {
  const low = Math.max(0, from);
  if (low > to || low === MANY) return typeIs(ANY_TYPE & ~type);
  if (low === 0 && to === MANY) return TRUE;
  return intern(`${kind} ${low} ${to}`, () => ({
    kind,
    from: low,
    to,
    ...UNTYPED,
    sure: ANY_TYPE & ~type,
  }));
}

/** If it is an object, every member whose name is in `names` has a value in `of`. */
export function each(names: Names, of: Formula): Formula {
  if (of === TRUE || names.language === NONE) return TRUE;
  const key = `A ${names.id} ${of.id}`;
  return intern(key, () => ({ kind: 'each', names, of, ...UNTYPED, sure: ANY_TYPE & ~OBJECT }));
}

/** It is an object with a member whose name is in `names` and whose value is in `of`. */
export function some(names: Names, of: Formula): Formula {
  if (of === FALSE || names.language === NONE) return FALSE;
  return intern(`E ${names.id} ${of.id}`, () => ({ kind: 'some', names, of, can: OBJECT, sure: 0 }));
}

/** If it is an array, every item at positions `from` to `to` is in `of`. */
export function items(from: number, to: number, of: Formula): Formula {
  if (of === TRUE || from > to || from === MANY) return TRUE;
  const key = `a ${from} ${to} ${of.id}`;
  return intern(key, () => ({ kind: 'items', from, to, of, ...UNTYPED, sure: ANY_TYPE & ~ARRAY }));
}

/** It is an array with an item in `of` at one of the positions `from` to `to`. */
export function anyItem(from: number, to: number, of: Formula): Formula {
  if (of === FALSE || from > to || from === MANY) return FALSE;
  return intern(`e ${from} ${to} ${of.id}`, () => ({ kind: 'anyItem', from, to, of, can: ARRAY, sure: 0 }));
}

/** If it is an array, between `from` and `to` of its items are in `of`. */
export function countedItems(of: Formula, from: number, to: number): Formula {
  if (from > to || from === MANY) return typeIs(ANY_TYPE & ~ARRAY);
  if (from <= 0 && to === MANY) return TRUE;
  if (of === TRUE) return size(from, to);
  if (of === FALSE) return from <= 0 ? TRUE : typeIs(ANY_TYPE & ~ARRAY);
  const key = `c ${from} ${to} ${of.id}`;
  return intern(key, () => ({ kind: 'counted', from, to, of, ...UNTYPED, sure: ANY_TYPE & ~ARRAY }));
}

/** If it is an array, its items are all different (or, with false, two of them are equal). */
export function unique(value: boolean): Formula {
  return intern(`unique ${value}`, () => ({ kind: 'unique', value, ...UNTYPED, sure: ANY_TYPE & ~ARRAY }));
}

/** One of the values. */
export function oneOf(given: readonly JsonValue[]): Formula {
  const byText = new Map(given.map((value) => [canonicalJson(value), value]));
  if (byText.size === 0) return FALSE;
  const values = [...byText.values()];
  let can = 0;
  for (const value of values) can |= typeOf(value);
  const key = `= ${[...byText.keys()].sort().join()}`;
  const formula = intern(key, () => ({ kind: 'values', values, negated: false, can, sure: 0 }));
  const sure = ANY_TYPE & ~can;
  formula.opposite ??= intern(`!${key}`, () => ({
    kind: 'values',
    values,
    negated: true,
    can: ANY_TYPE,
    sure,
  }));
  formula.opposite.opposite ??= formula;
  return formula;
}

/**
 * A predicate beyond the algebra on values of the types of the mask; values of other types satisfy it.
 * Equal keys must mean equal predicates.
 */
export function opaque(
  key: string,
  mask: number,
  what: string,
  test?: (value: JsonValue) => boolean,
): Formula {
  const rest = { key, what, test };
  const formula = intern(`? ${key}`, () => ({
    kind: 'opaque',
    ...rest,
    negated: false,
    can: ANY_TYPE,
    sure: ANY_TYPE & ~mask,
  }));
  formula.opposite ??= intern(`!? ${key}`, () => ({
    kind: 'opaque',
    ...rest,
    negated: true,
    can: mask,
    sure: 0,
  }));
  formula.opposite.opposite ??= formula;
  return formula as Opaque;
}

/** A formula that is unfolded when it is needed. `unfold` is called once; equal keys must mean equal sets. */
export function lazy(key: string, unfold: () => Formula): Formula {
  let known: Formula | undefined;
  return intern(`@ ${key}`, () => ({
    kind: 'lazy',
    key,
    unfold: () => (known ??= unfold()),
    can: ANY_TYPE,
    sure: 0,
  }));
}
