import { stateOf } from '../../state.ts';
import { eventFilter } from '../event-filter.ts';
import { pollingOf } from '../polling.ts';
import { placeIn } from '../reading.ts';
import { everythingTo, type SamEvent } from './event.ts';

/** Event sources that Lambda polls, with the property that names what is polled. */
const polled: readonly (readonly [type: string, property: string, service: string])[] = [
  ['SQS', 'Queue', 'sqs'],
  ['Kinesis', 'Stream', 'kinesis'],
  ['DynamoDB', 'Stream', 'dynamodb'],
  ['DocumentDB', 'Cluster', 'rds'],
  ['MSK', 'Stream', 'kafka'],
  ['MQ', 'Broker', 'mq'],
  ['SelfManagedKafka', 'KafkaBootstrapServers', 'kafka'],
];

/** Each expands to an `AWS::Lambda::EventSourceMapping`. */
export const polledEvents: readonly SamEvent[] = polled.map(([type, property, service]) => ({
  type,
  rule: false,
  read(event) {
    const { properties, owner, logicalId } = event;
    const single =
      properties.raw(property)?.kind === 'array' ? undefined : placeIn(properties, property, service);
    const filter = eventFilter(properties, logicalId, owner.collector);
    const state = stateOf(properties.text('Enabled'));
    owner.draft.routes.push(
      everythingTo(event, 'event-source-mapping', single ?? { kind: 'outside' }, {
        filter,
        state,
        ...pollingOf(properties),
      }),
    );
  },
}));
