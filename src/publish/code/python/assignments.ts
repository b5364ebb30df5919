import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Reading, splitAt, textAt } from '../syntax.ts';
import type { Expression, Pattern, Step } from '../tree.ts';

export function nameOf(node: SyntaxNode, reading: Reading): string {
  const name = childrenOf(node).find((each) => each.name === 'VariableName');
  return name ? textAt(reading, name) : '';
}

export function bodiesOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => name === 'Body');
}

/** A value, or several with commas between: a tuple. */
export function valueOf(nodes: readonly SyntaxNode[], node: SyntaxNode, reading: Reading): Expression {
  const groups = splitAt(nodes, ',');
  if (groups.length === 1 && !nodes.some(({ name }) => name === ','))
    return reading.expression(groups[0]![0]);
  const items = groups.map(([first]) => ({ value: reading.expression(first) }));
  return { kind: 'array', items, at: node.from, end: node.to };
}

/** `a = b = value`, `x: T = value`, `a, b = c, d`. */
export function assignment(node: SyntaxNode, reading: Reading): Step[] {
  const parts = splitAt(
    childrenOf(node).filter(({ name }) => name !== 'TypeDef'),
    'AssignOp',
  );
  const last = parts.at(-1);
  if (!last || parts.length < 2) return [];
  const value = valueOf(last, node, reading);
  return parts.slice(0, -1).map((targets): Step => {
    const each = splitAt(targets, ',').flatMap(([first]) => first ?? []);
    const target: Pattern =
      each.length === 1
        ? reading.pattern(each[0])
        : { kind: 'items', items: each.map((one) => reading.pattern(one)) };
    return { kind: 'bind', target, value, declares: false };
  });
}
