import { defaultBus } from '../../model/bus.ts';
import type { Emission } from '../../model/emission.ts';
import type { EventType } from '../../model/event-type.ts';
import type { Route } from '../../model/route.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { matchValue } from '../../pattern/match.ts';
import { holesOpened } from '../../pattern/open-holes.ts';
import { restrictPattern } from '../../pattern/restrict.ts';
import { serviceEvents } from './services.ts';

/**
 * What services tell on the default bus about the template resources that something leads to. Only those events that
 * some rule takes: nobody hears the others. Cost: template resources × rules of the default bus.
 */
export function statusEvents(
  resources: readonly TemplateResource[],
  routes: readonly Route[],
  reached: ReadonlySet<string>,
): Emission[] {
  const takers = routes.filter(
    ({ from, state, filter }) =>
      from.kind === 'bus' && from.bus === defaultBus && state !== 'disabled' && filter.kind !== 'nothing',
  );
  const heard = serviceEvents.flatMap((service) =>
    service.detailTypes
      .map((detailType): EventType => ({ source: service.source, detailType }))
      // Of what a rule takes without naming the type, the first stands for all.
      .filter((type, index) =>
        takers.some((route) => mayTake(route, type) && (index === 0 || namesType(route))),
      )
      .map((type) => ({ service, type })),
  );
  if (heard.length === 0) return [];
  return resources.flatMap((resource) =>
    heard
      .filter(({ service }) => service.types.test(resource.type) && (service.when?.(resource) ?? true))
      .map(({ service: { about }, type }): Emission => {
        const name = resource.addresses.find((text) => text.startsWith('arn:') === (about?.is === 'arn'));
        return {
          component: resource.id,
          entry: !reached.has(resource.id),
          event: type,
          bus: defaultBus,
          count: 1,
          probability: 1,
          depth: { kind: 'absent' },
          stage: { kind: 'absent' },
          ...(about && name !== undefined ? { fields: { [about.path]: { kind: 'set', value: name } } } : {}),
          evidence: { kind: 'catalogue', text: `${resource.type} tells about itself`, span: resource.span },
        };
      }),
  );
}

function namesType({ filter }: Route): boolean {
  if (filter.kind !== 'pattern') return false;
  return filter.pattern.alternatives.some(({ conditions }) =>
    conditions.some(({ path }) => path === 'detail-type'),
  );
}

/** Whether a route may take events of a type, as far as source and detail-type say. */
function mayTake({ filter }: Route, type: EventType): boolean {
  if (filter.kind !== 'pattern') return true;
  const event = { source: type.source, 'detail-type': type.detailType };
  const only = restrictPattern(filter.pattern, (path) => path === 'source' || path === 'detail-type');
  if (matchValue(only, event)) return true;
  const opened = holesOpened(only);
  return opened !== undefined && matchValue(opened, event);
}
