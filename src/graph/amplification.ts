import { printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import type { LoopAnalysis } from './analyze.ts';
import { deliveriesOf } from './deliveries.ts';
import { nodeKey } from './hops.ts';
import type { FlowNode, Retried } from './loop.ts';
import { isV2 } from './passage.ts';
import { entryStates } from './reach.ts';
import { attemptsAt } from './retries.ts';
import { type EventState, stateKey } from './state.ts';
import { onlyCertain, roundsOf, type StateEdge, type StateGraph, stateGraph } from './state-graph.ts';
import { Companies, type Company } from './together.ts';

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
  /** Events in the worst case with retries, beside `events`, which counts none. */
  readonly retried: Retried;
  /** False if some hop on the way is not decided, or which rules take the same event: then all count as taken. */
  readonly certain: boolean;
}

/**
 * The amplification of every event type: each figure in the worst of the states it may enter in. Exact where
 * probabilities are 1 and `certain` is true; otherwise an upper bound of what is published. Time linear in states and hops, once
 * the hops are judged.
 */
export function amplifications(analysis: LoopAnalysis): Amplification[] {
  const { flow, space, context } = analysis;
  const nodes = [...flow.nodes.values()].filter(({ type }) => type !== undefined);
  const starts = new Map(nodes.map((node) => [nodeKey(node), entryStates(node, true, context)]));
  const graph = stateGraph(space, [...starts.values()].flat());
  const totals = new Totals(graph, analysis);
  const attempts = senders(context.topology);
  return nodes
    .flatMap((node) => {
      const states = starts
        .get(nodeKey(node))!
        .filter((state) => context.judge.exists(state).answer !== 'no');
      const all = states.map((state) => totals.of(state, node));
      if (all.length === 0) return [];
      const fanOut = Math.max(...all.map((each) => each.fanOut));
      const worst = all.reduce<Total>(worseOf, all[0]!);
      const sent = attempts.get(nameOf({ node })) ?? 1;
      const retried = { runs: sent * worst.retried.runs, all: sent * worst.retried.all };
      return [{ node, fanOut, ...worst, retried }];
    })
    .sort((a, b) => b.events - a.events || (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ node }: Pick<Amplification, 'node'>): string {
  return node.type ? printEventType(node.type) : '*';
}

/** How often one event from outside is sent at most, by event type: by the most stubborn of its senders. */
function senders({ emissions }: Topology): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { entry, event, attempts = 1 } of emissions) {
    if (!entry || !event) continue;
    const id = printEventType(event);
    most.set(id, Math.max(most.get(id) ?? 1, attempts));
  }
  return most;
}

interface Total {
  events: number;
  expectedEvents: number;
  deliveries: number;
  cost: number;
  retried: Retried;
  certain: boolean;
}

/** Everything a route that takes an event hands it to, at once. */
interface Handed {
  readonly deliveries: number;
  readonly cost: number;
}

/** Totals by state, each worked out once from those of the states it leads to. */
class Totals {
  private readonly known = new Map<string, Total>();
  private readonly handed = new Map<Route, { readonly once: Handed; readonly again: Handed }>();
  private readonly graph: StateGraph;
  private readonly analysis: LoopAnalysis;
  private readonly companies: Companies;

  constructor(graph: StateGraph, analysis: LoopAnalysis) {
    this.graph = graph;
    this.analysis = analysis;
    this.companies = new Companies(analysis.context.judge);
    const without = Number.POSITIVE_INFINITY;
    // Only a loop through something that costs money costs without end.
    const priced = analysis.context.topology.components.some(({ callCost }) => callCost);
    const sure = new Set(roundsOf(onlyCertain(graph)).flat());
    const expected = expectations(graph);
    for (const states of roundsOf(graph)) {
      for (const state of states) {
        this.known.set(state, {
          events: without,
          expectedEvents: expected.get(state) ?? without,
          deliveries: without,
          cost: priced ? without : 0,
          retried: { runs: without, all: without },
          certain: sure.has(state),
        });
      }
    }
  }

  of(state: EventState, node: FlowNode): Amplification {
    const { total, fanOut } = this.total(state);
    return { node, fanOut, ...total };
  }

  private total(start: EventState): { readonly total: Total; readonly fanOut: number } {
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
    const fanOut = Math.max(
      0,
      ...this.companyOf(start).sets.map((routes) => this.handedOn(routes, start).deliveries),
    );
    return { total: this.known.get(stateKey(start))!, fanOut };
  }

  /** The most that any one event of the state leads to: of the rules that take it, only so many take the same. */
  private sum(state: EventState, edges: readonly StateEdge[]): Total {
    const { sets, picky, exact } = this.companyOf(state);
    const totals = sets.map((routes) => {
      const taken = new Set(routes);
      return this.sumOf(
        state,
        routes,
        edges.filter(({ hop }) => taken.has(hop.route)),
      );
    });
    const most = totals.reduce(worseOf);
    // What is forwarded is still the event that the other rules took: the next bus is not told what they asked for.
    const forgotten = edges.some(
      ({ hop }) => !hop.emission && [...picky].some((route) => route !== hop.route),
    );
    return exact && !forgotten ? most : { ...most, certain: false };
  }

