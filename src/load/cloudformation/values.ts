import type { Span } from '../../json/document.ts';
import { hasHole, hole, printHoles } from '../../json/holes.ts';
import type { Node, StringNode } from '../../json/node.ts';

/** Texts longer than this are not put together: the value is unknown instead. */
export const maxText = 1_000_000;

export function textNode(value: string, span: Span): StringNode {
  return { kind: 'string', span, value };
}

/** A value of which nothing is known but that it is always the same under the same key. */
export function unknownNode(key: string, span: Span): StringNode {
  return textNode(hole(printHoles(key)), span);
}

/** The text of a scalar as CloudFormation hands it on; undefined for lists, objects and null. */
export function scalarText(node: Node | undefined): string | undefined {
  if (node?.kind === 'string') return node.value;
  if (node?.kind === 'number') return node.raw;
  if (node?.kind === 'boolean') return String(node.value);
  return undefined;
}

const alternatives = new WeakMap<Node, Alternatives>();

/** The same value at another place: where it is used rather than where it was defined. */
export function placedAt(node: Node, span: Span): Node {
  if (node.kind !== 'array') {
    const moved = { ...node, span };
    const either = alternatives.get(node);
    if (either) alternatives.set(moved, either);
    return moved;
  }
  const items = node.items.map((item) => (item.kind === 'object' ? item : placedAt(item, span)));
  const moved: Node = { ...node, span, items };
  if (openLists.has(node)) openLists.add(moved);
  return moved;
}

/** Lists of unknown length, held as one unknown item. */
const openLists = new WeakSet<Node>();

/** A list of which neither the length nor an item is known. `key`: of the unknown text it would be, or that text. */
export function unknownList(key: string, span: Span): Node {
  const item = hasHole(key) ? textNode(key, span) : unknownNode(key, span);
  const list: Node = { kind: 'array', span, items: [item] };
  openLists.add(list);
  return list;
}

export function isUnknownList(node: Node): boolean {
  return openLists.has(node);
}

/** What an undecided `Fn::If` may be; undefined stands for AWS::NoValue. */
export interface Alternatives {
  readonly condition: string;
  readonly values: readonly (Node | undefined)[];
}

/** An unknown value of which it is known that it is one of a few. */
export function eitherNode(
  condition: string,
  values: readonly (Node | undefined)[],
  span: Span,
  shown: string,
): Node {
  const node = unknownNode(shown, span);
  alternatives.set(node, { condition, values });
  return node;
}

export function alternativesOf(node: Node | undefined): Alternatives | undefined {
  return node && alternatives.get(node);
}

/** Everything a value may be: itself, or what an undecided `Fn::If` leaves open, taken apart. */
export function possibleValues(node: Node | undefined): Node[] {
  if (!node) return [];
  const either = alternatives.get(node);
  return either ? either.values.flatMap(possibleValues) : [node];
}
