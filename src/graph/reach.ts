import { printEventType } from '../model/event-type.ts';
import { pathsOf } from '../pattern/restrict.ts';
import { type FlowGraph, nodeKey } from './hops.ts';
import type { FlowNode } from './loop.ts';
import { depthsNamed } from './named-by-schemas.ts';
import type { WalkContext } from './passage.ts';
import { depthPath } from './settings.ts';
import { EventState, type Known, value } from './state.ts';
import type { StateSpace } from './state-graph.ts';
import { entryFields } from './tracked.ts';

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
 * Guards let everything below their depth pass, so as long as no rule filters on the depth itself and no schema demands
 * one, the entries are the worst case and nothing needs to be followed. Otherwise every event is followed from its
 * entry: states × hops.
 */
export function arrivals(flow: FlowGraph, space: StateSpace, context: WalkContext): Arrivals {
  const filtered = someRuleFiltersDepth(context) || someSchemaDemandsDepth(flow, context);
  const remembered = new Map<string, Arrival[]>();
  const entries = (node: FlowNode): Arrival[] => {
    const key = nodeKey(node);
    const known =
      remembered.get(key) ?? entryStates(node, filtered, context).map((state) => ({ state, certain: true }));
    remembered.set(key, known);
    return known;
  };
  if (!filtered) return entries;
  const reached = follow(flow, entries, space);
  return (node) => [...(reached.get(nodeKey(node))?.values() ?? entries(node))];
}

function someRuleFiltersDepth({ topology, settings }: WalkContext): boolean {
  const path = depthPath(settings);
  return topology.routes.some(({ filter }) => filter.kind === 'pattern' && pathsOf(filter.pattern).has(path));
}

/** Whether some event type allows an event at a depth, but not the same one less deep. */
function someSchemaDemandsDepth({ nodes }: FlowGraph, context: WalkContext): boolean {
  const { judge, topology, settings } = context;
  const told = depthsNamed(topology, settings);
  if (told.length === 0) return false;
  const named = told.flatMap((depth) => [depth - 1, depth, depth + 1]);
  const depths = [...new Set([0, 1, ...named, judge.ceiling])]
    .filter((depth) => depth >= 0 && depth <= judge.ceiling)
    .sort((a, b) => a - b);
  return [...nodes.values()].some(({ bus, type }) => {
    if (!type || !topology.contractById.has(printEventType(type))) return false;
    return entryFields(judge.fields).some((fields) => {
      const allowed = depths.map(
        (depth) =>
          judge.exists(new EventState({ bus, type, fields, depth: value(depth), forwarded: 'never' }))
            .answer !== 'no',
      );
      return allowed.some((here, i) => here && allowed[i - 1] === false);
    });
  });
}

type Reached = Map<string, Map<string, Arrival>>;

function follow(flow: FlowGraph, entries: Arrivals, space: StateSpace): Reached {
  const reached: Reached = new Map([...flow.nodes.keys()].map((key) => [key, new Map()]));
  const open: Arrival[] = [];
  const arrive = (arrival: Arrival): void => {
    const states = reached.get(arrival.state.node);
    const key = arrival.state.key;
    const known = states?.get(key);
    if (!states || (known && (known.certain || !arrival.certain))) return;
    states.set(key, arrival);
    open.push(arrival);
  };
  for (const node of flow.nodes.values()) for (const entry of entries(node)) arrive(entry);
  for (let arrival = open.pop(); arrival; arrival = open.pop()) {
    for (const { reaches, certain } of space.edgesFrom(arrival.state)) {
      arrive({ state: reaches, certain: arrival.certain && certain });
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
    const at = (depth: Known<number>): EventState =>
      new EventState({ bus, type, fields, depth, forwarded: 'never' });
    const states = [at(value(0)), at({ kind: 'absent' })];
    if (depthIsFiltered) return states;
    const possible = states.find((state) => judge.exists(state).answer !== 'no');
    return possible ? [possible] : [];
  });
}
