/** How the answers of a list are turned over, page by page. The clients ship no common way. */
export interface Pages {
  /** Member of the answer with the items. */
  readonly items: string;
  /** Member of the answer with what asks for the next page, and the member of the input it goes to. */
  readonly next: string;
  readonly from: string;
  /** Member of the input with the size of a page, and the largest that the API takes. */
  readonly size?: readonly [member: string, largest: number];
  /** More items than this are not asked for: accounts may hold millions. */
  readonly most?: number;
}

/** One call of an AWS API. Everything that is ever asked of an account stands in this table, and all of it only reads. */
export interface ReadCall {
  /** The package is `@aws-sdk/client-…`. */
  readonly client: ClientName;
  /** What IAM calls it. */
  readonly action: string;
  readonly pages?: Pages;
  /** What is not known where the call is not possible. */
  readonly effect: string;
  /** Only asked when another call is not permitted, so that a policy need not allow it. */
  readonly instead?: true;
}

/** The packages, the clients they export, and how many calls a second their control planes are sent at most. */
export const clients = {
  // The control plane takes 50 a second, for everybody in the account: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
  eventbridge: { exported: 'EventBridgeClient', perSecond: 35 },
  // 15 a second for everything but GetFunction: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  lambda: { exported: 'LambdaClient', perSecond: 10 },
  iam: { exported: 'IAMClient', perSecond: 10 },
  sfn: { exported: 'SFNClient', perSecond: 10 },
  pipes: { exported: 'PipesClient', perSecond: 10 },
  scheduler: { exported: 'SchedulerClient', perSecond: 20 },
  sns: { exported: 'SNSClient', perSecond: 15 },
  sqs: { exported: 'SQSClient', perSecond: 30 },
  s3: { exported: 'S3Client', perSecond: 30 },
  dynamodb: { exported: 'DynamoDBClient', perSecond: 20 },
  firehose: { exported: 'FirehoseClient', perSecond: 5 },
  'resource-groups-tagging-api': { exported: 'ResourceGroupsTaggingAPIClient', perSecond: 10 },
} as const;

export type ClientName = keyof typeof clients;

function pages(
  items: string,
  next: string,
  from: string,
  size?: readonly [member: string, largest: number],
): Pages {
  return { items, next, from, ...(size ? { size } : {}) };
}

const nextToken = (items: string, size: readonly [string, number]): Pages =>
  pages(items, 'NextToken', 'NextToken', size);
const marker = (items: string, largest: number): Pages =>
  pages(items, 'NextMarker', 'Marker', ['MaxItems', largest]);

