import { defaultBus } from '../../model/bus.ts';
import type { ComponentId } from '../../model/component.ts';
import type { Emission } from '../../model/emission.ts';
import type { EventType } from '../../model/event-type.ts';
import type { Route } from '../../model/route.ts';
import { mayTake as mayTakeText } from '../iam/glob.ts';
import type { Publisher } from '../publisher.ts';
import { defaultBusTakers, mayTake } from './default-bus.ts';

/** What the schema registry tells, and the call that leads to it. */
const told: readonly (readonly [action: string, type: EventType])[] = [
  ['schemas:createschema', { source: 'aws.schemas', detailType: 'Schema Created' }],
  ['schemas:updateschema', { source: 'aws.schemas', detailType: 'Schema Version Created' }],
];

/**
 * A sync of the schema registry that is started by the registry's own events goes round: what it changes is told again.
 * Only for components that an event leads to, and whose role names the service. That a call changes anything is not
 * known (the same content is answered with 304, and nothing is told): such an emission is conditional.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-schemas.html
 */
export function schemaSync(
  publishers: readonly Publisher[],
  routes: readonly Route[],
  reached: ReadonlySet<ComponentId>,
): Emission[] {
  const takers = defaultBusTakers(routes);
  const heard = told.filter(([, type]) => takers.some((route) => mayTake(route, type)));
  if (heard.length === 0) return [];
  return publishers
    .filter(({ resource }) => reached.has(resource.id))
    .flatMap(({ resource, statements }) =>
      heard.flatMap(([action, event]): Emission[] => {
        const allowing = statements.find(
          ({ effect, actions }) =>
            effect === 'Allow' &&
            !actions.not &&
            actions.values.some(
              (value) => /^schemas:/i.test(value) && mayTakeText(value.toLowerCase(), action),
            ),
        );
        if (!allowing) return [];
        return [
          {
            component: resource.id,
            entry: false,
            event,
            bus: defaultBus,
            count: 1,
            probability: 1,
            conditional: true,
            depth: { kind: 'absent' },
            stage: { kind: 'absent' },
            evidence: {
              kind: 'iam',
              text: 'its role lets it change schemas, which the registry tells',
              span: allowing.span,
            },
          },
        ];
      }),
    );
}
