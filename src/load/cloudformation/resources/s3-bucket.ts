import type { Shape } from '../../shape.ts';
import { globalArn } from '../arn.ts';
import { conditional, itself, placeIn, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** Where a bucket can send its notifications itself; those to EventBridge are events of the service. */
const kinds = [
  ['LambdaConfigurations', 'Function', 'lambda'],
  ['QueueConfigurations', 'Queue', 'sqs'],
  ['TopicConfigurations', 'Topic', 'sns'],
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const s3Bucket: ResourceKind = {
  type: 'AWS::S3::Bucket',
  component: 'bucket',
  identity: {
    nameProperty: 'BucketName',
    arn: (name, environment) => globalArn(environment, 's3', name),
    ref: 'name',
  },
  read(reading) {
    const config = reading.properties.object('NotificationConfiguration');
    for (const [list, property, service] of kinds) {
      config?.objects(list).forEach((item, index) => {
        addNotification(reading, `${list}[${index}]`, item, property, service);
      });
    }
  },
};

function addNotification(
  reading: Reading,
  name: string,
  item: Shape,
  property: string,
  service: string,
): void {
  const to = placeIn(item, property, service);
  if (to?.kind !== 'address') return;
  const { id, resource, draft } = reading;
  draft.routes.push({
    id: `${id}.${name}`,
    kind: 'notification',
    name: `${resource.logicalId} ${item.text('Event') ?? ''}`.trim(),
    from: itself(reading),
    filter: item.has('Filter')
      ? { kind: 'unknown', why: `${item.where} takes only some object keys`, span: item.span }
      : { kind: 'everything' },
    state: 'enabled',
    targets: [{ id: name, to, arn: to.text, shaping: { kind: 'event' }, span: item.span }],
    ...conditional(reading),
    span: item.span,
  });
}
