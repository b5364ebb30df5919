import { printEventType } from '../model/event-type.ts';
import type { LoopAnalysis } from './analyze.ts';
import { deliveriesOf } from './deliveries.ts';
import { nodeKey } from './hops.ts';
import type { FlowNode } from './loop.ts';
import { entryStates } from './reach.ts';
import { type EventState, stateKey } from './state.ts';
import { onlyCertain, roundsOf, type StateEdge, type StateGraph, stateGraph } from './state-graph.ts';

/** What one event leads to, in all. Infinite when it goes round for ever. */
export interface Amplification {
  readonly node: FlowNode;
  /** Targets it is delivered to at once. */
  readonly fanOut: number;
  /** The amplification factor: all events published in consequence of one, itself included; every emission happens. */
  readonly events: number;
  /** The same with the declared probabilities. */
  readonly expectedEvents: number;
  /** All deliveries to targets; every emission happens. */
  readonly deliveries: number;
  /** What these deliveries cost, in US dollars, as far as declarations say what one costs. */
  readonly cost: number;
  /** Whether some hop on the way is not decided; such hops count as taken. */
  readonly certain: boolean;
}

/**
 * The amplification of every event type, in the worst of the states it may enter in. Exact where probabilities are 1
 * and every hop is decided; otherwise an upper bound of what is published. Time linear in states and hops, once
 * the hops are judged.
 */
export function amplifications(analysis: LoopAnalysis): Amplification[] {
  const { flow, context } = analysis;
  const nodes = [...flow.nodes.values()].filter(({ type }) => type !== undefined);
  const starts = new Map(nodes.map((node) => [nodeKey(node), entryStates(node, true, context)]));
  const graph = stateGraph(flow.hops, [...starts.values()].flat(), context);
  const totals = new Totals(graph, analysis);
  return nodes
    .flatMap((node) => {
      const states = starts
        .get(nodeKey(node))!
        .filter((state) => context.judge.exists(state).answer !== 'no');
      const all = states.map((state) => totals.of(state, node));
      return all.length === 0
        ? []
        : [all.reduce((worst, each) => (each.events > worst.events ? each : worst))];
    })
    .sort((a, b) => b.events - a.events || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ node }: Amplification): string {
  return node.type ? printEventType(node.type) : '*';
}

interface Total {
  events: number;
  expectedEvents: number;
  certain: boolean;
  deliveries: number;
  cost: number;
}

/** Totals by state, each worked out once from those of the states it leads to. */
class Totals {
  private readonly known = new Map<string, Total>();
  private readonly graph: StateGraph;
  private readonly analysis: LoopAnalysis;

  constructor(graph: StateGraph, analysis: LoopAnalysis) {
    this.graph = graph;
    this.analysis = analysis;
    const without = Number.POSITIVE_INFINITY;
    // Only a loop through something that costs money costs without end.
    const priced = analysis.context.topology.components.some(({ callCost }) => callCost);
    const endless = {
      events: without,
      expectedEvents: without,
      deliveries: without,
      cost: priced ? without : 0,
    };
    const sure = new Set(roundsOf(onlyCertain(graph)).flat());
    for (const state of roundsOf(graph).flat()) {
      this.known.set(state, { ...endless, certain: sure.has(state) });
    }
  }

  of(state: EventState, node: FlowNode): Amplification {
    const total = this.total(state);
    return { node, fanOut: this.deliveriesOf(state).deliveries, ...total };
  }

  private total(start: EventState): Total {
    const open: { key: string; state: EventState }[] = [{ key: stateKey(start), state: start }];
    while (open.length > 0) {
      const { key, state } = open.at(-1)!;
      const edges = this.graph.edges.get(key) ?? [];
      const missing = this.known.has(key) ? [] : edges.filter(({ to }) => !this.known.has(to));
      if (missing.length > 0) {
        for (const edge of missing) open.push({ key: edge.to, state: edge.reaches });
        continue;
      }
      open.pop();
      if (!this.known.has(key)) this.known.set(key, this.sum(state, edges));
    }
    return this.known.get(stateKey(start))!;
  }

  private sum(state: EventState, edges: readonly StateEdge[]): Total {
    const total: Total = { events: 1, expectedEvents: 1, certain: true, ...this.deliveriesOf(state) };
    for (const { to, hop, certain } of edges) {
      const next = this.known.get(to)!;
      const count = hop.emission ? hop.emission.count : 1;
      const probability = hop.emission?.probability ?? 1;
      // A forwarded event is the same event: only what follows from it is counted.
      const own = hop.emission ? 0 : 1;
      if (count > 0 && probability > 0) {
        total.events += count * (next.events - own);
        total.expectedEvents += count * probability * (next.expectedEvents - own);
        total.deliveries += count * next.deliveries;
        total.cost += count * next.cost;
      }
      total.certain &&= certain && next.certain;
    }
    return total;
  }

  /** How many targets one event is delivered to, and what that costs. */
  private deliveriesOf(state: EventState): { deliveries: number; cost: number } {
    const { topology, judge } = this.analysis.context;
    let deliveries = 0;
    let cost = 0;
    for (const route of topology.routesFromBus.get(state.bus) ?? []) {
      if (route.state === 'disabled' || judge.takes(route, state).answer === 'no') continue;
      deliveries += route.targets.length;
      for (const { component } of deliveriesOf(route, topology)) cost += component?.callCost ?? 0;
    }
    return { deliveries, cost };
  }
}
