import { arnOf } from '../arn.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html */
export const kinesisStream: ResourceKind = {
  type: 'AWS::Kinesis::Stream',
  component: 'stream',
  identity: {
    nameProperty: 'Name',
    arn: (name, environment) => arnOf(environment, 'kinesis', `stream/${name}`),
    ref: 'name',
  },
};

/** A consumer's ARN is its stream's with something behind it. */
export const kinesisConsumer: ResourceKind = {
  type: 'AWS::Kinesis::StreamConsumer',
  identity: {
    nameProperty: 'StreamARN',
    arn: (name, _environment, unknown) => `${name}/consumer/${unknown('ConsumerARN')}`,
    ref: 'arn',
    attributes: { ConsumerARN: 'arn' },
    borrowed: true,
  },
};
