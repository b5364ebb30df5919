import { pathsOf } from '../pattern/restrict.ts';
import { type FlowGraph, nodeKey } from './hops.ts';
import type { FlowNode, Hop } from './loop.ts';
import { depthPath } from './settings.ts';
import { type EventState, type Known, stateKey, value } from './state.ts';
import { entryFields } from './tracked.ts';
import { step, type WalkContext } from './walk.ts';

/** A state in which an event may come to a node. */
export interface Arrival {
  readonly state: EventState;
  /** Whether every hop on the way to it is decided. */
  readonly certain: boolean;
}

/** From which states loops are walked. */
export type Arrivals = (node: FlowNode) => readonly Arrival[];

/**
 * The states in which events come to each node. Anybody may publish any event type at depth 0, with any stage: those
 * are the entries. Deeper states come about only by what components publish.
 *
 * Guards let everything below their depth pass, so as long as no rule filters on the depth itself, the entries are
 * the worst case and nothing needs to be followed. Otherwise every event is followed from its entry: states × hops.
 */
export function arrivals(flow: FlowGraph, context: WalkContext): Arrivals {
  const filtered = someRuleFiltersDepth(context);
  const remembered = new Map<string, Arrival[]>();
  const entries = (node: FlowNode): Arrival[] => {
    const key = nodeKey(node);
    const known =
      remembered.get(key) ?? entryStates(node, filtered, context).map((state) => ({ state, certain: true }));
    remembered.set(key, known);
    return known;
  };
  if (!filtered) return entries;
  const reached = follow(flow, entries, context);
  return (node) => [...(reached.get(nodeKey(node))?.values() ?? entries(node))];
}

function someRuleFiltersDepth({ topology, settings }: WalkContext): boolean {
  const path = depthPath(settings);
  return topology.routes.some(({ filter }) => filter.kind === 'pattern' && pathsOf(filter.pattern).has(path));
}

type Reached = Map<string, Map<string, Arrival>>;

function follow(flow: FlowGraph, entries: Arrivals, context: WalkContext): Reached {
  const hopsFrom = new Map<string, Hop[]>();
  for (const hop of flow.hops) {
    const key = nodeKey(hop.from);
    const list = hopsFrom.get(key);
    if (list) list.push(hop);
    else hopsFrom.set(key, [hop]);
  }
  const reached: Reached = new Map([...flow.nodes.keys()].map((key) => [key, new Map()]));
  const open: Arrival[] = [];
  const arrive = (arrival: Arrival): void => {
    const states = reached.get(nodeKey(arrival.state));
    const key = stateKey(arrival.state);
    const known = states?.get(key);
    if (!states || (known && (known.certain || !arrival.certain))) return;
    states.set(key, arrival);
    open.push(arrival);
  };
  for (const node of flow.nodes.values()) for (const entry of entries(node)) arrive(entry);
  for (let arrival = open.pop(); arrival; arrival = open.pop()) {
    if (context.judge.exists(arrival.state).answer === 'no') continue;
    for (const hop of hopsFrom.get(nodeKey(arrival.state)) ?? []) {
      const next = step(hop, arrival.state, context);
      if (next) arrive({ state: next.state, certain: arrival.certain && !next.doubtful });
    }
  }
  return reached;
}

/**
 * Every state an event of a node may enter in: any combination of values, at depth 0 or without a depth. Without a
 * filter on the depth these two are alike, and the one that the schema allows is enough.
 */
export function entryStates(
  { bus, type }: FlowNode,
  depthIsFiltered: boolean,
  { judge }: WalkContext,
): EventState[] {
  return entryFields(judge.fields).flatMap((fields) => {
    const at = (depth: Known<number>): EventState => ({ bus, type, fields, depth, forwarded: false });
    const states = [at(value(0)), at({ kind: 'absent' })];
    if (depthIsFiltered) return states;
    const possible = states.find((state) => judge.exists(state).answer !== 'no');
    return possible ? [possible] : [];
  });
}
