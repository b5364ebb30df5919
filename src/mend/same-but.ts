import type { Span } from '../json/document.ts';
import { type Node, valueOf } from '../json/node.ts';

/** Whether two readings of a file are the same but for the value that stands at a place of the first. */
export function sameBut(before: Node, after: Node, place: Span): boolean {
  const open: [Node, Node][] = [[before, after]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [a, b] = pair;
    if (a.span.start === place.start && a.kind === 'object' && b.kind === 'object') continue;
    if (a.kind === 'object' && b.kind === 'object') {
      if (a.members.length !== b.members.length) return false;
      for (const [i, { key, value }] of a.members.entries()) {
        const other = b.members[i]!;
        if (other.key !== key) return false;
        open.push([value, other.value]);
      }
    } else if (a.kind === 'array' && b.kind === 'array') {
      if (a.items.length !== b.items.length) return false;
      for (const [i, item] of a.items.entries()) open.push([item, b.items[i]!]);
    } else if (a.kind !== b.kind || valueOf(a) !== valueOf(b)) return false;
  }
  return true;
}
