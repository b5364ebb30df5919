import type { JsonValue } from '../json/value.ts';

/** The six types of JSON values as bits of a mask. Integers are numbers. */
export const NULL = 1;
export const BOOLEAN = 2;
export const NUMBER = 4;
export const STRING = 8;
export const ARRAY = 16;
export const OBJECT = 32;
export const ANY_TYPE = 63;
/** What an event pattern calls a leaf. */
export const SCALAR = NULL | BOOLEAN | NUMBER | STRING;

export type TypeBit = 1 | 2 | 4 | 8 | 16 | 32;

const NAMES: readonly (readonly [TypeBit, string])[] = [
  [NULL, 'null'],
  [BOOLEAN, 'boolean'],
  [NUMBER, 'number'],
  [STRING, 'string'],
  [ARRAY, 'array'],
  [OBJECT, 'object'],
];

/** The bit of a type's name in JSON Schema; `integer` has none of its own. */
export function bitOf(name: string): TypeBit | undefined {
  return NAMES.find(([, known]) => known === name)?.[0];
}

export function typeNames(mask: number): string[] {
  return NAMES.filter(([bit]) => mask & bit).map(([, name]) => name);
}

export function typeOf(value: JsonValue): TypeBit {
  if (value === null) return NULL;
  if (Array.isArray(value)) return ARRAY;
  switch (typeof value) {
    case 'boolean':
      return BOOLEAN;
    case 'number':
      return NUMBER;
    case 'string':
      return STRING;
    default:
      return OBJECT;
  }
}

/** Strings are measured in code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
