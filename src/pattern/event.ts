import type { Node } from '../json/node.ts';
import { isObject, type JsonValue } from '../json/value.ts';
import type { LeafValue } from './leaf.ts';
import { numberOfValue, patternNumber } from './numbers.ts';
import type { Pattern } from './pattern.ts';

/** One element of an array of an event; `outer` is the element of the next array around it. */
export interface Element {
  /** Numbers the arrays of one event. */
  readonly array: number;
  readonly index: number;
  readonly outer: Element | undefined;
}

/** The way to a value: names and indexes, from the inside out. */
export interface Way {
  readonly token: string | number;
  readonly outer: Way | undefined;
}

/** A value of an event under a path that a pattern asks for. */
export interface Leaf {
  readonly value: LeafValue;
  /** The array elements it lies in. A scalar has no place in the array that holds it directly. */
  readonly element: Element | undefined;
  readonly way: Way | undefined;
}

/** The values of an event by path. */
export type Leaves = ReadonlyMap<string, readonly Leaf[]>;

/** How to look into a tree: JSON values and nodes differ in nothing else. */
interface View<T> {
  members(value: T): Iterable<readonly [name: string, value: T]> | undefined;
  items(value: T): readonly T[] | undefined;
  leaf(value: T): LeafValue;
}

const nodeView: View<Node> = {
  members: (node) =>
    node.kind === 'object' ? node.members.map(({ key, value }) => [key, value] as const) : undefined,
  items: (node) => (node.kind === 'array' ? node.items : undefined),
  leaf(node) {
    if (node.kind === 'string') return { type: 'string', value: node.value };
    if (node.kind === 'number') return { type: 'number', number: patternNumber(node.raw, node.value) };
    return { type: 'literal', value: node.kind === 'boolean' ? node.value : null };
  },
};

const valueView: View<JsonValue> = {
  members: (value) => (isObject(value) ? Object.entries(value) : undefined),
  items: (value) => (Array.isArray(value) ? value : undefined),
  leaf(value) {
    if (typeof value === 'string') return { type: 'string', value };
    if (typeof value === 'number') return { type: 'number', number: numberOfValue(value) };
    return { type: 'literal', value: value as true | false | null };
  },
};

/** The paths a pattern asks for, and the beginnings of them at which an event is walked further. */
export interface Asked {
  readonly paths: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
}

export function askedBy(pattern: Pattern): Asked {
  const paths = new Set<string>();
  const beginnings = new Set<string>();
  for (const { conditions } of pattern.alternatives) {
    for (const { path } of conditions) {
      if (paths.has(path)) continue;
      paths.add(path);
      for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1))
        beginnings.add(path.slice(0, dot));
    }
  }
  return { paths, beginnings };
}

export function leavesOfNode(event: Node, asked: Asked): Leaves {
  return leavesOf(nodeView, event, asked);
}

export function leavesOfValue(event: JsonValue, asked: Asked): Leaves {
  return leavesOf(valueView, event, asked);
}

interface Step<T> {
  readonly value: T;
  /** The names so far joined by dots; undefined at the root. */
  readonly path: string | undefined;
  readonly element: Element | undefined;
  readonly way: Way | undefined;
}

/**
 * Flattens the asked parts of an event, in the order of the event. Arrays vanish from paths; objects and arrays
 * add nothing themselves. Linear in the event; a stack of its own keeps deep events from overflowing the other.
 */
function leavesOf<T>(view: View<T>, event: T, asked: Asked): Leaves {
  const leaves = new Map<string, Leaf[]>();
  const stack: Step<T>[] = [{ value: event, path: undefined, element: undefined, way: undefined }];
  let arrays = 0;
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { value, path, element, way } = step;
    const next: Step<T>[] = [];
    const items = view.items(value);
    const members = items ? undefined : view.members(value);
    if (items) {
      const array = arrays++;
      for (const [index, item] of items.entries()) {
        const nested = view.items(item) !== undefined || view.members(item) !== undefined;
        const inside = nested ? { array, index, outer: element } : element;
        next.push({ value: item, path, element: inside, way: { token: index, outer: way } });
      }
    } else if (members) {
      for (const [name, item] of members) {
        const inner = path === undefined ? name : `${path}.${name}`;
        if (!asked.paths.has(inner) && !asked.beginnings.has(inner)) continue;
        next.push({ value: item, path: inner, element, way: { token: name, outer: way } });
      }
    } else if (path !== undefined && asked.paths.has(path)) {
      const leaf: Leaf = { value: view.leaf(value), element, way };
      const known = leaves.get(path);
      if (known) known.push(leaf);
      else leaves.set(path, [leaf]);
    }
    for (let i = next.length - 1; i >= 0; i--) stack.push(next[i]!);
  }
  return leaves;
}
