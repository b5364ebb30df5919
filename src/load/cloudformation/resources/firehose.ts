import type { Place } from '../../draft.ts';
import { arnOf } from '../arn.ts';
import { conditional, itself, placeIn, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html */
export const firehose: ResourceKind = {
  type: 'AWS::KinesisFirehose::DeliveryStream',
  component: 'firehose',
  identity: {
    nameProperty: 'DeliveryStreamName',
    arn: (name, environment) => arnOf(environment, 'firehose', `deliverystream/${name}`),
    ref: 'name',
  },
  read(reading) {
    for (const key of ['ExtendedS3DestinationConfiguration', 'S3DestinationConfiguration']) {
      const config = reading.properties.object(key);
      const bucket = config && placeIn(config, 'BucketARN', 's3');
      if (bucket) addRoute(reading, key, 'destination', itself(reading), bucket);
    }
    const source = reading.properties.object('KinesisStreamSourceConfiguration');
    const stream = source && placeIn(source, 'KinesisStreamARN', 'kinesis');
    if (stream) addRoute(reading, 'KinesisStreamSource', 'event-source-mapping', stream, itself(reading));
  },
};

function addRoute(
  reading: Reading,
  key: string,
  kind: 'destination' | 'event-source-mapping',
  from: Place,
  to: Place,
): void {
  const { id, resource, draft, physical } = reading;
  const arn = to.kind === 'address' ? to.text : (physical?.arn ?? id);
  draft.routes.push({
    id: `${id}.${key}`,
    kind,
    name: `${resource.logicalId}.${key}`,
    from,
    filter: { kind: 'everything' },
    state: 'enabled',
    targets: [{ id: key, to, arn, shaping: { kind: 'event' }, span: resource.span }],
    ...conditional(reading),
    span: resource.span,
  });
}
