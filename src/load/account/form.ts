import { membersOf, type Node, nodeAt, type ObjectNode, textOf } from '../../json/node.ts';
import type { Item } from './deployed.ts';

/** The members of an answer under CloudFormation's names: `[its name, the path in the answer]`. What is absent is left out. */
export function propertiesOf(
  { node }: Pick<Item, 'node'>,
  ...names: readonly (string | readonly [name: string, ...path: (string | number)[]])[]
): ObjectNode {
  const members = names.flatMap((each) => {
    const [name, ...path] = typeof each === 'string' ? [each, each] : each;
    const value = nodeAt(node, ...path);
    return value && value.kind !== 'null' ? [{ key: name, keySpan: value.span, value }] : [];
  });
  return { kind: 'object', span: node.span, members };
}

/** An object with further members. */
export function withMembers(
  node: ObjectNode,
  members: Readonly<Record<string, Node | undefined>>,
): ObjectNode {
  const added = Object.entries(members).flatMap(([key, value]) =>
    value ? [{ key, keySpan: value.span, value }] : [],
  );
  return { ...node, members: [...node.members, ...added] };
}

/** A text at the place of another node. */
export function textAt(value: string, { span }: Node): Node {
  return { kind: 'string', span, value };
}

/** A list at the place of another node. */
export function listAt(items: readonly Node[], { span }: Node): Node {
  return { kind: 'array', span, items };
}

/** The tree with the first letter of every key in upper case: APIs write `filters` where CloudFormation has `Filters`. */
export function capitalised(node: Node): Node {
  if (node.kind === 'array') return { ...node, items: node.items.map(capitalised) };
  if (node.kind !== 'object') return node;
  const members = membersOf(node).map(({ key, keySpan, value }) => ({
    key: key.charAt(0).toUpperCase() + key.slice(1),
    keySpan,
    value: capitalised(value),
  }));
  return { ...node, members };
}

/** The text at a path of a tree. */
export function textIn(node: Node | undefined, ...path: readonly (string | number)[]): string | undefined {
  return textOf(nodeAt(node, ...path));
}
