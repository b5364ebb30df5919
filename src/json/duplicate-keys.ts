import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from './document.ts';
import type { Node } from './node.ts';

/** A file that repeats more keys than this was not written by hand. */
const mostFindings = 100;

/**
 * A finding for each key that an object repeats, the first hundred of them. Trees that aliases share are visited once. Linear in the size of
 * the tree.
 */
export function duplicateKeys(root: Node): Diagnostic[] {
  const found: Diagnostic[] = [];
  const visited = new Set<Node>();
  const rest: Node[] = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (visited.has(node)) continue;
    visited.add(node);
    if (node.kind === 'array') rest.push(...node.items);
    if (node.kind !== 'object') continue;
    const first = new Map<string, Span>();
    for (const { key, keySpan, value } of node.members) {
      rest.push(value);
      const earlier = first.get(key);
      if (earlier) found.push(duplicate(key, keySpan, earlier));
      else first.set(key, keySpan);
    }
  }
  return found.sort((a, b) => a.span!.start - b.span!.start).slice(0, mostFindings);
}

function duplicate(key: string, span: Span, earlier: Span): Diagnostic {
  return finding(
    'input/duplicate-key',
    { key },
    { span, related: [{ span: earlier, message: 'first here' }] },
  );
}
