import type { Node } from '../../../json/node.ts';
import { isOpen, textOfValue } from './nodes.ts';

/** Undefined: the operator is none, or has no answer for these. */
export function arithmetic(operator: string, a: number, b: number): number | boolean | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '%':
      return b === 0 ? undefined : a % b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}

/** `true` and `"true"`; undefined: not known, or no truth value. */
export function truthOf(node: Node | undefined): boolean | undefined {
  const text = node && !isOpen(node) ? textOfValue(node) : undefined;
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
