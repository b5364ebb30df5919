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
