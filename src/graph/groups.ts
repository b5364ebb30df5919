import { cyclicComponents } from './components.ts';
import { type Cycles, elementaryCycles, shortCycles } from './cycles.ts';
import { type Growth, growthOf } from './growth.ts';
import type { KeyedHop, Outgoing } from './hops.ts';
import type { Hop, Loop } from './loop.ts';
import { loopOf } from './loop-of-hops.ts';
import type { WalkContext } from './passage.ts';
import type { Starts } from './reach.ts';
import type { StateSpace } from './state-graph.ts';

/** Loops that share event types: they feed each other, and grow together. */
export interface LoopGroup {
  readonly loops: readonly Loop[];
  /** More elementary loops than are listed. */
  readonly truncated: boolean;
  readonly growth?: Growth;
}

/** A cyclic component of the event-flow graph, with the hops inside it. */
export interface Cyclic {
  readonly nodes: readonly string[];
  readonly hops: readonly KeyedHop[];
}

/** Of too many loops those are listed that have at most this many hops. */
const READABLE_HOPS = 6;
/** Where all are longer: enough to see what they are like. */
const FEW_LONG = 5;

/** The cyclic components among some nodes, in a stable order. */
export function cyclicParts(nodes: Iterable<string>, outgoing: Outgoing): Cyclic[] {
  const among = new Set([...nodes].sort());
  const onward = (key: string): readonly KeyedHop[] => outgoing.get(key) ?? [];
  const components = cyclicComponents(among, (key) =>
    onward(key).flatMap(({ to }) => (among.has(to) ? [to] : [])),
  );
  return components
    .map((component) => {
      const sorted = component.sort();
      const inside = new Set(sorted);
      return { nodes: sorted, hops: sorted.flatMap((key) => onward(key).filter(({ to }) => inside.has(to))) };
    })
    .sort((a, b) => (a.nodes[0]! < b.nodes[0]! ? -1 : 1));
}

/** The loops of a component, each with its verdict, and what the component does as a whole. */
export function groupOf(
  { nodes, hops }: Cyclic,
  space: StateSpace,
  starts: Starts,
  context: WalkContext,
): LoopGroup {
  const { cycles, truncated } = listedCycles(nodes, hops, context.settings.maxLoops);
  const growth = growthOf(hopsOf(hops), starts.arrivals, space);
  const loops = cycles.map((cycle) => loopOf(hopsOf(cycle), starts, context, growth));
  // Events may go round on a way that passes one event type twice, or on one beyond the limit.
  const worst = growth?.certain ? ['endless'] : ['endless', 'possible'];
  if (growth && !loops.some(({ verdict }) => worst.includes(verdict.kind))) {
    loops.push(loopOf(growth.round, starts, context, growth));
  }
  return { loops: unique(loops), truncated, ...(growth ? { growth } : {}) };
}

export function hopsOf(hops: readonly KeyedHop[]): Hop[] {
  return hops.map(({ hop }) => hop);
}

/** All elementary cycles, or, where they are too many, the short ones: those that people can read. */
export function listedCycles(
  nodes: readonly string[],
  hops: readonly KeyedHop[],
  limit: number,
): Cycles<KeyedHop> {
  const all = elementaryCycles(nodes, hops, limit);
  if (!all.truncated) return all;
  const short = shortCycles(nodes, hops, READABLE_HOPS, limit);
  return { cycles: short.length > 0 ? short : all.cycles.slice(0, FEW_LONG), truncated: true };
}

/** Parallel hops (two targets that are one function) give one loop: the worst verdict is kept. */
export function unique(loops: readonly Loop[]): Loop[] {
  const order = ['endless', 'possible', 'bounded', 'refuted'];
  const byId = new Map<string, Loop>();
  for (const loop of loops) {
    const known = byId.get(loop.id);
    if (!known || order.indexOf(loop.verdict.kind) < order.indexOf(known.verdict.kind))
      byId.set(loop.id, loop);
  }
  return [...byId.values()];
}
