import type { ComponentId } from '../../model/component.ts';
import type { Route } from '../../model/route.ts';
import type { TopologyParts } from '../../model/topology.ts';
import { type Called, isVague, names } from '../calls.ts';
import type { Statement } from '../iam/statement.ts';
import type { Publisher } from '../publisher.ts';

/**
 * Dead-letter queues that a component may redrive: what they hold goes back to the queues it came from, or to another
 * that the role may send to. Only where a role names the action: one that allows everything says nothing about what
 * its code does. `calls`: what each publisher's role lets it hand on to. Only dead-letter queues of queues can be redriven.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function redrives(
  publishers: readonly Publisher[],
  calls: readonly (readonly Called[])[],
  { routes, components }: TopologyParts,
): Route[] {
  const byId = new Map(components.map((each) => [each.id, each]));
  const sources = new Map<ComponentId, Set<ComponentId>>();
  for (const { kind, from, targets } of routes) {
    if (kind !== 'redrive' || from.kind !== 'component') continue;
    if (byId.get(from.component)?.kind !== 'queue') continue;
    for (const { to } of targets) {
      if (to.kind !== 'component') continue;
      sources.set(to.component, (sources.get(to.component) ?? new Set()).add(from.component));
    }
  }
  return publishers.flatMap(({ resource, statements }, index) => {
    const others = calls[index]!.filter(
      ({ component, actions }) => component.kind === 'queue' && actions?.includes('sqs:SendMessage'),
    ).map(({ component }) => component.id);
    return [...sources].flatMap(([id, from]): Route[] => {
      const addresses = byId.get(id)?.addresses.filter((text) => text.startsWith('arn:')) ?? [];
      const allowing = statements.find((statement) => redriving(statement, addresses));
      if (!allowing) return [];
      const { span } = allowing;
      return [...new Set([...from, ...others])]
        .filter((to) => to !== id)
        .map((to) => ({
          id: `${id} → ${to} by ${resource.id}`,
          kind: 'redrive',
          name: `the redrive by ${resource.logicalId}`,
          from: { kind: 'component', component: id },
          filter: { kind: 'everything' },
          state: 'unknown',
          targets: [
            {
              id: byId.get(to)?.name ?? to,
              to: { kind: 'component', component: to },
              arn: byId.get(to)?.addresses[0] ?? to,
              shaping: { kind: 'event' },
              span,
            },
          ],
          span,
        }));
    });
  });
}

function redriving({ effect, actions, resources }: Statement, addresses: readonly string[]): boolean {
  if (effect !== 'Allow' || actions.not) return false;
  if (!actions.values.some((value) => value.toLowerCase() === 'sqs:startmessagemovetask')) return false;
  if (resources.not || addresses.length === 0) return true;
  return resources.values.some((value) => isVague(value) || addresses.some((text) => names(value, text)));
}
