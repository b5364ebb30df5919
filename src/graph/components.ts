/**
 * Strongly connected components of a directed graph given by its successors (Tarjan 1972), without recursion, so that
 * a chain of a hundred thousand nodes does not end the stack. Time and space linear in nodes + edges.
 *
 * Only components that hold a cycle are returned: more than one node, or a node that is its own successor.
 */
export function cyclicComponents<N>(nodes: Iterable<N>, successors: (node: N) => Iterable<N>): N[][] {
  const index = new Map<N, number>();
  const low = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const components: N[][] = [];

  const enter = (node: N): Frame<N> => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    open.push(node);
    isOpen.add(node);
    return { node, rest: successors(node)[Symbol.iterator](), selfLoop: false };
  };

  for (const root of nodes) {
    if (index.has(root)) continue;
    const frames = [enter(root)];
    while (frames.length > 0) {
      const frame = frames.at(-1)!;
      const { node } = frame;
      const next = frame.rest.next();
      if (!next.done) {
        if (next.value === node) frame.selfLoop = true;
        if (!index.has(next.value)) frames.push(enter(next.value));
        else if (isOpen.has(next.value)) low.set(node, Math.min(low.get(node)!, index.get(next.value)!));
        continue;
      }
      frames.pop();
      const parent = frames.at(-1)?.node;
      if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const members = open.splice(open.lastIndexOf(node));
      for (const each of members) isOpen.delete(each);
      if (members.length > 1 || frame.selfLoop) components.push(members);
    }
  }
  return components;
}

interface Frame<N> {
  readonly node: N;
  readonly rest: Iterator<N>;
  selfLoop: boolean;
}
