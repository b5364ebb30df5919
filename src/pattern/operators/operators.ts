import type { Choice } from '../pattern.ts';
import { prefix, suffix } from './affix.ts';
import { anythingBut } from './anything-but.ts';
import { cidr } from './cidr.ts';
import { equalsIgnoreCase } from './equals-ignore-case.ts';
import { bareLiteral, bareNumber, bareString, exactly } from './exact.ts';
import { exists } from './exists.ts';
import { numeric } from './numeric.ts';
import type { Operator } from './operator.ts';
import { wildcard } from './wildcard.ts';

/** Operators written as `{name: argument}`. */
export const namedOperators: ReadonlyMap<string, Operator> = new Map(
  [exactly, prefix, suffix, equalsIgnoreCase, wildcard, numeric, cidr, exists, anythingBut].map(
    (operator) => [operator.kind, operator],
  ),
);

const byKind: ReadonlyMap<Choice['kind'], Operator> = new Map([
  ...[bareString, bareNumber, bareLiteral].map((operator) => [operator.kind, operator] as const),
  ...[...namedOperators.values()].map((operator) => [operator.kind, operator] as const),
]);

/** The operator a choice was made by. */
export function operatorOf(choice: Choice): Operator {
  return byKind.get(choice.kind)!;
}
