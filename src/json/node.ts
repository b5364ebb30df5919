import { type Document, type Span, spanOf } from './document.ts';
import { isObject, type JsonObject, type JsonValue, setOwn } from './value.ts';

/**
 * A JSON or YAML tree with a place for every part. It keeps what a JavaScript value loses: the spelling of
 * numbers, the order of members, and members that repeat a key.
 */
export type Node = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly span: Span;
  /** In the order of the text; a repeated key appears as often as it was written. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly Node[];
}

export interface StringNode {
  readonly kind: 'string';
  readonly span: Span;
  /** May contain holes (see holes.ts) after intrinsic functions were resolved. */
  readonly value: string;
}

export interface NumberNode {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
  /** As written, so that digits beyond a double's are not lost. */
  readonly raw: string;
}

export interface BooleanNode {
  readonly kind: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

export interface NullNode {
  readonly kind: 'null';
  readonly span: Span;
}

/** The member of that name (the last one, as JSON readers take it), or undefined. */
export function member(node: Node | undefined, key: string): Member | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.members.findLast((candidate) => candidate.key === key);
}

/** The value under a chain of keys and indexes, or undefined where the tree ends earlier. */
export function nodeAt(node: Node | undefined, ...tokens: readonly (string | number)[]): Node | undefined {
  let current = node;
  for (const token of tokens) {
    if (current?.kind === 'array') current = current.items[Number(token)];
    else current = member(current, String(token))?.value;
  }
  return current;
}

/** The text of a string node, or undefined for every other kind. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

/** The members of an object node, the items of an array node; otherwise nothing. */
export function membersOf(node: Node | undefined): readonly Member[] {
  return node?.kind === 'object' ? node.members : [];
}
export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'array' ? node.items : [];
}

/** Tree → plain value. Of a repeated key the last member counts, as with `JSON.parse`. */
export function valueOf(node: Node): JsonValue {
  switch (node.kind) {
    case 'object': {
      const object: Record<string, JsonValue> = {};
      for (const { key, value } of node.members) setOwn(object, key, valueOf(value));
      return object;
    }
    case 'array':
      return node.items.map(valueOf);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** Plain value → tree, every part of it at the one given place. */
export function nodeOf(value: JsonValue, span: Span): Node {
  if (value === null) return { kind: 'null', span };
  if (Array.isArray(value)) return { kind: 'array', span, items: value.map((item) => nodeOf(item, span)) };
  if (isObject(value)) return objectNode(value, span);
  if (typeof value === 'string') return { kind: 'string', span, value };
  if (typeof value === 'number') return { kind: 'number', span, value, raw: JSON.stringify(value) };
  return { kind: 'boolean', span, value: value as boolean };
}

function objectNode(value: JsonObject, span: Span): ObjectNode {
  const members = Object.entries(value).map(([key, item]) => ({
    key,
    keySpan: span,
    value: nodeOf(item, span),
  }));
  return { kind: 'object', span, members };
}

/** The whole of a document as a span: for findings about a file, not a place in it. */
export function wholeSpan(document: Document): Span {
  return spanOf(document, 0, Math.min(document.text.length, 1));
}
