import type { JsonObject } from '../../src/json/value.ts';
import { type Snapshot, snapshotKey } from '../../src/load/account/snapshot.ts';

const region = 'eu-west-1';
const account = '123456789012';

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

function role(name: string, ...statements: readonly JsonObject[]): JsonObject {
  const document = { Version: '2012-10-17', Statement: statements };
  return {
    Arn: roleArn(name),
    RoleName: name,
    RolePolicyList: statements.length > 0 ? [{ PolicyName: 'own', PolicyDocument: document }] : [],
    AttachedManagedPolicies: [
      { PolicyName: 'shop-logs', PolicyArn: `arn:aws:iam::${account}:policy/shop-logs` },
    ],
  };
}

const allow = (Action: string, Resource: string): JsonObject => ({ Effect: 'Allow', Action, Resource });

function lambda(name: string, extra: JsonObject = {}): JsonObject {
  return {
    FunctionName: name,
    FunctionArn: arn('lambda', `function:${name}`),
    Runtime: 'nodejs22.x',
    Role: roleArn(`${name}-role`),
    Handler: 'index.handler',
    PackageType: 'Zip',
    ...extra,
  };
}

const bus = arn('events', 'event-bus/shop');

/**
 * An account with one of everything that is looked at, all of it on the way of some event: a rule leads to a queue, a
 * function, a topic, a state machine, a delivery stream and a table, and these lead on.
 */
export const oneOfEverything: Snapshot = {
  [snapshotKey]: 1,
  takenAt: '2026-01-01T00:00:00.000Z',
  account,
  regions: [
    {
      region,
      names: {
        [arn('lambda', 'function:shop-Worker-1A2B3C4D5E6F')]: { logicalId: 'Worker', stack: 'shop' },
        [arn('events', 'rule/shop/shop-Everything-ABCDEFGHIJKL')]: { logicalId: 'Everything', stack: 'shop' },
      },
      eventBuses: [
        { Name: 'default', Arn: arn('events', 'event-bus/default') },
        { Name: 'shop', Arn: bus, Policy: '{"Version":"2012-10-17","Statement":[]}' },
      ],
      rules: [
        {
          Name: 'bucket-changes',
          Arn: arn('events', 'rule/bucket-changes'),
          EventPattern: '{"source":["aws.s3"]}',
          State: 'ENABLED',
          EventBusName: 'default',
          Targets: [{ Id: 'worker', Arn: arn('lambda', 'function:shop-Worker-1A2B3C4D5E6F') }],
        },
        {
          Name: 'shop-Everything-ABCDEFGHIJKL',
          Arn: arn('events', 'rule/shop/shop-Everything-ABCDEFGHIJKL'),
          EventPattern: '{"source":["shop.orders"]}',
          State: 'ENABLED',
          EventBusName: 'shop',
          Targets: [
            { Id: 'queue', Arn: arn('sqs', 'orders') },
            { Id: 'topic', Arn: arn('sns', 'orders') },
            { Id: 'machine', Arn: arn('states', 'stateMachine:orders'), RoleArn: roleArn('starter') },
            { Id: 'lake', Arn: arn('firehose', 'deliverystream/lake') },
            {
              Id: 'hook',
              Arn: arn('events', 'api-destination/hook/1'),
              HttpParameters: { HeaderParameters: { 'x-token': '***' } },
            },
          ],
        },
        {
          Name: 'Events-Archive-all',
          Arn: arn('events', 'rule/shop/Events-Archive-all'),
          EventPattern: '{"replay-name":[{"exists":false}]}',
          State: 'ENABLED',
          ManagedBy: 'prod.vhs.events.aws.internal',
          EventBusName: 'shop',
          Targets: [{ Id: 'archive', Arn: arn('events', 'archive/all') }],
        },
      ],
      archives: [
        {
          ArchiveName: 'all',
          ArchiveArn: arn('events', 'archive/all'),
          EventSourceArn: bus,
          EventPattern: '{"source":["shop.orders"]}',
          RetentionDays: 30,
        },
      ],
      apiDestinations: [
        {
          ApiDestinationArn: arn('events', 'api-destination/hook/1'),
          Name: 'hook',
          HttpMethod: 'POST',
          ConnectionArn: arn('events', 'connection/hook/1'),
          InvocationEndpoint: 'https://hooks.example.com/***',
        },
      ],
      connections: [
        {
          ConnectionArn: arn('events', 'connection/hook/1'),
          Name: 'hook',
          AuthorizationType: 'API_KEY',
          ConnectionState: 'AUTHORIZED',
        },
      ],
      functions: [
        lambda('shop-Worker-1A2B3C4D5E6F', {
          Environment: { Variables: { BUS: 'shop', PASSWORD: null } },
          DeadLetterConfig: { TargetArn: arn('sqs', 'dead') },
        }),
        lambda('publisher'),
        lambda('table-reader'),
      ],
      eventInvokeConfigs: [
        {
          FunctionArn: `${arn('lambda', 'function:shop-Worker-1A2B3C4D5E6F')}:$LATEST`,
          DestinationConfig: { OnSuccess: { Destination: bus } },
        },
      ],
      eventSourceMappings: [
        {
          UUID: 'one',
          EventSourceArn: arn('sqs', 'orders'),
          FunctionArn: arn('lambda', 'function:shop-Worker-1A2B3C4D5E6F'),
          State: 'Enabled',
          FilterCriteria: { Filters: [{ Pattern: '{"body":{"source":["shop.orders"]}}' }] },
        },
        {
          UUID: 'two',
          EventSourceArn: arn('dynamodb', 'table/orders/stream/2026'),
          FunctionArn: arn('lambda', 'function:table-reader'),
          State: 'Disabled',
        },
      ],
      stateMachines: [
        {
          stateMachineArn: arn('states', 'stateMachine:orders'),
          name: 'orders',
          type: 'STANDARD',
          roleArn: roleArn('orders-role'),
          definition: JSON.stringify({
            StartAt: 'Tell',
            States: {
              Tell: {
                Type: 'Task',
                Resource: 'arn:aws:states:::events:putEvents',
                Parameters: {
                  Entries: [{ Source: 'shop.machine', DetailType: 'Done', EventBusName: 'shop', Detail: {} }],
                },
                End: true,
              },
            },
          }),
        },
      ],
      pipes: [
        {
          Name: 'forward',
          Arn: arn('pipes', 'pipe/forward'),
          Source: arn('sqs', 'orders'),
          Target: bus,
          RoleArn: roleArn('pipe'),
          DesiredState: 'RUNNING',
          SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] } },
          TargetParameters: { EventBridgeEventBusParameters: { Source: 'shop.pipe', DetailType: 'Piped' } },
        },
      ],
      schedules: [
        {
          Name: 'nightly',
          Arn: arn('scheduler', 'schedule/default/nightly'),
          GroupName: 'default',
          ScheduleExpression: 'rate(1 day)',
          State: 'ENABLED',
          Target: {
            Arn: bus,
            RoleArn: roleArn('scheduler'),
            EventBridgeParameters: { Source: 'shop.clock', DetailType: 'Nightly' },
          },
        },
      ],
      subscriptions: [
        {
          SubscriptionArn: `${arn('sns', 'orders')}:1`,
          TopicArn: arn('sns', 'orders'),
          Protocol: 'sqs',
          Endpoint: arn('sqs', 'orders'),
          FilterPolicy: '{"source":["shop.orders"]}',
          FilterPolicyScope: 'MessageBody',
        },
      ],
      queues: [
        {
          QueueArn: arn('sqs', 'dead'),
          QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${account}/dead`,
        },
        {
          QueueArn: arn('sqs', 'orders'),
          QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${account}/orders`,
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: '3' }),
        },
      ],
      buckets: [
        {
          Arn: 'arn:aws:s3:::shop-lake',
          Name: 'shop-lake',
          NotificationConfiguration: {
            EventBridgeConfiguration: {},
            LambdaFunctionConfigurations: [
              { LambdaFunctionArn: arn('lambda', 'function:publisher'), Events: ['s3:ObjectCreated:*'] },
            ],
          },
        },
      ],
      tables: [
        {
          TableArn: arn('dynamodb', 'table/orders'),
          TableName: 'orders',
          LatestStreamArn: arn('dynamodb', 'table/orders/stream/2026'),
          KinesisDataStreamDestinations: [
            { StreamArn: arn('kinesis', 'stream/changes'), DestinationStatus: 'ACTIVE' },
          ],
        },
      ],
      deliveryStreams: [
        {
          DeliveryStreamARN: arn('firehose', 'deliverystream/lake'),
          DeliveryStreamName: 'lake',
          Destinations: [{ ExtendedS3DestinationDescription: { BucketARN: 'arn:aws:s3:::shop-lake' } }],
        },
      ],
    },
  ],
  roles: [
    role(
      'shop-Worker-1A2B3C4D5E6F-role',
      allow('events:PutEvents', bus),
      allow('dynamodb:PutItem', arn('dynamodb', 'table/orders')),
    ),
    role('publisher-role', allow('events:PutEvents', '*')),
    role('table-reader-role'),
    role('orders-role', allow('events:PutEvents', bus)),
  ],
  policies: [
    {
      Arn: `arn:aws:iam::${account}:policy/shop-logs`,
      PolicyName: 'shop-logs',
      Document: { Version: '2012-10-17', Statement: [allow('logs:*', '*')] },
    },
  ],
  unseen: [],
};

