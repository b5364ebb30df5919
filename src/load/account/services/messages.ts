import type { AccountKind } from '../deployed.ts';
import { listAt, propertiesOf, textAt, withMembers } from '../form.ts';
import { nameIn } from '../naming.ts';

/**
 * A subscription, and the topic it is to.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
export const subscriptions: AccountKind = {
  list: 'subscriptions',
  key: ['SubscriptionArn', 'TopicArn'],
  read(item) {
    const topic = item.text('TopicArn');
    const id = item.text('SubscriptionArn');
    const topicNode = item.at('TopicArn');
    if (topic === undefined || id === undefined || !topicNode) return [];
    const properties = propertiesOf(
      item,
      'TopicArn',
      'Protocol',
      'Endpoint',
      'FilterPolicy',
      'FilterPolicyScope',
      'RawMessageDelivery',
    );
    const name = `${nameIn(topic)} to ${item.text('Protocol') ?? 'subscriber'}`;
    const named = textAt(nameIn(topic), topicNode);
    return [
      { id, type: 'AWS::SNS::Subscription', name, properties },
      {
        id: topic,
        type: 'AWS::SNS::Topic',
        name: nameIn(topic),
        properties: withMembers({ kind: 'object', span: topicNode.span, members: [] }, { TopicName: named }),
      },
    ];
  },
};

/**
 * A queue, and its policy if it has one.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export const queues: AccountKind = {
  list: 'queues',
  key: ['QueueArn'],
  read(item) {
    const id = item.text('QueueArn');
    const url = item.text('QueueUrl');
    if (id === undefined) return [];
    const queue = {
      id,
      type: 'AWS::SQS::Queue',
      name: nameIn(id),
      addresses: url === undefined ? [] : [url],
      properties: propertiesOf(item, 'RedrivePolicy', 'MaximumMessageSize'),
    };
    if (!item.at('Policy')) return [queue];
    const properties = withMembers(propertiesOf(item, ['PolicyDocument', 'Policy']), {
      Queues: listAt([textAt(id, item.node)], item.node),
    });
    return [
      queue,
      { id: `${id} (policy)`, type: 'AWS::SQS::QueuePolicy', name: `${nameIn(id)} policy`, properties },
    ];
  },
};
