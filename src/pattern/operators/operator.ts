import type { Node } from '../../json/node.ts';
import type { LeafValue } from '../leaf.ts';
import type { Choice } from '../pattern.ts';
import type { Printed } from '../print-json.ts';
import type { Reading } from '../reading.ts';

/** One operator of the pattern language: all that depends on it, in one place. */
export interface Operator<C extends Choice = Choice> {
  /** The kind of the choices it makes, and its name in a pattern if it is written `{name: argument}`. */
  readonly kind: C['kind'];
  /** Reads the argument; what the service refuses is noted in the reading and yields undefined. */
  read(argument: Node, at: Reading): C | undefined;
  /** Whether one value of an event is accepted. */
  accepts(choice: C, leaf: LeafValue): boolean;
  /** The argument as it was written; for bare scalars, the scalar. */
  print(choice: C): Printed;
  /** The choice that all choices of the same meaning by form turn into; itself if not given. */
  canonical?(choice: C): Choice;
  /** What the choice asks for, in words: `a string that starts with "a"`. */
  describe(choice: C): string;
}

/** Keeps the operator's own choice type where it is written, and forgets it for the table. */
export function defineOperator<C extends Choice>(operator: Operator<C>): Operator {
  return operator as unknown as Operator;
}

/** Sorted by UTF-16 units, each once: the canonical order of a list that is a set. */
export function sortedTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** A text in the quotation marks of JSON. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** `x`, `x or y`, `x, y or z`. */
export function orList(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} or ${parts[parts.length - 1]}`;
}