/** By the name of the command that the client exports, without `Command`. */
export const commands = {
  ListEventBuses: {
    client: 'eventbridge',
    action: 'events:ListEventBuses',
    pages: nextToken('EventBuses', ['Limit', 100]),
    effect: 'the buses but the default one are',
  },
  ListRules: {
    client: 'eventbridge',
    action: 'events:ListRules',
    pages: nextToken('Rules', ['Limit', 100]),
    effect: 'rules are',
  },
  ListTargetsByRule: {
    client: 'eventbridge',
    action: 'events:ListTargetsByRule',
    pages: nextToken('Targets', ['Limit', 100]),
    effect: 'the targets of rules are',
  },
  ListArchives: {
    client: 'eventbridge',
    action: 'events:ListArchives',
    pages: nextToken('Archives', ['Limit', 100]),
    effect: 'archives are',
  },
  DescribeArchive: {
    client: 'eventbridge',
    action: 'events:DescribeArchive',
    effect: 'the patterns of archives are',
  },
  ListApiDestinations: {
    client: 'eventbridge',
    action: 'events:ListApiDestinations',
    pages: nextToken('ApiDestinations', ['Limit', 100]),
    effect: 'API destinations are',
  },
  ListConnections: {
    client: 'eventbridge',
    action: 'events:ListConnections',
    pages: nextToken('Connections', ['Limit', 100]),
    effect: 'connections are',
  },
  ListFunctions: {
    client: 'lambda',
    action: 'lambda:ListFunctions',
    pages: marker('Functions', 50),
    effect: 'functions and their roles are',
  },
  ListFunctionEventInvokeConfigs: {
    client: 'lambda',
    action: 'lambda:ListFunctionEventInvokeConfigs',
    pages: marker('FunctionEventInvokeConfigs', 50),
    effect: 'the destinations of asynchronous invocations are',
  },
  ListEventSourceMappings: {
    client: 'lambda',
    action: 'lambda:ListEventSourceMappings',
    pages: marker('EventSourceMappings', 100),
    effect: 'the functions that read queues and streams are',
  },
  GetAccountAuthorizationDetails: {
    client: 'iam',
    action: 'iam:GetAccountAuthorizationDetails',
    pages: pages('RoleDetailList', 'Marker', 'Marker', ['MaxItems', 1000]),
    effect: 'roles but those that could be read one by one are',
  },
  ListRolePolicies: {
    client: 'iam',
    action: 'iam:ListRolePolicies',
    pages: pages('PolicyNames', 'Marker', 'Marker', ['MaxItems', 1000]),
    effect: 'what roles allow is',
    instead: true,
  },
  GetRolePolicy: {
    client: 'iam',
    action: 'iam:GetRolePolicy',
    effect: 'what roles allow is',
    instead: true,
  },
  ListAttachedRolePolicies: {
    client: 'iam',
    action: 'iam:ListAttachedRolePolicies',
    pages: pages('AttachedPolicies', 'Marker', 'Marker', ['MaxItems', 1000]),
    effect: 'what roles allow is',
    instead: true,
  },
  GetPolicy: {
    client: 'iam',
    action: 'iam:GetPolicy',
    effect: 'what managed policies allow is',
    instead: true,
  },
  GetPolicyVersion: {
    client: 'iam',
    action: 'iam:GetPolicyVersion',
    effect: 'what managed policies allow is',
    instead: true,
  },
  ListStateMachines: {
    client: 'sfn',
    action: 'states:ListStateMachines',
    pages: pages('stateMachines', 'nextToken', 'nextToken', ['maxResults', 1000]),
    effect: 'state machines are',
  },
  DescribeStateMachine: {
    client: 'sfn',
    action: 'states:DescribeStateMachine',
    effect: 'the definitions of state machines are',
  },
  ListPipes: {
    client: 'pipes',
    action: 'pipes:ListPipes',
    pages: nextToken('Pipes', ['Limit', 100]),
    effect: 'pipes are',
  },
  DescribePipe: {
    client: 'pipes',
    action: 'pipes:DescribePipe',
    effect: 'the filters and targets of pipes are',
  },
  ListSchedules: {
    client: 'scheduler',
    action: 'scheduler:ListSchedules',
    pages: { ...nextToken('Schedules', ['MaxResults', 100]), most: 10_000 },
    effect: 'schedules are',
  },
  GetSchedule: {
    client: 'scheduler',
    action: 'scheduler:GetSchedule',
    effect: 'what schedules put on a bus is',
  },
  ListSubscriptions: {
    client: 'sns',
    action: 'sns:ListSubscriptions',
    pages: { ...pages('Subscriptions', 'NextToken', 'NextToken'), most: 50_000 },
    effect: 'who reads topics is',
  },
  GetSubscriptionAttributes: {
    client: 'sns',
    action: 'sns:GetSubscriptionAttributes',
    effect: 'the filters of subscriptions are',
  },
  GetQueueUrl: {
    client: 'sqs',
    action: 'sqs:GetQueueUrl',
    effect: 'where queues hand on what nobody could handle is',
  },
  GetQueueAttributes: {
    client: 'sqs',
    action: 'sqs:GetQueueAttributes',
    effect: 'where queues hand on what nobody could handle is',
  },
  ListBuckets: {
    client: 's3',
    action: 's3:ListAllMyBuckets',
    pages: pages('Buckets', 'ContinuationToken', 'ContinuationToken', ['MaxBuckets', 1000]),
    effect: 'buckets, whose events rules take, are',
  },
  GetBucketNotificationConfiguration: {
    client: 's3',
    action: 's3:GetBucketNotification',
    effect: 'whom buckets notify is',
  },
  DescribeTable: {
    client: 'dynamodb',
    action: 'dynamodb:DescribeTable',
    effect: 'the streams of tables are',
  },
  DescribeKinesisStreamingDestination: {
    client: 'dynamodb',
    action: 'dynamodb:DescribeKinesisStreamingDestination',
    effect: 'the Kinesis streams that tables write to are',
  },
  DescribeDeliveryStream: {
    client: 'firehose',
    action: 'firehose:DescribeDeliveryStream',
    effect: 'where delivery streams write to is',
  },
  GetResources: {
    client: 'resource-groups-tagging-api',
    action: 'tag:GetResources',
    pages: pages('ResourceTagMappingList', 'PaginationToken', 'PaginationToken', ['ResourcesPerPage', 100]),
    effect: 'how templates call what they made is',
  },
} as const satisfies Readonly<Record<string, ReadCall>>;

export type CommandName = keyof typeof commands;

/** A row of the table, as any row. */
export function callNamed(name: CommandName): ReadCall {
  return commands[name];
}
