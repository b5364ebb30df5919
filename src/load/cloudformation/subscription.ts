import type { Place } from '../draft.ts';
import type { Shape } from '../shape.ts';
import { conditional, placeIn, type Reading } from './reading.ts';
import { topicFilter } from './topic-filter.ts';

/** A subscription to a topic: without RawMessageDelivery the event arrives inside of SNS's own envelope. */
export function addSubscription(reading: Reading, id: string, subscription: Shape, from: Place): void {
  const to = placeIn(subscription, 'Endpoint');
  if (to?.kind !== 'address') return;
  const { resource, draft, collector } = reading;
  draft.routes.push({
    id,
    kind: 'subscription',
    name: resource.logicalId,
    from,
    filter: topicFilter(subscription, subscription.where, collector),
    state: 'enabled',
    targets: [
      {
        id: subscription.text('Protocol') ?? 'subscription',
        to,
        arn: to.text,
        shaping: { kind: 'event' },
        ...(subscription.node ? { parameters: subscription.node } : {}),
        span: subscription.span,
      },
    ],
    ...conditional(reading),
    span: subscription.span,
  });
}
