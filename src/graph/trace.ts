import type { Emission } from '../model/emission.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import type { LoopAnalysis } from './analyze.ts';
import { type Delivery, deliveriesOf } from './deliveries.ts';
import { busesWithRoutes, hopsOver, nodeKey, routesOn } from './hops.ts';
import type { FlowNode } from './loop.ts';
import { type Fate, fateAt, fateAtRule } from './meeting.ts';
import { entryStates } from './reach.ts';
import { type EventState, stateKey } from './state.ts';

/** An event on a bus, and what every rule there makes of it. */
export interface TracedEvent {
  readonly node: FlowNode;
  readonly rules: readonly TracedRule[];
  /** loop: it is on its own way here. told: the same events were followed before. cut: the trace got too large. */
  readonly ends?: 'loop' | 'told' | 'cut';
}

export interface TracedRule {
  readonly route: Route;
  readonly fate: Fate;
  /** Empty for a rule that does not take it. */
  readonly deliveries: readonly TracedDelivery[];
}

export interface TracedDelivery {
  readonly delivery: Delivery;
  readonly follows: readonly TracedConsequence[];
}

/** What a component publishes then, or the event itself on the bus that it is forwarded to. */
export interface TracedConsequence {
  readonly emission?: Emission;
  readonly fate: Fate;
  /** Undefined when it never happens. */
  readonly event?: TracedEvent;
}

/** How many events a trace holds at most, and how many hops deep it goes. */
export interface TraceBounds {
  readonly events: number;
  readonly depth: number;
}

export const defaultBounds: TraceBounds = { events: 200, depth: 12 };

/**
 * Follows an event type from every bus it may be published to through every rule, with the reason for each step. What
 * was followed before in the same states is not followed again, so that a loop ends where it closes. The work is
 * events × rules of their bus × states.
 */
export function traceEvent(
  type: EventType,
  analysis: LoopAnalysis,
  bounds: TraceBounds = defaultBounds,
): TracedEvent[] {
  const tracer = new Tracer(analysis, bounds);
  return startsOf(type, analysis).map((node) =>
    tracer.event(node, existing(entryStates(node, true, analysis.context), analysis), []),
  );
}

/** The buses it is known on; if nobody here speaks of it, all that have rules. */
function startsOf(type: EventType, { flow, context }: LoopAnalysis): FlowNode[] {
  const id = printEventType(type);
  const known = [...flow.nodes.values()].filter((node) => node.type && printEventType(node.type) === id);
  return known.length > 0 ? known : busesWithRoutes(context.topology).map((bus) => ({ bus, type }));
}

function existing(states: readonly EventState[], { context }: LoopAnalysis): EventState[] {
  return states.filter((state) => context.judge.exists(state).answer !== 'no');
}

class Tracer {
  private readonly analysis: LoopAnalysis;
  private readonly bounds: TraceBounds;
  private readonly told = new Set<string>();
  private events = 0;

  constructor(analysis: LoopAnalysis, bounds: TraceBounds) {
    this.analysis = analysis;
    this.bounds = bounds;
  }

  event(node: FlowNode, states: readonly EventState[], way: readonly string[]): TracedEvent {
    const place = nodeKey(node);
    const key = [place, ...states.map(stateKey).sort()].join('\n');
    if (this.told.has(key)) return { node, rules: [], ends: way.includes(place) ? 'loop' : 'told' };
    if (this.events >= this.bounds.events || way.length >= this.bounds.depth)
      return { node, rules: [], ends: 'cut' };
    this.events++;
    this.told.add(key);
    const routes = routesOn(this.analysis.context.topology, node.bus);
    const rules = routes.map((route) => this.rule(route, node, states, [...way, place]));
    return { node, rules };
  }

  private rule(
    route: Route,
    node: FlowNode,
    states: readonly EventState[],
    way: readonly string[],
  ): TracedRule {
    const fate = fateAtRule(route, node, states, this.analysis);
    if (fate.answer === 'no') return { route, fate, deliveries: [] };
    const { topology } = this.analysis.context;
    const deliveries = deliveriesOf(route, topology).map((delivery): TracedDelivery => {
      const hops = hopsOver(node, route, delivery, topology);
      const follows = hops.map((hop): TracedConsequence => {
        const then = fateAt(hop, fate.states, this.analysis);
        return {
          ...(hop.emission ? { emission: hop.emission } : {}),
          fate: then,
          ...(then.answer === 'no' ? {} : { event: this.event(hop.to, distinct(then.states), way) }),
        };
      });
      return { delivery, follows };
    });
    return { route, fate, deliveries };
  }
}

function distinct(states: readonly EventState[]): EventState[] {
  return [...new Map(states.map((state) => [stateKey(state), state])).values()];
}
