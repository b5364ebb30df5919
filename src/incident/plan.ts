import { analyzeLoops, type LoopAnalysis } from '../graph/analyze.ts';
import { deliveriesOf } from '../graph/deliveries.ts';
import type { Loop } from '../graph/loop.ts';
import { freshEvent } from '../graph/lost.ts';
import type { Oracle } from '../graph/oracle.ts';
import { printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import { type Topology, topologyOf } from '../model/topology.ts';
import { minimalHittingSet } from './minimal-set.ts';

/** Which rules to disable so that nothing goes round any more, and what that costs meanwhile. */
export interface IncidentPlan {
  readonly loops: readonly Loop[];
  /** In the order in which to enable them again. */
  readonly disabled: readonly DisabledRule[];
  /** Whether fewer rules would not do. */
  readonly exact: boolean;
  /** Loops without a rule that could be disabled: AWS manages them all, or they are subscribers. */
  readonly unbroken: readonly Loop[];
}

export interface DisabledRule {
  readonly route: Route;
  /** The loops that it breaks. */
  readonly breaks: readonly Loop[];
  readonly delivers: readonly Undelivered[];
}

/** An event type that a disabled rule delivers no more. */
export interface Undelivered {
  readonly event: string;
  readonly to: readonly string[];
  /** Whether events of this type go round through the rule. */
  readonly round: boolean;
}

/** Rounds of the search: each adds the loops that were not listed before. */
const MAX_ROUNDS = 20;

/**
 * The smallest set of rules that has one of every loop that `wanted` names; of several sets the one that keeps back the
 * fewest other deliveries. The analysis is run again with those rules disabled, and what still goes round (of very many
 * loops only a part is listed) is added, until nothing does.
 */
export function planIncident(
  analysis: LoopAnalysis,
  oracle: Oracle,
  wanted: (analysis: LoopAnalysis) => readonly Loop[],
): IncidentPlan {
  const { topology, settings } = analysis.context;
  const loops = new Map(wanted(analysis).map((loop) => [loop.id, loop]));
  const costs = new Map<string, number>();
  const cost = (id: string): number => {
    const known =
      costs.get(id) ?? otherDeliveries(topology.routeById.get(id)!, [...loops.values()], analysis);
    costs.set(id, known);
    return known;
  };
  let answer = { chosen: [] as readonly string[], exact: true };
  let clean = false;
  for (let round = 0; round < MAX_ROUNDS && !clean; round++) {
    const sets = [...loops.values()].map(rulesOf).filter((rules) => rules.length > 0);
    answer = minimalHittingSet(sets, cost);
    const left = wanted(analyzeLoops(withDisabled(topology, answer.chosen), settings, oracle));
    const fresh = left.filter(({ id }) => !loops.has(id));
    for (const loop of fresh) loops.set(loop.id, loop);
    clean = fresh.length === 0;
  }
  const all = [...loops.values()];
  const disabled = answer.chosen.map((id): DisabledRule => {
    const route = topology.routeById.get(id)!;
    const breaks = all.filter((loop) => rulesOf(loop).includes(id));
    return { route, breaks, delivers: undelivered(route, breaks, analysis) };
  });
  return {
    loops: all,
    disabled: disabled.sort(
      (a, b) =>
        a.breaks.length - b.breaks.length ||
        growth(a.breaks) - growth(b.breaks) ||
        (a.route.name < b.route.name ? -1 : 1),
    ),
    exact: answer.exact && clean,
    unbroken: all.filter((loop) => rulesOf(loop).length === 0),
  };
}

function growth(loops: readonly Loop[]): number {
  return Math.max(0, ...loops.map((loop) => loop.growth ?? 0));
}

/** The rules of a loop that a user may disable. */
function rulesOf({ hops }: Loop): string[] {
  const routes = hops.map(({ route }) => route);
  return [
    ...new Set(
      routes.filter(({ kind, managedBy }) => kind === 'rule' && managedBy === undefined).map(({ id }) => id),
    ),
  ];
}

export function withDisabled(topology: Topology, rules: readonly string[]): Topology {
  const routes = topology.routes.map(
    (route): Route => (rules.includes(route.id) ? { ...route, state: 'disabled' } : route),
  );
  return topologyOf({ ...topology, routes });
}

/** What a rule delivers, by event type; events of which nothing is known are told as `*`. */
function undelivered(route: Route, loops: readonly Loop[], analysis: LoopAnalysis): Undelivered[] {
  const { context, flow } = analysis;
  const round = new Set(
    loops.flatMap(({ hops }) =>
      hops
        .filter((hop) => hop.route.id === route.id)
        .map(({ from }) => (from.type ? printEventType(from.type) : '*')),
    ),
  );
  const receivers = deliveriesOf(route, context.topology).filter(({ via }) => via.length === 0);
  const to = [...new Set(receivers.map(({ component, bus }) => component?.name ?? `bus ${bus}`))];
  const events = new Set<string>();
  for (const node of flow.nodes.values()) {
    if (route.from.kind !== 'bus' || node.bus !== route.from.bus) continue;
    if (!node.type) {
      if (round.has('*')) events.add('*');
    } else if (context.judge.takes(route, freshEvent(node.bus, node.type, context)).answer !== 'no') {
      events.add(printEventType(node.type));
    }
  }
  for (const event of round) events.add(event);
  return [...events].sort().map((event) => ({ event, to, round: round.has(event) }));
}

/** Deliveries that are kept back though they are on no loop. */
function otherDeliveries(route: Route, loops: readonly Loop[], analysis: LoopAnalysis): number {
  const rows = undelivered(route, loops, analysis);
  return rows.filter(({ round }) => !round).reduce((sum, { to }) => sum + to.length, 0);
}
