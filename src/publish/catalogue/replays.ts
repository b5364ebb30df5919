import type { ComponentId } from '../../model/component.ts';
import type { Emission } from '../../model/emission.ts';
import type { Buses } from '../buses.ts';
import { type Inventory, propertyText } from '../inventory.ts';
import type { Publisher } from '../publisher.ts';

/**
 * Components that may replay an archive: whatever was archived comes to its bus again. Only where a role names the
 * action: one that allows everything says nothing about what its code does.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export function replays(
  publishers: readonly Publisher[],
  inventory: Inventory,
  buses: Buses,
  reached: ReadonlySet<ComponentId>,
): Emission[] {
  const archives = inventory.ofType('AWS::Events::Archive');
  if (archives.length === 0) return [];
  return publishers.flatMap(({ resource, statements }) => {
    const allowing = statements.find(
      ({ effect, actions }) =>
        effect === 'Allow' &&
        !actions.not &&
        actions.values.some((value) => value.toLowerCase() === 'events:startreplay'),
    );
    if (!allowing) return [];
    return archives.map((archive): Emission => {
      const source = propertyText(archive, 'SourceArn');
      return {
        component: resource.id,
        entry: !reached.has(resource.id),
        ...(source === undefined ? {} : { bus: buses.named(source) }),
        count: 1,
        probability: 1,
        conditional: true,
        depth: { kind: 'any' },
        stage: { kind: 'any' },
        evidence: {
          kind: 'iam',
          text: `its role allows events:StartReplay of the archive ${archive.logicalId}`,
          span: allowing.span,
        },
      };
    });
  });
}
