import type { JsonObject } from '../../src/json/value.ts';
import type { Emission, FieldEffect } from '../../src/model/emission.ts';
import type { Route } from '../../src/model/route.ts';
import type { Topology } from '../../src/model/topology.ts';
import { matchValue } from '../../src/pattern/match.ts';

/**
 * Runs concrete events through a topology, one delivery at a time: the other way to the answers of the analysis. It
 * shares the reference matcher with it and nothing else: no sets, no states, no graph.
 */
export interface ConcreteEvent {
  readonly bus: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: JsonObject;
}

export interface Step {
  readonly rule: string;
  readonly component: string;
  readonly event: ConcreteEvent;
}

/** Depths from here on are one: far above every guard and filter of the random systems. */
const DEEP = 24;

/** Every event that is published in consequence of one, by rule and component. */
export function deliver(topology: Topology, event: ConcreteEvent): Step[] {
  const steps: Step[] = [];
  for (const route of topology.routes) {
    if (route.from.kind !== 'bus' || route.from.bus !== event.bus || !takes(route, event)) continue;
    for (const { to } of route.targets) {
      if (to.kind !== 'component') continue;
      const component = topology.components.find(({ id }) => id === to.component)!;
      const depth = event.detail['_chain_depth'];
      if (component.rejectsAtDepth && Number(depth ?? 0) >= component.rejectsAtDepth.depth) continue;
      for (const emission of topology.emissions) {
        if (emission.component !== component.id || emission.entry || !emission.event) continue;
        const on = `${event.source}@${event['detail-type']}`;
        if (emission.on && !emission.on.includes(on)) continue;
        steps.push({ rule: route.name, component: component.name, event: published(emission, event) });
      }
    }
  }
  return steps;
}

function takes(route: Route, { bus: _bus, ...event }: ConcreteEvent): boolean {
  if (route.state !== 'enabled') return false;
  return route.filter.kind === 'pattern' && matchValue(route.filter.pattern, event);
}

function published(emission: Emission, received: ConcreteEvent): ConcreteEvent {
  const detail: Record<string, string | number> = {};
  const depth = field(emission.depth, received.detail['_chain_depth'] as number | undefined);
  const stage = field(emission.stage, received.detail['processing_stage'] as string | undefined);
  if (depth !== undefined) detail['_chain_depth'] = Math.min(depth, DEEP);
  if (stage !== undefined) detail['processing_stage'] = stage;
  const { source, detailType } = emission.event!;
  return { bus: emission.bus!, source, 'detail-type': detailType, detail };
}

function field<T extends string | number>(effect: FieldEffect<T>, received: T | undefined): T | undefined {
  if (effect.kind === 'set') return effect.value;
  if (effect.kind === 'copy') return received;
  if (effect.kind === 'increment') return (((received as number | undefined) ?? 0) + 1) as T;
  return undefined;
}

/** Whether an event that follows these rules and components, in this order and over and over, never stops. */
export function goesRound(
  topology: Topology,
  start: ConcreteEvent,
  way: readonly { readonly rule: string; readonly component: string; readonly type: string }[],
): { readonly endless: boolean; readonly published: number } {
  let event = start;
  const seen = new Set<string>();
  for (let count = 0; ; count++) {
    if (count % way.length === 0) {
      const key = JSON.stringify(event);
      if (seen.has(key)) return { endless: true, published: count };
      seen.add(key);
    }
    const { rule, component, type } = way[count % way.length]!;
    const next = deliver(topology, event).find(
      (step) =>
        step.rule === rule &&
        step.component === component &&
        `${step.event.source}@${step.event['detail-type']}` === type,
    );
    if (!next) return { endless: false, published: count };
    event = next.event;
  }
}

/** Whether anything goes round at all from these events: a closed path among the concrete events they lead to. */
export function anythingGoesRound(topology: Topology, starts: readonly ConcreteEvent[]): boolean {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (event: ConcreteEvent): boolean => {
    const key = JSON.stringify(event);
    if (state.get(key) === 'open') return true;
    if (state.get(key) === 'done') return false;
    state.set(key, 'open');
    const round = deliver(topology, event).some((step) => visit(step.event));
    state.set(key, 'done');
    return round;
  };
  return starts.some(visit);
}

/** Every event that comes about from these, themselves included. */
export function allThatFollows(topology: Topology, starts: readonly ConcreteEvent[]): ConcreteEvent[] {
  const seen = new Map<string, ConcreteEvent>();
  const open = [...starts];
  for (let event = open.pop(); event; event = open.pop()) {
    const key = JSON.stringify(event);
    if (seen.has(key)) continue;
    seen.set(key, event);
    for (const step of deliver(topology, event)) open.push(step.event);
  }
  return [...seen.values()];
}
