import { arnOf } from '../arn.ts';
import { itself } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { addSubscription } from '../subscription.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const snsTopic: ResourceKind = {
  type: 'AWS::SNS::Topic',
  component: 'topic',
  identity: {
    nameProperty: 'TopicName',
    arn: (name, environment) => arnOf(environment, 'sns', name),
    ref: 'arn',
    attributes: { TopicArn: 'arn' },
  },
  read(reading) {
    reading.properties.objects('Subscription').forEach((subscription, index) => {
      addSubscription(reading, `${reading.id}.Subscription[${index}]`, subscription, itself(reading));
    });
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
export const snsSubscription: ResourceKind = {
  type: 'AWS::SNS::Subscription',
  read(reading) {
    const { properties, id } = reading;
    const topic = properties.raw('TopicArn');
    const text = properties.text('TopicArn');
    if (!topic || text === undefined) return;
    addSubscription(reading, id, properties, { kind: 'address', text, span: topic.span, service: 'sns' });
  },
};
