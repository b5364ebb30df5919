import type { Place } from '../draft.ts';
import type { Shape } from '../shape.ts';
import { conditional, placeIn, type Reading } from './reading.ts';

/**
 * Where Lambda sends a record of an asynchronous invocation: `DestinationConfig.OnSuccess` and `OnFailure`. Rules
 * invoke functions asynchronously, so every delivery may end there.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function readDestinations(reading: Reading, config: Shape | undefined, from: Place): void {
  const destinations = config?.object('DestinationConfig');
  if (!destinations) return;
  for (const key of ['OnSuccess', 'OnFailure']) {
    const destination = destinations.object(key);
    const to = destination && placeIn(destination, 'Destination');
    if (!destination || to?.kind !== 'address') continue;
    reading.draft.routes.push({
      id: `${reading.id}.${key}`,
      kind: 'destination',
      name: `${reading.resource.logicalId}.${key}`,
      from,
      filter: { kind: 'everything' },
      state: 'enabled',
      targets: [{ id: key, to, arn: to.text, shaping: { kind: 'event' }, span: destination.span }],
      ...conditional(reading),
      span: destination.span,
    });
  }
}
