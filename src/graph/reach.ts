import { printEventType } from '../model/event-type.ts';
import { choicesAt } from './choices.ts';
import { type FlowGraph, nodeKey } from './hops.ts';
import type { Alone } from './layer-sight.ts';
import type { FlowNode } from './loop.ts';
import { depthsNamed, namesDepth } from './named-by-schemas.ts';
import { pass, type WalkContext } from './passage.ts';
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

/** From which states loops are walked, by all guards or by one layer's alone. */
export interface Starts {
  readonly arrivals: Arrivals;
  alone(aspect: Alone): Arrivals;
}

/** Arrivals at nodes, each state once: certain, if some way to it is. */
export class Reached {
  private readonly byNode = new Map<string, Map<string, Arrival>>();

  /** Whether that is new: a state nobody came in before, or not for certain. */
  add(arrival: Arrival): boolean {
    if (this.has(arrival)) return false;
    const { node, key } = arrival.state;
    const states = this.byNode.get(node);
    if (states) states.set(key, arrival);
    else this.byNode.set(node, new Map([[key, arrival]]));
    return true;
  }

  has({ state, certain }: Arrival): boolean {
    const known = this.byNode.get(state.node)?.get(state.key);
    return known !== undefined && (known.certain || !certain);
  }

  at(node: string): readonly Arrival[] {
    return [...(this.byNode.get(node)?.values() ?? [])];
  }

  nodes(): Iterable<string> {
    return this.byNode.keys();
  }
}

/** Follows events as long as something new comes about. */
export function follow(
  starts: Iterable<Arrival>,
  space: StateSpace,
  isNew: (arrival: Arrival) => boolean,
): void {
  const open = [...starts].filter(isNew);
  for (let arrival = open.pop(); arrival; arrival = open.pop()) {
    for (const { reaches, certain } of space.edgesFrom(arrival.state)) {
      const next = { state: reaches, certain: arrival.certain && certain };
      if (isNew(next)) open.push(next);
    }
  }
}

/**
 * The states in which events come to each node. Anybody may publish any event type at depth 0, with any stage: those
 * are the entries. Deeper states come about only by what components publish.
 *
 * Guards let everything below their depth pass, so as long as no rule filters on the depth itself and no schema demands
 * one, the entries are the worst case and nothing needs to be followed. Otherwise every event is followed from its
 * entry: states × hops.
 */
export class Reach implements Starts {
  /** Whether some schema allows events only at a depth. */
  readonly demanded: boolean;
  /** Whether events are followed from their entry. */
  readonly followed: boolean;
  readonly arrivals: Arrivals;
  /** Where depths do not matter. */
  private readonly entries: Arrivals;
  private reached: Reached | undefined;
  private readonly byLayer = new Map<Alone, Reached>();
  private readonly flow: FlowGraph;
  private readonly space: StateSpace;
  private readonly context: WalkContext;

  constructor(flow: FlowGraph, space: StateSpace, context: WalkContext) {
    this.flow = flow;
    this.space = space;
    this.context = context;
    this.demanded = someSchemaDemandsDepth(flow, context);
    this.followed = this.demanded || someRuleFiltersDepth(context);
    this.entries = rememberedEntries(false, context);
    const entries = this.followed ? rememberedEntries(true, context) : this.entries;
    this.arrivals = this.followed
      ? (node) => (flow.nodes.has(nodeKey(node)) ? this.everything().at(nodeKey(node)) : entries(node))
      : entries;
  }

  /**
   * The states in which events come to each node, as one layer sees them, where its guards stand alone: on the hops of all
   * that rules take by source and detail-type.
   */
  alone(aspect: Alone): Arrivals {
    // Entries hold every value of every field: deeper events have no other, where no schema keeps them deep.
    if (!this.followed || (aspect !== 'depth' && !this.demanded)) return this.entries;
    const reached = this.byLayer.get(aspect) ?? this.followedAlone(aspect);
    this.byLayer.set(aspect, reached);
    return (node) => reached.at(nodeKey(node));
  }

  private followedAlone(aspect: Alone): Reached {
    const { judge } = this.context;
    const reached = new Reached();
    const open: EventState[] = [];
    const arrive = (state: EventState): void => {
      const seen = judge.seenBy(aspect, state);
      if (reached.add({ state: seen, certain: true })) open.push(seen);
    };
    for (const node of this.flow.nodes.values())
      for (const state of entryStates(node, true, this.context))
        if (judge.exists(state).answer !== 'no') arrive(state);
    for (let state = open.pop(); state; state = open.pop()) {
      for (const { hop } of this.flow.outgoing.get(state.node) ?? []) {
        const { stop, next } = pass(0, hop, state, this.context, aspect);
        if (!stop) arrive(next);
      }
    }
    return reached;
  }

  /** Every event that arises, followed from its entry; worked out when it is asked for. */
  everything(): Reached {
    if (this.reached) return this.reached;
    const reached = new Reached();
    this.reached = reached;
    for (const node of this.flow.nodes.values())
      follow(entriesAt(node, true, this.context), this.space, (arrival) => reached.add(arrival));
    return reached;
  }
}

/** The entries of a node, as arrivals. */
export function entriesAt(node: FlowNode, depthIsFiltered: boolean, context: WalkContext): Arrival[] {
  return entryStates(node, depthIsFiltered, context).map((state) => ({ state, certain: true }));
}

/** Entries alone, worked out once for each node. */
export function rememberedEntries(depthIsFiltered: boolean, context: WalkContext): Arrivals {
  const known = new Map<string, Arrival[]>();
  return (node) => {
    const key = nodeKey(node);
    const entries = known.get(key) ?? entriesAt(node, depthIsFiltered, context);
    known.set(key, entries);
    return entries;
  };
}

/** Whether a rule asks for the depth. */
export function someRuleFiltersDepth({ topology, settings }: WalkContext): boolean {
  return choicesAt(topology, depthPath(settings)).length > 0;
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
    const contract = type && topology.contractById.get(printEventType(type));
    if (!contract || !namesDepth(contract, settings)) return false;
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
