import type { ComponentId } from '../model/component.ts';
import type { Route } from '../model/route.ts';

/** The components that an event on some bus may lead to, through queues, streams and calls. Linear in the routes. */
export function reachedFromBuses(routes: readonly Route[]): ReadonlySet<ComponentId> {
  const after = new Map<ComponentId, ComponentId[]>();
  const open: ComponentId[] = [];
  for (const { from, targets, filter } of routes) {
    for (const { to } of targets) {
      if (to.kind !== 'component') continue;
      if (from.kind === 'bus' && filter.kind !== 'nothing') open.push(to.component);
      if (from.kind === 'component')
        after.set(from.component, [...(after.get(from.component) ?? []), to.component]);
    }
  }
  const reached = new Set<ComponentId>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(after.get(id) ?? []));
  }
  return reached;
}
