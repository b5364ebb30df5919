import { hasHole } from '../../json/holes.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import type { InputShaping } from '../../model/route.ts';

/** A field of the event that is put into the input as it is, and where. */
export interface Source {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Which fields of the event end up where in the input, as values of their own: not inside of texts or arrays. */
export function sourcesOf(shaping: InputShaping): readonly Source[] {
  if (shaping.kind === 'path') {
    const from = fieldsOf(shaping.path);
    return from ? [{ from, to: [] }] : [];
  }
  if (shaping.kind !== 'transformer') return [];
  const tree = parsed(shaping.template);
  if (tree === undefined) return [];
  return marksIn(tree, []).flatMap(({ name, to }) => {
    const from = Object.hasOwn(shaping.paths, name) ? fieldsOf(shaping.paths[name]!) : undefined;
    return from ? [{ from, to }] : [];
  });
}

/** `$.detail.order.id` → its names. Undefined for a path with indexes or anything else: it is not followed exactly. */
export function fieldsOf(path: string): readonly string[] | undefined {
  if (hasHole(path) || !/^\$(?:\.[A-Za-z0-9_-]+|\['[^']+'\]|\["[^"]+"\])*$/.test(path)) return undefined;
  const names = path.matchAll(/\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\["([^"]+)"\]/g);
  return Array.from(names, (match) => match[1] ?? match[2] ?? match[3]!);
}

/** What the text of a placeholder begins with. A text that merely looks so names no path, and is passed over. */
const MARK = '\n<';

/** The template as a tree, with marked texts where a placeholder stands for a value. */
function parsed(template: string): JsonValue | undefined {
  let quoted = false;
  const marked = template.replace(/\\.|"|<([^<>\s]+)>/gs, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    return name === undefined || quoted ? part : JSON.stringify(`${MARK}${name}`);
  });
  try {
    return JSON.parse(marked) as JsonValue;
  } catch {
    return undefined;
  }
}

function marksIn(tree: JsonValue, to: readonly string[]): { name: string; to: readonly string[] }[] {
  if (typeof tree === 'string') return tree.startsWith(MARK) ? [{ name: tree.slice(MARK.length), to }] : [];
  if (!isObject(tree)) return [];
  return Object.entries(tree).flatMap(([key, value]) => marksIn(value, [...to, key]));
}
