import { cyclicComponents } from './components.ts';
import { nodeKey } from './hops.ts';
import type { Hop } from './loop.ts';
import { type EventState, stateKey } from './state.ts';
import { step, type WalkContext } from './walk.ts';

/** From one state of an event to the state of an event published in consequence. */
export interface StateEdge {
  readonly hop: Hop;
  readonly from: string;
  readonly to: string;
  readonly reaches: EventState;
  /** Events published per event received. */
  readonly weight: number;
  /** Whether the hop is decided. */
  readonly certain: boolean;
}

/** Every state that some hops lead to, by key. */
export interface StateGraph {
  readonly edges: ReadonlyMap<string, readonly StateEdge[]>;
}

/** Follows some hops from the given states. Cost: states × hops of their event type. */
export function stateGraph(
  hops: readonly Hop[],
  starts: Iterable<EventState>,
  context: WalkContext,
): StateGraph {
  const hopsFrom = new Map<string, Hop[]>();
  for (const hop of hops) {
    const key = nodeKey(hop.from);
    const list = hopsFrom.get(key);
    if (list) list.push(hop);
    else hopsFrom.set(key, [hop]);
  }
  const edges = new Map<string, StateEdge[]>();
  const open = [...starts];
  for (let state = open.pop(); state; state = open.pop()) {
    const from = stateKey(state);
    if (edges.has(from)) continue;
    const out: StateEdge[] = [];
    edges.set(from, out);
    if (context.judge.exists(state).answer === 'no') continue;
    for (const hop of hopsFrom.get(nodeKey(state)) ?? []) {
      const next = step(hop, state, context);
      if (next === undefined) continue;
      const weight = hop.emission ? hop.emission.count * hop.emission.probability : 1;
      out.push({ hop, from, to: stateKey(next.state), reaches: next.state, weight, certain: !next.doubtful });
      open.push(next.state);
    }
  }
  return { edges };
}

/** The same graph with the certain edges only, and without those that publish nothing. */
export function onlyCertain({ edges }: StateGraph): StateGraph {
  return {
    edges: new Map(
      [...edges].map(([key, out]) => [key, out.filter(({ certain, weight }) => certain && weight > 0)]),
    ),
  };
}

/** The sets of states among which events go round. */
export function roundsOf({ edges }: StateGraph): string[][] {
  return cyclicComponents(edges.keys(), (key) => (edges.get(key) ?? []).map(({ to }) => to));
}

/** A shortest way round within a set of states that lead to each other, as hops. */
export function shortestRound({ edges }: StateGraph, states: readonly string[]): Hop[] {
  const inside = new Set(states);
  let best: StateEdge[] | undefined;
  // One round is enough to show: trying a few beginnings finds a short one.
  for (const start of states.slice(0, 32)) {
    const way = wayBack(start, edges, inside);
    if (way && (!best || way.length < best.length)) best = way;
  }
  return (best ?? []).map(({ hop }) => hop);
}

function wayBack(
  start: string,
  edges: StateGraph['edges'],
  inside: ReadonlySet<string>,
): StateEdge[] | undefined {
  const cameBy = new Map<string, StateEdge>();
  const open = [start];
  for (let i = 0; i < open.length; i++) {
    for (const edge of edges.get(open[i]!) ?? []) {
      if (edge.to === start) {
        const way = [edge];
        for (let at = edge.from; at !== start; at = cameBy.get(at)!.from) way.unshift(cameBy.get(at)!);
        return way;
      }
      if (!inside.has(edge.to) || cameBy.has(edge.to)) continue;
      cameBy.set(edge.to, edge);
      open.push(edge.to);
    }
  }
  return undefined;
}
