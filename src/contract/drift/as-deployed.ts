import type { BusId } from '../../model/bus.ts';
import type { Component } from '../../model/component.ts';
import type { Endpoint, Route } from '../../model/route.ts';
import { type Topology, topologyOf } from '../../model/topology.ts';
import type { Drift } from './compare-rules.ts';

/**
 * The declared system with the rules of the account: what is published stays as it is known of the templates, so that only
 * the rules make a difference. Rules without drift stay as they are; what only the account holds comes with what is known
 * of it.
 */
export function asDeployed(declared: Topology, deployed: Topology, { rules, counterparts }: Drift): Topology {
  const buses = new Map<BusId, BusId>(declared.buses.map(({ id }) => [counterparts.fill(id), id]));
  const added = new Map<string, Component>();
  const end = (to: Endpoint): Endpoint => {
    if (to.kind === 'bus') return { kind: 'bus', bus: buses.get(to.bus) ?? to.bus };
    if (to.kind !== 'component') return to;
    const own = counterparts.declaredOf(to.component);
    if (own !== undefined && declared.componentById.has(own)) return { kind: 'component', component: own };
    const component = deployed.componentById.get(to.component);
    if (component && !declared.componentById.has(component.id)) added.set(component.id, component);
    return to;
  };
  const translated = (route: Route): Route => ({
    ...route,
    from: end(route.from),
    targets: route.targets.map((target) => ({ ...target, to: end(target.to) })),
  });
  const replaced = new Map<string, Route | undefined>();
  const extra: Route[] = [];
  for (const rule of rules) {
    if (rule.kind === 'missing') replaced.set(rule.declared.id, undefined);
    if (rule.kind === 'extra') extra.push(translated(rule.deployed));
    if (rule.kind === 'changed') {
      const { declared: one, deployed: other } = rule;
      replaced.set(one.id, { ...translated(other), id: one.id, name: one.name });
    }
  }
  const routes = declared.routes.flatMap((route) =>
    replaced.has(route.id) ? (replaced.get(route.id) ?? []) : [route],
  );
  const emissions = deployed.emissions
    .filter(({ component }) => added.has(component))
    .map((each) => (each.bus === undefined ? each : { ...each, bus: buses.get(each.bus) ?? each.bus }));
  return topologyOf({
    ...declared,
    components: [...declared.components, ...added.values()],
    routes: [...routes, ...extra],
    emissions: [...declared.emissions, ...emissions],
  });
}
