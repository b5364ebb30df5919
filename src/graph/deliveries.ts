import type { BusId } from '../model/bus.ts';
import type { Component } from '../model/component.ts';
import type { Route, RouteKind, Target } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';

/** One way an event that a route took comes to something that may act on it. */
export interface Delivery {
  readonly target: Target;
  /** What receives it in the end; undefined when the target is another bus. */
  readonly component?: Component;
  /** The bus it is forwarded to, if the target is one. */
  readonly bus?: BusId;
  /** What it passed on the way: a queue and its event source mapping, a topic and its subscription. */
  readonly via: readonly Route[];
  /** Why it is not certain that every such event arrives, if it is not. */
  readonly doubt?: string;
}

/** Routes that hand on what was received, or something made of it: then a doubt says so. */
const handsOn: ReadonlySet<RouteKind> = new Set([
  'event-source-mapping',
  'subscription',
  'pipe',
  'notification',
  'destination',
  'redrive',
  'call',
]);

/**
 * Everything a route delivers to, through queues, topics and streams to their readers. Each component is visited
 * once per target, so that a ring of queues ends; linear in the routes passed.
 */
export function deliveriesOf(route: Route, topology: Topology): readonly Delivery[] {
  return route.targets.flatMap((target) => deliveriesTo(target, topology));
}

function deliveriesTo(target: Target, topology: Topology): Delivery[] {
  if (target.to.kind === 'bus') return [{ target, bus: target.to.bus, via: [] }];
  if (target.to.kind === 'outside') return [];
  const deliveries: Delivery[] = [];
  const seen = new Set<string>();
  const open: { id: string; via: readonly Route[]; doubt?: string }[] = [
    { id: target.to.component, via: [] },
  ];
  for (let step = open.shift(); step; step = open.shift()) {
    if (seen.has(step.id)) continue;
    seen.add(step.id);
    const component = topology.componentById.get(step.id);
    const doubt = step.doubt === undefined ? {} : { doubt: step.doubt };
    if (component) deliveries.push({ target, component, via: step.via, ...doubt });
    for (const next of topology.routesFromComponent.get(step.id) ?? []) {
      if (!handsOn.has(next.kind) || next.state === 'disabled') continue;
      const via = [...step.via, next];
      const unsure = step.doubt ?? doubtOf(next);
      for (const { to } of next.targets) {
        if (to.kind === 'component')
          open.push({ id: to.component, via, ...(unsure ? { doubt: unsure } : {}) });
      }
    }
  }
  return deliveries;
}

function doubtOf(route: Route): string | undefined {
  if (route.kind === 'destination') return `${route.name} hands on a record of the invocation`;
  if (route.kind === 'redrive') return `${route.name} takes only what failed`;
  if (route.kind === 'call') return `what ${route.name} hands on is not known`;
  if (route.filter.kind !== 'everything') return `the filter of ${route.name} may keep it back`;
  if (route.state === 'unknown') return `whether ${route.name} is enabled is not known`;
  return undefined;
}
