import type { ApiItem } from '../../load/account/snapshot.ts';
import type { Answer, Caller } from './caller.ts';
import { itemOf, pick, type Region, textOf } from './region.ts';

/** What else of a Region may move or publish events: everything of a kind, to be thinned out once the rules are known. */
export async function listComponents(caller: Caller, region: Region): Promise<void> {
  await Promise.all([
    listFunctions(caller, region),
    listMappings(caller, region),
    describeEach(caller, region, 'stateMachines'),
    describeEach(caller, region, 'pipes'),
    listSchedules(caller, region),
    listSubscriptions(caller, region),
    listBuckets(caller, region),
    listNames(caller, region),
  ]);
}

async function listFunctions(caller: Caller, { name, lists }: Region): Promise<void> {
  const members = [
    'FunctionName',
    'FunctionArn',
    'Runtime',
    'Role',
    'Handler',
    'Environment',
    'DeadLetterConfig',
    'PackageType',
  ];
  const functions = (await caller.list(name, 'ListFunctions')) ?? [];
  lists.functions.push(...functions.map((each) => pick(each, ...members)));
}

async function listMappings(caller: Caller, { name, lists }: Region): Promise<void> {
  const mappings = (await caller.list(name, 'ListEventSourceMappings')) ?? [];
  lists.eventSourceMappings.push(...mappings.map(itemOf));
  // A stream is named by its table; the table is what roles and rules name.
  const tables = new Set(
    mappings.flatMap(
      (each) =>
        /^(arn:[^:]*:dynamodb:.*:table\/[^/]+)\/stream\//.exec(textOf(each, 'EventSourceArn') ?? '')?.[1] ??
        [],
    ),
  );
  lists.tables.push(...[...tables].map((TableArn) => ({ TableArn, TableName: TableArn.split('/')[1]! })));
}

const described = {
  stateMachines: {
    list: 'ListStateMachines',
    describe: 'DescribeStateMachine',
    input: (each: Answer) => ({ stateMachineArn: textOf(each, 'stateMachineArn') }),
  },
  pipes: {
    list: 'ListPipes',
    describe: 'DescribePipe',
    input: (each: Answer) => ({ Name: textOf(each, 'Name') }),
  },
} as const;

async function describeEach(
  caller: Caller,
  { name, lists }: Region,
  kind: keyof typeof described,
): Promise<void> {
  const { list, describe, input } = described[kind];
  const found = (await caller.list(name, list)) ?? [];
  const whole = found.map(async (each) => ({ ...each, ...(await caller.ask(name, describe, input(each))) }));
  lists[kind].push(...(await Promise.all(whole)).map(itemOf));
}

/** Of a schedule that leads to a bus it matters what it puts there; of others the summary is enough. */
async function listSchedules(caller: Caller, { name, lists }: Region): Promise<void> {
  const schedules = (await caller.list(name, 'ListSchedules')) ?? [];
  const whole = schedules.map(async (each) => {
    const target = textOf(each['Target'] as Answer | undefined, 'Arn') ?? '';
    if (!/:event-bus(?:v2)?\/|:aws-sdk:eventbridge:/.test(target)) return each;
    const input = { Name: textOf(each, 'Name'), GroupName: textOf(each, 'GroupName') };
    return (await caller.ask(name, 'GetSchedule', input)) ?? each;
  });
  lists.schedules.push(...(await Promise.all(whole)).map(itemOf));
}

/** Protocols by which a message stays inside the account; addresses of people are nobody's business here. */
const inside = new Set(['lambda', 'sqs', 'firehose']);

async function listSubscriptions(caller: Caller, { name, lists }: Region): Promise<void> {
  const subscriptions = (await caller.list(name, 'ListSubscriptions')) ?? [];
  const kept = subscriptions.filter(
    (each) => inside.has(String(each['Protocol'])) && textOf(each, 'SubscriptionArn')?.startsWith('arn:'),
  );
  lists.subscriptions.push(
    ...kept.map((each) => pick(each, 'SubscriptionArn', 'TopicArn', 'Protocol', 'Endpoint')),
  );
}

async function listBuckets(caller: Caller, { name, lists }: Region): Promise<void> {
  const buckets = (await caller.list(name, 'ListBuckets')) ?? [];
  const partition = partitionOf(lists.eventBuses);
  const here = buckets.flatMap((each): ApiItem[] => {
    const bucket = textOf(each, 'Name');
    const region = textOf(each, 'BucketRegion') ?? name;
    return bucket === undefined || region !== name
      ? []
      : [{ Arn: `arn:${partition}:s3:::${bucket}`, Name: bucket }];
  });
  lists.buckets.push(...here);
}

export function partitionOf(buses: readonly ApiItem[]): string {
  return String(buses[0]?.['Arn'] ?? 'arn:aws').split(':')[1] ?? 'aws';
}

const logicalId = 'aws:cloudformation:logical-id';
const stackName = 'aws:cloudformation:stack-name';

/** How CloudFormation calls what it made: one list for all services, in place of one call for each thing. */
async function listNames(caller: Caller, { name, names }: Region): Promise<void> {
  const input = {
    TagFilters: [{ Key: logicalId }],
    ResourceTypeFilters: [
      'events',
      'lambda:function',
      'states',
      'sqs',
      'sns',
      'dynamodb:table',
      's3',
      'pipes',
    ],
  };
  for (const each of (await caller.list(name, 'GetResources', input)) ?? []) {
    const arn = textOf(each, 'ResourceARN');
    const tags = Array.isArray(each['Tags']) ? (each['Tags'] as unknown as readonly Answer[]) : [];
    const tag = (key: string) =>
      textOf(
        tags.find((candidate) => candidate['Key'] === key),
        'Value',
      );
    const id = tag(logicalId);
    const stack = tag(stackName);
    if (arn !== undefined && id !== undefined)
      names.set(arn, { logicalId: id, ...(stack === undefined ? {} : { stack }) });
  }
}
