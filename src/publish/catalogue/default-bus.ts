import { type BusId, defaultBus } from '../../model/bus.ts';
import type { EventType } from '../../model/event-type.ts';
import type { Route } from '../../model/route.ts';
import { matchValue } from '../../pattern/match.ts';
import { holesOpened } from '../../pattern/open-holes.ts';
import { restrictPattern } from '../../pattern/restrict.ts';

/** The routes from the default bus, where services tell what they did. */
export function defaultBusTakers(routes: readonly Route[]): Route[] {
  return routes.filter(
    ({ from, state, filter }) =>
      from.kind === 'bus' && isDefault(from.bus) && state !== 'disabled' && filter.kind !== 'nothing',
  );
}

/** The default bus, or that of another account or Region. */
function isDefault(bus: BusId): boolean {
  return bus === defaultBus || /^\d{12}\/[a-z0-9-]+\/default$/.test(bus);
}

/** Whether a route asks for certain detail-types. */
export function namesType({ filter }: Route): boolean {
  if (filter.kind !== 'pattern') return false;
  return filter.pattern.alternatives.some(({ conditions }) =>
    conditions.some(({ path }) => path === 'detail-type'),
  );
}

/** Whether a route may take events of a type, as far as source and detail-type say. */
export function mayTake({ filter }: Route, type: EventType): boolean {
  if (filter.kind !== 'pattern') return true;
  const event = { source: type.source, 'detail-type': type.detailType };
  const only = restrictPattern(filter.pattern, (path) => path === 'source' || path === 'detail-type');
  if (matchValue(only, event)) return true;
  const opened = holesOpened(only);
  return opened !== undefined && matchValue(opened, event);
}
