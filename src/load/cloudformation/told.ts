import type { Span } from '../../json/document.ts';
import type { Node, StringNode } from '../../json/node.ts';
import { scalarText } from './values.ts';

/** What is left to resolve in a template whose values are told as they are. */
export interface Told {
  resolve(node: Node): Node | undefined;
  dynamic(node: StringNode): Node;
  imported(name: string, span: Span): Node;
}

/** A value of a template without functions: references to stored and to exported values are all that is in it. */
export function resolveTold(node: Node, { resolve, dynamic, imported }: Told): Node | undefined {
  if (node.kind === 'string') return dynamic(node);
  if (node.kind === 'array') {
    const items = node.items.flatMap((item) => resolve(item) ?? []);
    // A list of which nothing changes stays the one that it is known to be.
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (node.kind !== 'object') return node;
  const [only] = node.members;
  const name = only?.key === 'Fn::ImportValue' ? scalarText(only.value) : undefined;
  if (name !== undefined && node.members.length === 1) return imported(name, node.span);
  const members = node.members.flatMap((item) => {
    const value = resolve(item.value);
    return value ? [{ ...item, value }] : [];
  });
  return { ...node, members };
}
