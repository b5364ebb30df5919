import type { Component } from '../model/component.ts';
import type { Route, Target } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { matchValue } from '../pattern/match.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { EventClass } from './event-classes.ts';

/** One target of a route that takes an event, or a subscription of a topic behind it. */
export interface Delivery {
  readonly route: Route;
  readonly target: Target;
  /** What receives it; undefined for a bus and for what is outside. */
  readonly component: Component | undefined;
}

/** Works out where events go: every class of events is matched once against the rules of its bus. */
export class Routing {
  private readonly known = new Map<number, readonly Delivery[]>();
  private readonly topology: Topology;
  /** What had to be taken for granted on the way, in words. */
  readonly assumptions = new Set<string>();

  constructor(topology: Topology) {
    this.topology = topology;
  }

  /** The targets of an event, whether or not something disabled their rules in the meantime. */
  deliveries(event: EventClass): readonly Delivery[] {
    const known = this.known.get(event.id);
    if (known) return known;
    const made = (this.topology.routesFromBus.get(event.bus) ?? []).flatMap((route) =>
      this.takes(route, event) ? this.targetsOf(route, event) : [],
    );
    this.known.set(event.id, made);
    return made;
  }

  /** Readers, subscribers and dead-letter queues of a component. */
  from(component: Component, kind: Route['kind']): readonly Delivery[] {
    return (this.topology.routesFromComponent.get(component.id) ?? [])
      .filter((route) => route.kind === kind && route.state !== 'disabled')
      .flatMap((route) => this.targetsOf(route));
  }

  private targetsOf(route: Route, event?: EventClass): Delivery[] {
    return route.targets.flatMap((target): Delivery[] => {
      // A second forward from rule to bus is dropped (UG eb-bus-to-bus).
      if (target.to.kind === 'bus' && event?.forwarded) return [];
      const component =
        target.to.kind === 'component' ? this.topology.componentById.get(target.to.component) : undefined;
      return [{ route, target, component }];
    });
  }

  private takes({ state, filter, name, kind }: Route, { event }: EventClass): boolean {
    if (state === 'disabled' || kind === 'schedule' || filter.kind === 'nothing') return false;
    if (state === 'unknown') this.assumptions.add(`${name} is enabled`);
    if (filter.kind === 'everything') return true;
    if (filter.kind === 'unknown') {
      this.assumptions.add(`${name} takes everything: ${filter.why}`);
      return true;
    }
    const { pattern } = filter;
    if (matchValue(holesClosed(pattern, false), event)) return true;
    const open = holesOpened(pattern);
    if (!open || !matchValue(open, event)) return false;
    this.assumptions.add(`${name} takes what it may take: its pattern is known at deployment only`);
    return true;
  }
}
