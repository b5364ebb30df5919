import { cyclicComponents } from './components.ts';
import type { Outgoing } from './hops.ts';
import type { Hop } from './loop.ts';
import { step, type WalkContext } from './passage.ts';
import type { EventState } from './state.ts';

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

/**
 * Where the events of each state go, worked out once for whoever follows them. Equal states are one object here. Cost:
 * states × hops of their event type.
 */
export class StateSpace {
  private readonly context: WalkContext;
  private readonly outgoing: Outgoing;
  private readonly before: StateSpace | undefined;
  private readonly changed: ReadonlySet<string>;
  private readonly states: Map<string, EventState>;
  private readonly known = new Map<EventState, readonly StateEdge[]>();

  /** `before`: the space of another analysis, which says the same of all nodes but the `changed` ones. */
  constructor(
    outgoing: Outgoing,
    context: WalkContext,
    before?: StateSpace,
    changed: ReadonlySet<string> = new Set(),
  ) {
    this.context = context;
    this.outgoing = outgoing;
    this.before = before;
    this.changed = changed;
    this.states = before?.states ?? new Map();
  }

  edgesFrom(given: EventState): readonly StateEdge[] {
    if (this.before && !this.changed.has(given.node)) return this.before.edgesFrom(given);
    const state = this.same(given);
    const known = this.known.get(state);
    if (known) return known;
    const edges: StateEdge[] = [];
    this.known.set(state, edges);
    if (this.context.judge.exists(state).answer === 'no') return edges;
    for (const { hop } of this.outgoing.get(state.node) ?? []) {
      const next = step(hop, state, this.context);
      if (next === undefined) continue;
      const weight = hop.emission ? hop.emission.count * hop.emission.probability : 1;
      const reaches = this.same(next.state);
      edges.push({ hop, from: state.key, to: reaches.key, reaches, weight, certain: !next.doubtful });
    }
    return edges;
  }

  private same(state: EventState): EventState {
    const known = this.states.get(state.key);
    if (known) return known;
    this.states.set(state.key, state);
    return state;
  }
}

/** Everything that follows from some states; on nodes of one set only, if one is given. */
export function stateGraph(
  space: StateSpace,
  starts: Iterable<EventState>,
  within?: ReadonlySet<string>,
): StateGraph {
  const edges = new Map<string, readonly StateEdge[]>();
  const open = [...starts];
  for (let state = open.pop(); state; state = open.pop()) {
    if (edges.has(state.key)) continue;
    const all = space.edgesFrom(state);
    const out = within ? all.filter(({ reaches }) => within.has(reaches.node)) : all;
    edges.set(state.key, out);
    for (const { reaches } of out) if (!edges.has(reaches.key)) open.push(reaches);
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
