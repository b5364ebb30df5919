import { arnOf } from '../arn.ts';
import type { Identity } from '../identity.ts';
import { conditional, itself, placeIn, type Reading } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

const identity: Identity = {
  nameProperty: 'TableName',
  arn: (name, environment) => arnOf(environment, 'dynamodb', `table/${name}`),
  ref: 'name',
  attributes: { StreamArn: ({ arn, unknown }) => `${arn}/stream/${unknown('StreamArn')}` },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export const dynamodbTable: ResourceKind = {
  type: 'AWS::DynamoDB::Table',
  component: 'table',
  identity,
  read: streamChanges,
};

export const dynamodbGlobalTable: ResourceKind = {
  type: 'AWS::DynamoDB::GlobalTable',
  component: 'table',
  identity,
};

export const samSimpleTable: ResourceKind = {
  type: 'AWS::Serverless::SimpleTable',
  component: 'table',
  identity,
};

/** Changes of a table that go to a Kinesis stream; those of its own stream are read by event source mappings. */
function streamChanges(reading: Reading): void {
  const { properties, draft, id, resource } = reading;
  const config = properties.object('KinesisStreamSpecification');
  const to = config && placeIn(config, 'StreamArn', 'kinesis');
  if (!config || to?.kind !== 'address') return;
  draft.routes.push({
    id: `${id}.KinesisStreamSpecification`,
    kind: 'notification',
    name: `${resource.logicalId}.KinesisStreamSpecification`,
    from: itself(reading),
    filter: { kind: 'everything' },
    state: 'enabled',
    targets: [{ id: 'stream', to, arn: to.text, shaping: { kind: 'event' }, span: config.span }],
    ...conditional(reading),
    span: config.span,
  });
}
