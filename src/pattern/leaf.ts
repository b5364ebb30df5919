import type { PatternNumber } from './pattern.ts';

/** A value of an event that a pattern can look at: a string, a number, true, false or null. */
export type LeafValue =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'number'; readonly number: PatternNumber }
  | { readonly type: 'literal'; readonly value: true | false | null };

/** The value as JSON text, numbers as they were written. */
export function printLeaf(leaf: LeafValue): string {
  return leaf.type === 'number' ? leaf.number.raw : JSON.stringify(leaf.value);
}