  private sumOf(state: EventState, routes: readonly Route[], edges: readonly StateEdge[]): Total {
    const total: Total = {
      events: 1,
      expectedEvents: 1,
      certain: true,
      retried: { runs: 1, all: 1 },
      ...this.handedOn(routes, state),
    };
    let { runs, all } = total.retried;
    for (const { to, hop, certain } of edges) {
      const next = this.known.get(to)!;
      const count = hop.emission ? hop.emission.count : 1;
      const probability = hop.emission?.probability ?? 1;
      // A forwarded event is the same event: only what follows from it is counted.
      const own = hop.emission ? 0 : 1;
      if (count > 0 && probability > 0) {
        const attempts = attemptsAt(hop, this.analysis.context);
        total.events += count * (next.events - own);
        total.expectedEvents += count * probability * (next.expectedEvents - own);
        total.deliveries += count * next.deliveries;
        total.cost += count * next.cost;
        runs += times(attempts.runs * count, next.retried.runs - own);
        all += times(attempts.all * count, next.retried.all - own);
      }
      total.certain &&= certain && next.certain;
    }
    return { ...total, retried: { runs, all } };
  }

  private companyOf(state: EventState): Company {
    const { flow, context } = this.analysis;
    const candidates = flow.routes.get(nodeKey(state)) ?? [];
    const taking = candidates.filter(
      (route) => route.state !== 'disabled' && context.judge.takes(route, state).answer !== 'no',
    );
    return this.companies.of(taking, state);
  }

  /** How many targets one event is delivered to, and what that costs. */
  private handedOn(routes: readonly Route[], state: EventState): Handed {
    let deliveries = 0;
    let cost = 0;
    for (const route of routes) {
      const { once, again } = this.handedBy(route);
      const handed = state.forwarded === 'once' ? again : once;
      deliveries += handed.deliveries;
      cost += handed.cost;
    }
    return { deliveries, cost };
  }

  /** By a route to an event that no rule brought here, and to one that a rule did: that goes to no other Classic bus. */
  private handedBy(route: Route): { readonly once: Handed; readonly again: Handed } {
    const known = this.handed.get(route);
    if (known) return known;
    const { context } = this.analysis;
    const cost = deliveriesOf(route, context.topology).reduce(
      (sum, { component }) => sum + (component?.callCost ?? 0),
      0,
    );
    const kept = route.targets.filter(
      ({ to }) => to.kind !== 'bus' || route.kind === 'subscriber' || isV2(to.bus, context),
    );
    const handed = {
      once: { deliveries: route.targets.length, cost },
      again: { deliveries: kept.length, cost },
    };
    this.handed.set(route, handed);
    return handed;
  }
}

/** Beyond this many states an expectation is not worked out; what it grows to is then told as without end. */
const MAX_EXPECTED_STATES = 5_000;
const MAX_EXPECTED_EVENTS = 1e9;

/**
 * What events of each state are expected to lead to, where something goes round that may end by chance: the fixed point
 * of one and what follows from it. Empty where nothing is left to chance. Rounds × edges, until it stands still.
 */
function expectations({ edges }: StateGraph): Map<string, number> {
  const found = new Map<string, number>();
  const byChance = [...edges.values()].some((out) =>
    out.some(({ hop }) => (hop.emission?.probability ?? 1) < 1),
  );
  if (!byChance || edges.size > MAX_EXPECTED_STATES) return found;
  for (const key of edges.keys()) found.set(key, 1);
  for (let round = 0; round < 10_000; round++) {
    let change = 0;
    for (const [key, out] of edges) {
      let sum = 1;
      for (const { hop, to, weight } of out)
        sum += weight === 0 ? 0 : weight * (found.get(to)! - (hop.emission ? 0 : 1));
      const next = sum > MAX_EXPECTED_EVENTS ? Number.POSITIVE_INFINITY : sum;
      const before = found.get(key)!;
      if (next !== before) change = Math.max(change, Math.abs(next - before) / before || 0);
      found.set(key, next);
    }
    if (change < 1e-12) return found;
  }
  // Still growing, if slowly: nobody counts on its end.
  return new Map();
}

/** Nothing repeated without end is still nothing. */
function times(attempts: number, events: number): number {
  return events === 0 ? 0 : attempts * events;
}

/** The worst of two in every respect: they may be of different events. */
function worseOf(a: Total, b: Total): Total {
  return {
    events: Math.max(a.events, b.events),
    expectedEvents: Math.max(a.expectedEvents, b.expectedEvents),
    deliveries: Math.max(a.deliveries, b.deliveries),
    cost: Math.max(a.cost, b.cost),
    retried: {
      runs: Math.max(a.retried.runs, b.retried.runs),
      all: Math.max(a.retried.all, b.retried.all),
    },
    certain: a.certain && b.certain,
  };
}
