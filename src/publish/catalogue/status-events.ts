import { parseArn } from '../../load/cloudformation/arn.ts';
import { defaultBus } from '../../model/bus.ts';
import type { Component, ComponentId } from '../../model/component.ts';
import type { Emission } from '../../model/emission.ts';
import type { EventType } from '../../model/event-type.ts';
import type { Route } from '../../model/route.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { defaultBusTakers, mayTake, namesType } from './default-bus.ts';
import { conditions, type ServiceEvents } from './services.ts';

/** What happens to the template resources of a system. */
export interface Happenings {
  readonly resources: readonly TemplateResource[];
  readonly components: readonly Component[];
  readonly routes: readonly Route[];
  /** What some event on some bus leads to. */
  readonly reached: ReadonlySet<ComponentId>;
  /** The IAM actions that others may take on a component; undefined: which ones is not known. */
  readonly actions: ReadonlyMap<ComponentId, ReadonlySet<string> | undefined>;
}

/** Something a service may tell about. */
interface Subject {
  readonly id: ComponentId;
  readonly addresses: readonly string[];
  readonly what: string;
  readonly span: TemplateResource['span'] | undefined;
}

/**
 * What services tell on the default bus about the template resources and targets that something leads to. Only those
 * events that some rule takes: nobody hears the others. Cost: template resources × rules of the default bus.
 */
export function statusEvents(catalogue: readonly ServiceEvents[], happenings: Happenings): Emission[] {
  const takers = defaultBusTakers(happenings.routes);
  const heard = catalogue.flatMap((service) =>
    service.detailTypes
      .map((detailType): EventType => ({ source: service.source, detailType }))
      // Of what a rule takes without naming the type, the first stands for all.
      .filter((type, index) =>
        takers.some((route) => mayTake(route, type) && (index === 0 || namesType(route))),
      )
      .map((type) => ({ service, type })),
  );
  return heard.flatMap(({ service, type }) =>
    subjectsOf(service, happenings).map(({ id, addresses, what, span }): Emission => {
      const { about } = service;
      const name = addresses.find((text) => text.startsWith('arn:') === (about?.is === 'arn'));
      return {
        component: id,
        entry: !happenings.reached.has(id) || !follows(service, type, id, happenings),
        event: type,
        bus: defaultBus,
        count: 1,
        probability: 1,
        depth: { kind: 'absent' },
        stage: { kind: 'absent' },
        ...(about && name !== undefined ? { fields: { [about.field]: { kind: 'set', value: name } } } : {}),
        evidence: { kind: 'catalogue', text: `${what} tells about itself`, ...(span ? { span } : {}) },
      };
    }),
  );
}

function subjectsOf(service: ServiceEvents, { resources, components, routes }: Happenings): Subject[] {
  const condition: {
    resource?: (of: TemplateResource) => boolean;
    target?: (of: Route['targets'][number]) => boolean;
  } = service.only ? conditions[service.only] : {};
  const asks = (id: ComponentId): boolean =>
    !condition.target ||
    routes.some(({ targets }) =>
      targets.some(
        (target) => target.to.kind === 'component' && target.to.component === id && condition.target!(target),
      ),
    );
  const own = resources
    .filter((each) => isOf(each.type, service.types) && (condition.resource?.(each) ?? true) && asks(each.id))
    .map(({ id, addresses, type, span }): Subject => ({ id, addresses, what: type, span }));
  // Targets that are in no template: a document of Systems Manager's own, an instance to be stopped.
  const others = components
    .filter(({ declared, addresses }) => !declared && isAt(addresses, service.arns ?? []))
    .filter(({ id }) => asks(id))
    .map(({ id, addresses, span }): Subject => ({ id, addresses: [], what: addresses[0] ?? id, span }));
  return [...own, ...others];
}

function isOf(type: string, types: readonly string[]): boolean {
  return types.some((each) => (each.endsWith('*') ? type.startsWith(each.slice(0, -1)) : type === each));
}

function isAt(addresses: readonly string[], arns: readonly string[]): boolean {
  return addresses.some((address) => {
    const arn = parseArn(address);
    return arn !== undefined && arns.some((each) => `${arn.service}:${arn.resource}`.startsWith(each));
  });
}

/** Whether what others may do leads to an event of the type. */
function follows(
  { after }: ServiceEvents,
  { detailType }: EventType,
  id: ComponentId,
  { actions }: Happenings,
): boolean {
  const needed = after?.[detailType];
  const done = actions.get(id);
  return !needed || !done || needed.some((action) => done.has(action));
}