/** What the account holds beside: secrets, and things no event comes near. */
export function withSecretsAndOthers(): Snapshot {
  const copy = structuredClone(oneOfEverything) as {
    -readonly [K in keyof Snapshot]: Snapshot[K];
  };
  const home = copy.regions[0]! as unknown as Record<string, Record<string, unknown>[]>;
  const worker = home['functions']![0]! as { Environment: { Variables: Record<string, string> } };
  worker.Environment.Variables['PASSWORD'] = 'hunter2-in-the-environment';
  home['functions']!.push(lambda('silent'), lambda('silent-too'));
  home['apiDestinations']![0]!['InvocationEndpoint'] =
    'https://hooks.example.com/hunter2-in-the-path?a=hunter2';
  home['connections']![0]!['AuthParameters'] = { ApiKeyAuthParameters: { ApiKeyValue: 'hunter2-key' } };
  const targets = home['rules']![1]!['Targets'] as { HttpParameters?: unknown }[];
  targets[4]!.HttpParameters = { HeaderParameters: { 'x-token': 'hunter2-header' } };
  home['subscriptions']!.push({
    SubscriptionArn: `${arn('sns', 'orders')}:2`,
    TopicArn: arn('sns', 'orders'),
    Protocol: 'email',
    Endpoint: 'hunter2@example.com',
  });
  copy.roles = [
    ...copy.roles,
    role('silent-role'),
    role('silent-too-role'),
    role('unrelated', allow('events:PutEvents', '*')),
  ];
  return copy;
}
