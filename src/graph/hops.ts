import { hasHole, mayEqual } from '../json/holes.ts';
import { defaultBus } from '../model/bus.ts';
import type { Emission } from '../model/emission.ts';
import { type EventType, parseEventType, printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { type Delivery, deliveriesOf } from './deliveries.ts';
import type { FlowNode, Hop } from './loop.ts';

export function nodeKey({ bus, type }: FlowNode): string {
  return `${bus}|${type ? printEventType(type) : '*'}`;
}

/** Nodes and hops of the event-flow graph, before any schema or detail condition is looked at. */
export interface FlowGraph {
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly hops: readonly Hop[];
  /** The same hops by the node that they begin at. */
  readonly outgoing: Outgoing;
  /** The routes that may take events of a node, by its key. */
  readonly routes: ReadonlyMap<string, readonly Route[]>;
}

export type Outgoing = ReadonlyMap<string, readonly KeyedHop[]>;

/** A hop with the keys of its nodes. */
export interface KeyedHop {
  readonly from: string;
  readonly to: string;
  readonly hop: Hop;
}

/** Whether a route may take events of a node: the caller decides how closely to look. */
export type Takes = (route: Route, node: FlowNode) => boolean;

/** The routes that may take events of a node. */
export type Candidates = (node: FlowNode) => readonly Route[];

/**
 * All hops: for every event type on every bus it is published to, every route that may take it, everything that
 * receives it, everything that is published then. Cost: event types × routes that may take them × emissions.
 */
export function flowGraph(topology: Topology, candidates: Candidates): FlowGraph {
  const nodes = new Map<string, FlowNode>();
  const keys = new Map<FlowNode, string>();
  const outgoing = new Map<string, KeyedHop[]>();
  const open: FlowNode[] = [];
  const taking = new Map<string, readonly Route[]>();
  const deliveries = new Map<Route, readonly Delivery[]>();

  const enter = (node: FlowNode): FlowNode => {
    const key = nodeKey(node);
    const known = nodes.get(key);
    if (known) return known;
    nodes.set(key, node);
    keys.set(node, key);
    open.push(node);
    return node;
  };

  const buses = busesWithRoutes(topology);
  for (const emission of topology.emissions) for (const node of publishedTo(emission, topology)) enter(node);
  // What nobody here publishes comes from outside.
  for (const { type, bus } of topology.contracts) {
    for (const each of bus === undefined ? buses : [bus]) enter({ bus: each, type });
  }
  for (let from = open.pop(); from; from = open.pop()) {
    const taken = candidates(from);
    const key = keys.get(from)!;
    const hops: KeyedHop[] = [];
    taking.set(key, taken);
    outgoing.set(key, hops);
    for (const route of taken) {
      const reached = deliveries.get(route) ?? deliveriesOf(route, topology);
      deliveries.set(route, reached);
      for (const delivery of reached) {
        for (const hop of hopsOver(from, route, delivery, topology)) {
          const to = enter(hop.to);
          hops.push({ from: key, to: keys.get(to)!, hop: { ...hop, to } });
        }
      }
    }
  }
  const hops = [...outgoing.values()].flatMap((each) => each.map(({ hop }) => hop));
  return { nodes, hops, outgoing, routes: taking };
}

/** The hops one delivery makes: the event itself on the next bus, or everything the component publishes then. */
export function hopsOver(from: FlowNode, route: Route, delivery: Delivery, topology: Topology): Hop[] {
  const hops: Hop[] = [];
  if (delivery.bus !== undefined)
    hops.push({ from, to: { bus: delivery.bus, type: from.type }, route, delivery });
  for (const emission of topology.emissionsOf.get(delivery.component?.id ?? '') ?? []) {
    if (emission.entry || !triggeredBy(emission, from.type)) continue;
    for (const to of publishedTo(emission, topology)) hops.push({ from, to, route, delivery, emission });
  }
  return hops;
}

/** Whether an emission follows on events of this type; `*` stands for any source or detail-type. */
export function triggeredBy(emission: Emission, type: EventType | undefined): boolean {
  if (emission.on === undefined || type === undefined) return true;
  return emission.on.some((text) => {
    const on = parseEventType(text);
    if (!on) return true;
    return part(on.source, type.source) && part(on.detailType, type.detailType);
  });
}

function part(wanted: string, given: string): boolean {
  return wanted === '*' || mayEqual(wanted, given) !== 'no';
}

/** The nodes an emission may publish to: one, unless its bus is not known. */
export function publishedTo(emission: Emission, topology: Topology): FlowNode[] {
  const { event: type } = emission;
  const bound = type && topology.contractById.get(printEventType(type))?.bus;
  const bus = emission.bus ?? bound;
  if (bus !== undefined) return [{ bus, type }];
  const buses = busesWithRoutes(topology);
  return (buses.length > 0 ? buses : [defaultBus]).map((each) => ({ bus: each, type }));
}

export function busesWithRoutes(topology: Topology): string[] {
  return [...topology.routesFromBus.keys()];
}

/** Routes on a bus, and on any bus that may turn out to be the same one once its name is known. */
export function routesOn(topology: Topology, bus: string): readonly Route[] {
  const exact = topology.routesFromBus.get(bus) ?? [];
  if (!hasHole(bus)) {
    const others = [...topology.routesFromBus].filter(
      ([id]) => hasHole(id) && mayEqual(id, bus) === 'unknown',
    );
    return others.length === 0 ? exact : [...exact, ...others.flatMap(([, routes]) => routes)];
  }
  const others = [...topology.routesFromBus].filter(([id]) => id !== bus && mayEqual(id, bus) === 'unknown');
  return [...exact, ...others.flatMap(([, routes]) => routes)];
}

const incomingHops = new WeakMap<FlowGraph, ReadonlyMap<string, readonly KeyedHop[]>>();

/** The hops that lead to each node, by its key; worked out once. */
export function incomingOf(flow: FlowGraph): ReadonlyMap<string, readonly KeyedHop[]> {
  const known = incomingHops.get(flow);
  if (known) return known;
  const made = new Map<string, KeyedHop[]>();
  for (const hops of flow.outgoing.values())
    for (const hop of hops) {
      const list = made.get(hop.to);
      if (list) list.push(hop);
      else made.set(hop.to, [hop]);
    }
  incomingHops.set(flow, made);
  return made;
}
