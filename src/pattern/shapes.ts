import type { Node } from '../json/node.ts';
import type { Asked } from './event.ts';

/** What stands in an event at a path that is not a value: what explains why there is none. */
export interface Shape {
  /** In the order of the event: `an object`, `an empty list`, `a string`. */
  readonly kinds: Set<string>;
  /** Names of the objects at the path. */
  readonly names: Set<string>;
}

/** By path; undefined is the event itself. */
export type Shapes = ReadonlyMap<string | undefined, Shape>;

/** What stands at each path that is asked for, and at each beginning of one. Linear in the event. */
export function shapesOf(event: Node, { paths, beginnings }: Asked): Shapes {
  const shapes = new Map<string | undefined, Shape>();
  const stack: { node: Node; path: string | undefined; inList: boolean }[] = [
    { node: event, path: undefined, inList: false },
  ];
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { node, path, inList } = step;
    const shape = shapes.get(path) ?? { kinds: new Set(), names: new Set() };
    shapes.set(path, shape);
    if (node.kind === 'array') {
      if (node.items.length === 0) shape.kinds.add('an empty list');
      for (const item of [...node.items].reverse()) stack.push({ node: item, path, inList: true });
      continue;
    }
    shape.kinds.add(kindOf(node, inList));
    if (node.kind !== 'object') continue;
    for (const { key } of node.members) shape.names.add(key);
    for (const { key, value } of [...node.members].reverse()) {
      const inner = path === undefined ? key : `${path}.${key}`;
      if (paths.has(inner) || beginnings.has(inner)) stack.push({ node: value, path: inner, inList: false });
    }
  }
  return shapes;
}

function kindOf(node: Node, inList: boolean): string {
  if (node.kind === 'object') return inList ? 'a list of objects' : 'an object';
  if (node.kind === 'null') return 'null';
  return node.kind === 'boolean' ? String((node as { value: boolean }).value) : `a ${node.kind}`;
}
