import type { Span } from '../../../json/document.ts';
import type { Member, Node } from '../../../json/node.ts';
import { valueOf } from '../../../json/node.ts';
import { alternativesOf, placedAt, scalarText } from '../../cloudformation/values.ts';

const encoded = new WeakSet<Node>();

/** What `jsonencode` makes of a value: held as the value, so that every part of it keeps its place. */
export function encodedNode(node: Node): Node {
  if (node.kind !== 'object' && node.kind !== 'array') return node;
  const copy = { ...node };
  encoded.add(copy);
  return copy;
}

export function isEncoded(node: Node): boolean {
  return encoded.has(node);
}

/** The text a value is within a template: scalars as they are, encoded values as JSON. Undefined: it is no text. */
export function textOfValue(node: Node | undefined): string | undefined {
  if (node && encoded.has(node)) return JSON.stringify(valueOf(node));
  return scalarText(node);
}

export function listNode(items: readonly Node[], span: Span): Node {
  return { kind: 'array', items, span };
}

export function objectOf(entries: Iterable<readonly [string, Node]>, span: Span): Node {
  const members: Member[] = [];
  for (const [key, value] of entries) members.push({ key, keySpan: value.span, value });
  return { kind: 'object', members, span };
}

export function numberNode(value: number, span: Span): Node {
  return { kind: 'number', value, raw: String(value), span };
}

export function booleanNode(value: boolean, span: Span): Node {
  return { kind: 'boolean', value, span };
}

/** Whether a value is not known as a whole, or is a text of which a part is not. */
export function isOpen(node: Node): boolean {
  return alternativesOf(node) !== undefined || (node.kind === 'string' && node.value.includes('\uE0F0'));
}

/** Whether nothing in a value is unknown. */
export function isClosed(node: Node): boolean {
  if (node.kind === 'array') return node.items.every(isClosed);
  if (node.kind === 'object')
    return node.members.every(({ key, value }) => !key.includes('\uE0F0') && isClosed(value));
  return !isOpen(node);
}

const missing = new WeakSet<Node>();

/** What an object has under a name that it lacks: nothing, as for an attribute that is `optional`. */
export function missingNode(span: Span): Node {
  const node: Node = { kind: 'null', span };
  missing.add(node);
  return node;
}

export function isMissing(node: Node): boolean {
  return missing.has(node);
}

/** The same value where it is used rather than where it was made. */
export function usedAt(node: Node, span: Span): Node {
  const moved = placedAt(node, span);
  if (encoded.has(node)) encoded.add(moved);
  if (missing.has(node)) missing.add(moved);
  return moved;
}

const sizes = new WeakMap<Node, number>();

/** How many parts a value has, each counted as often as it occurs; one that is used twice is walked once. */
export function sizeOf(node: Node): number {
  if (node.kind === 'string') return 1 + (node.value.length >> 6);
  if (node.kind !== 'array' && node.kind !== 'object') return 1;
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const children = node.kind === 'array' ? node.items : node.members.map(({ value }) => value);
  const size = children.reduce((sum, child) => sum + sizeOf(child), 1);
  sizes.set(node, size);
  return size;
}
