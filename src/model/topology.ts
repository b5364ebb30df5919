import type { Bus, BusId } from './bus.ts';
import type { Component, ComponentId } from './component.ts';
import type { Contract } from './contract.ts';
import type { Emission } from './emission.ts';
import type { EventTypeId } from './event-type.ts';
import type { Route, RouteId } from './route.ts';

/** What a loader finds in one place; several are merged into one topology. */
export interface TopologyParts {
  readonly buses: readonly Bus[];
  readonly routes: readonly Route[];
  readonly components: readonly Component[];
  readonly contracts: readonly Contract[];
  readonly emissions: readonly Emission[];
}

/** Everything that was declared or deployed, frozen and indexed. */
export interface Topology extends TopologyParts {
  readonly busById: ReadonlyMap<BusId, Bus>;
  readonly componentById: ReadonlyMap<ComponentId, Component>;
  readonly routeById: ReadonlyMap<RouteId, Route>;
  readonly contractById: ReadonlyMap<EventTypeId, Contract>;
  /** Routes that take events from a bus. */
  readonly routesFromBus: ReadonlyMap<BusId, readonly Route[]>;
  /** Routes that take what a component received or holds on to something else (a queue to its reader). */
  readonly routesFromComponent: ReadonlyMap<ComponentId, readonly Route[]>;
  readonly emissionsOf: ReadonlyMap<ComponentId, readonly Emission[]>;
}

/** Freezes and indexes. Of two items with one id the first stays; linear in the number of items. */
export function topologyOf(parts: TopologyParts): Topology {
  const busById = byId(parts.buses);
  const componentById = byId(parts.components);
  const routeById = byId(parts.routes);
  const contractById = byId(parts.contracts);
  const routes = [...routeById.values()];
  return Object.freeze({
    buses: Object.freeze([...busById.values()]),
    components: Object.freeze([...componentById.values()]),
    routes: Object.freeze(routes),
    contracts: Object.freeze([...contractById.values()]),
    emissions: Object.freeze([...parts.emissions]),
    busById,
    componentById,
    routeById,
    contractById,
    routesFromBus: group(routes, (route) => (route.from.kind === 'bus' ? route.from.bus : undefined)),
    routesFromComponent: group(routes, (route) =>
      route.from.kind === 'component' ? route.from.component : undefined,
    ),
    emissionsOf: group(parts.emissions, (emission) => emission.component),
  });
}

/** The same topology with another route of the same id, from the same place. Only the indexes that name it are copied. */
export function withRoute(topology: Topology, route: Route): Topology {
  const another = (each: Route): Route => (each.id === route.id ? route : each);
  const routes = Object.freeze(topology.routes.map(another));
  const routeById = new Map(topology.routeById).set(route.id, route);
  const bus = route.from.kind === 'bus' ? route.from.bus : undefined;
  const component = route.from.kind === 'component' ? route.from.component : undefined;
  return Object.freeze({
    ...topology,
    routes,
    routeById,
    routesFromBus: replaced(topology.routesFromBus, bus, another),
    routesFromComponent: replaced(topology.routesFromComponent, component, another),
  });
}

/** The same topology with another component of the same id, which publishes these and nothing else. */
export function withComponent(
  topology: Topology,
  component: Component,
  emissions: readonly Emission[],
): Topology {
  const own = new Set(topology.emissionsOf.get(component.id));
  return Object.freeze({
    ...topology,
    components: Object.freeze(
      topology.components.map((each) => (each.id === component.id ? component : each)),
    ),
    componentById: new Map(topology.componentById).set(component.id, component),
    emissions: Object.freeze([...topology.emissions.filter((each) => !own.has(each)), ...emissions]),
    emissionsOf: new Map(topology.emissionsOf).set(component.id, emissions),
  });
}

function replaced<T>(
  index: ReadonlyMap<string, readonly T[]>,
  key: string | undefined,
  another: (item: T) => T,
): ReadonlyMap<string, readonly T[]> {
  const list = key === undefined ? undefined : index.get(key);
  return list ? new Map(index).set(key!, list.map(another)) : index;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) if (!map.has(item.id)) map.set(item.id, item);
  return map;
}

function group<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const list = map.get(key);
    if (list) list.push(item);
    else map.set(key, [item]);
  }
  return map;
}
