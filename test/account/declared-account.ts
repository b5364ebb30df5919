import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { type ApiItem, type Snapshot, snapshotKey } from '../../src/load/account/snapshot.ts';
import { type Declared, testAccount, testRegion } from './deploy.ts';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${testRegion}:${testAccount}:${resource}`;

/** What the APIs would answer about an account that a template was deployed to: for machines without moto. */
export function accountOf(declared: readonly Declared[]): Snapshot {
  const of = (type: string, make: (item: Declared) => JsonObject): ApiItem[] =>
    declared.filter((item) => item.type === type).map(make);
  const text = ({ logicalId, properties }: Declared, key: string): string =>
    String(properties[key] ?? logicalId);
  const functionArn = (item: Declared): string => arn('lambda', `function:${text(item, 'FunctionName')}`);
  const functions = declared.filter(({ type }) => type === 'AWS::Serverless::Function');
  return {
    [snapshotKey]: 1,
    takenAt: '2026-01-01T00:00:00.000Z',
    account: testAccount,
    regions: [
      {
        region: testRegion,
        names: Object.fromEntries(
          functions.map((item) => [functionArn(item), { logicalId: item.logicalId, stack: 'mangaassist' }]),
        ),
        eventBuses: [
          { Name: 'default', Arn: arn('events', 'event-bus/default') },
          ...of('AWS::Events::EventBus', (item) => ({
            Name: text(item, 'Name'),
            Arn: arn('events', `event-bus/${text(item, 'Name')}`),
          })),
        ],
        rules: of('AWS::Events::Rule', (item) => ({
          Name: text(item, 'Name'),
          Arn: arn('events', `rule/${String(item.properties['EventBusName'])}/${text(item, 'Name')}`),
          EventPattern: JSON.stringify(item.properties['EventPattern']),
          State: item.properties['State'] ?? 'ENABLED',
          EventBusName: item.properties['EventBusName'] ?? 'default',
          Targets: item.properties['Targets'] ?? [],
        })),
        archives: [],
        apiDestinations: [],
        connections: [],
        functions: functions.map((item) => ({
          FunctionName: text(item, 'FunctionName'),
          FunctionArn: functionArn(item),
          Runtime: 'nodejs22.x',
          Role: `arn:aws:iam::${testAccount}:role/${item.logicalId}Role`,
          Handler: String(item.properties['Handler']),
          Environment: item.properties['Environment'] ?? {},
          PackageType: 'Zip',
        })),
        eventInvokeConfigs: [],
        eventSourceMappings: of('AWS::Lambda::EventSourceMapping', (item) => ({
          UUID: item.logicalId,
          EventSourceArn: String(item.properties['EventSourceArn']),
          FunctionArn: functionArn(
            functions.find((each) => text(each, 'FunctionName') === item.properties['FunctionName'])!,
          ),
          State: 'Enabled',
        })),
        stateMachines: [],
        pipes: [],
        schedules: [],
        subscriptions: of('AWS::SNS::Subscription', (item) => ({
          SubscriptionArn: `${String(item.properties['TopicArn'])}:${item.logicalId}`,
          TopicArn: String(item.properties['TopicArn']),
          Protocol: String(item.properties['Protocol']),
          Endpoint: String(item.properties['Endpoint']),
        })),
        queues: of('AWS::SQS::Queue', (item) => ({
          QueueArn: arn('sqs', text(item, 'QueueName')),
          QueueUrl: `https://sqs.${testRegion}.amazonaws.com/${testAccount}/${text(item, 'QueueName')}`,
          ...(item.properties['RedrivePolicy']
            ? { RedrivePolicy: JSON.stringify(item.properties['RedrivePolicy']) }
            : {}),
        })),
        buckets: of('AWS::S3::Bucket', (item) => ({
          Arn: `arn:aws:s3:::${String(item.properties['BucketName'] ?? item.logicalId.toLowerCase())}`,
          Name: String(item.properties['BucketName'] ?? item.logicalId.toLowerCase()),
          NotificationConfiguration: {},
        })),
        tables: [],
        deliveryStreams: of('AWS::KinesisFirehose::DeliveryStream', (item) => ({
          DeliveryStreamARN: arn('firehose', `deliverystream/${text(item, 'DeliveryStreamName')}`),
          DeliveryStreamName: text(item, 'DeliveryStreamName'),
          Destinations: [
            {
              ExtendedS3DestinationDescription: item.properties['ExtendedS3DestinationConfiguration']!,
            },
          ],
        })),
      },
    ],
    roles: functions.map((item) => ({
      Arn: `arn:aws:iam::${testAccount}:role/${item.logicalId}Role`,
      RoleName: `${item.logicalId}Role`,
      RolePolicyList: ((item.properties['Policies'] ?? []) as readonly JsonObject[]).map((policy, index) => ({
        PolicyName: `policy${index}`,
        PolicyDocument: { Version: '2012-10-17', Statement: policy['Statement'] as JsonValue },
      })),
      AttachedManagedPolicies: [],
    })),
    policies: [],
    unseen: [],
  };
}
