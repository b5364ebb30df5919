export interface Edge<N> {
  readonly from: N;
  readonly to: N;
}

export interface Cycles<E> {
  readonly cycles: readonly (readonly E[])[];
  /** Whether there are more than the limit allowed to list. */
  readonly truncated: boolean;
}

/**
 * Elementary cycles of a directed multigraph: each passes no node twice, and parallel edges make different cycles
 * (Johnson 1975: blocked nodes keep dead ends from being searched again). Shortest roots first in the order of
 * `nodes`. At most `limit` cycles; time at most (nodes + edges) × (cycles + 1) within a component.
 */
export function elementaryCycles<N, E extends Edge<N>>(
  nodes: readonly N[],
  edges: readonly E[],
  limit: number,
): Cycles<E> {
  const outgoing = new Map<N, E[]>(nodes.map((node) => [node, []]));
  for (const edge of edges) if (outgoing.has(edge.to)) outgoing.get(edge.from)?.push(edge);
  const search = new CycleSearch<N, E>(outgoing, limit);
  for (const root of nodes) {
    search.from(root);
    // Every cycle through this root is listed: leave it out of the rest.
    outgoing.delete(root);
    if (search.full) break;
  }
  return { cycles: search.cycles, truncated: search.full };
}

/**
 * The elementary cycles of at most `length` edges, at most `limit`: what to tell of a graph with more cycles than can
 * be listed. Plain search from every node, ended after a number of steps, so that the answer may be incomplete.
 */
export function shortCycles<N, E extends Edge<N>>(
  nodes: readonly N[],
  edges: readonly E[],
  length: number,
  limit: number,
): readonly (readonly E[])[] {
  const rank = new Map(nodes.map((node, i) => [node, i]));
  const outgoing = new Map<N, E[]>(nodes.map((node) => [node, []]));
  for (const edge of edges) if (rank.has(edge.to)) outgoing.get(edge.from)?.push(edge);
  const cycles: E[][] = [];
  let steps = 200_000;
  // One more edge at a time, so that the shortest come first.
  for (let most = 1; most <= length; most++) {
    for (const root of nodes) {
      const open: { readonly path: readonly E[]; readonly at: N }[] = [{ path: [], at: root }];
      for (let step = open.pop(); step; step = open.pop()) {
        if (cycles.length >= limit || --steps < 0) return cycles.slice(0, limit);
        for (const edge of outgoing.get(step.at) ?? []) {
          const closes = edge.to === root;
          if (closes && step.path.length + 1 === most) cycles.push([...step.path, edge]);
          // A cycle is found from the first of its nodes, and passes none twice.
          else if (!closes && step.path.length + 1 < most && rank.get(edge.to)! > rank.get(root)!) {
            const passed = step.path.some(({ to }) => to === edge.to);
            if (!passed) open.push({ path: [...step.path, edge], at: edge.to });
          }
        }
      }
    }
  }
  return cycles.slice(0, limit);
}

class CycleSearch<N, E extends Edge<N>> {
  readonly cycles: E[][] = [];
  full = false;
  private readonly outgoing: ReadonlyMap<N, readonly E[]>;
  private readonly limit: number;

  constructor(outgoing: ReadonlyMap<N, readonly E[]>, limit: number) {
    this.outgoing = outgoing;
    this.limit = limit;
  }

  from(root: N): void {
    const blocked = new Set<N>([root]);
    const blockedBy = new Map<N, Set<N>>();
    const path: E[] = [];
    const frames: SearchFrame<N>[] = [{ node: root, next: 0, found: false }];

    const unblock = (start: N): void => {
      const waiting = [start];
      for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
        if (!blocked.delete(node)) continue;
        for (const other of blockedBy.get(node) ?? []) waiting.push(other);
        blockedBy.delete(node);
      }
    };

    while (frames.length > 0 && !this.full) {
      const frame = frames.at(-1)!;
      const edge = this.edgesOf(frame.node)[frame.next++];
      if (edge !== undefined) {
        if (edge.to === root) {
          frame.found = true;
          if (this.cycles.length >= this.limit) this.full = true;
          else this.cycles.push([...path, edge]);
        } else if (!blocked.has(edge.to)) {
          blocked.add(edge.to);
          path.push(edge);
          frames.push({ node: edge.to, next: 0, found: false });
        }
        continue;
      }
      frames.pop();
      path.pop();
      if (frame.found) {
        unblock(frame.node);
        const parent = frames.at(-1);
        if (parent) parent.found = true;
      } else {
        for (const { to } of this.edgesOf(frame.node)) {
          const waiting = blockedBy.get(to);
          if (waiting) waiting.add(frame.node);
          else blockedBy.set(to, new Set([frame.node]));
        }
      }
    }
  }

  /** Edges to nodes that are still in the search. */
  private edgesOf(node: N): readonly E[] {
    return (this.outgoing.get(node) ?? []).filter(({ to }) => this.outgoing.has(to));
  }
}

interface SearchFrame<N> {
  readonly node: N;
  next: number;
  found: boolean;
}
