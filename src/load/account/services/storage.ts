import { itemsOf, type Node, nodeAt } from '../../../json/node.ts';
import type { AccountKind, Item } from '../deployed.ts';
import { listAt, propertiesOf, textIn, withMembers } from '../form.ts';

/** What the API calls the lists of notifications, and CloudFormation. */
const notifications = [
  ['LambdaFunctionConfigurations', 'LambdaFunctionArn', 'LambdaConfigurations', 'Function'],
  ['QueueConfigurations', 'QueueArn', 'QueueConfigurations', 'Queue'],
  ['TopicConfigurations', 'TopicArn', 'TopicConfigurations', 'Topic'],
] as const;

/**
 * A bucket and whom it notifies.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html
 */
export const buckets: AccountKind = {
  list: 'buckets',
  key: ['Arn', 'Name'],
  read(item) {
    const name = item.text('Name');
    const id = item.text('Arn');
    if (name === undefined || id === undefined) return [];
    const config = item.at('NotificationConfiguration');
    const members: Record<string, Node | undefined> = {
      EventBridgeConfiguration: nodeAt(config, 'EventBridgeConfiguration'),
    };
    for (const [list, member, properties, property] of notifications) {
      const given = nodeAt(config, list);
      // One notification may be for several kinds of events; CloudFormation has one entry for each.
      const each = itemsOf(given).map((node) =>
        propertiesOf({ node }, [property, member], ['Event', 'Events', 0], 'Filter'),
      );
      if (given) members[properties] = listAt(each, given);
    }
    const read = propertiesOf(item, ['BucketName', 'Name']);
    const properties = config
      ? withMembers(read, {
          NotificationConfiguration: withMembers({ kind: 'object', span: config.span, members: [] }, members),
        })
      : read;
    return [{ id, type: 'AWS::S3::Bucket', name, properties }];
  },
};

/**
 * A table and the Kinesis stream its changes go to.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 */
export const tables: AccountKind = {
  list: 'tables',
  key: ['TableArn', 'TableName'],
  read(item) {
    const name = item.text('TableName');
    const id = item.text('TableArn');
    if (name === undefined || id === undefined) return [];
    const stream = itemsOf(item.at('KinesisDataStreamDestinations')).find(
      (node) => textIn(node, 'DestinationStatus') === 'ACTIVE',
    );
    const properties = withMembers(propertiesOf(item, 'TableName', 'StreamSpecification'), {
      KinesisStreamSpecification: stream && propertiesOf({ node: stream }, 'StreamArn'),
    });
    return [{ id, type: 'AWS::DynamoDB::Table', name, properties }];
  },
};

/**
 * A delivery stream: where it comes from and where it goes.
 *
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_DescribeDeliveryStream.html
 */
export const deliveryStreams: AccountKind = {
  list: 'deliveryStreams',
  key: ['DeliveryStreamARN', 'DeliveryStreamName'],
  read(item) {
    const name = item.text('DeliveryStreamName');
    const id = item.text('DeliveryStreamARN');
    if (name === undefined || id === undefined) return [];
    const properties = withMembers(propertiesOf(item, 'DeliveryStreamName'), {
      ExtendedS3DestinationConfiguration: destinationOf(item),
      KinesisStreamSourceConfiguration: item.at('Source', 'KinesisStreamSourceDescription'),
    });
    return [{ id, type: 'AWS::KinesisFirehose::DeliveryStream', name, properties }];
  },
};

function destinationOf(item: Item): Node | undefined {
  return itemsOf(item.at('Destinations'))
    .map(
      (each) => nodeAt(each, 'ExtendedS3DestinationDescription') ?? nodeAt(each, 'S3DestinationDescription'),
    )
    .find((each) => each !== undefined);
}
