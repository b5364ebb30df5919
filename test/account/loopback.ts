import { createServer } from 'node:http';
import type { CommandName } from '../../src/io/account/commands.ts';
import { commands } from '../../src/io/account/commands.ts';
import type { ApiItem, Snapshot } from '../../src/load/account/snapshot.ts';
import { Refusal, readCall, type WireCall, writeAnswer, writeRefusal } from './wire.ts';

export interface Loopback {
  readonly url: string;
  /** Calls that came in, by command. */
  readonly calls: Map<string, number>;
  /** The most calls that were under way at one time. */
  readonly atOnce: () => number;
  stop(): void;
}

export interface LoopbackOptions {
  /** Asked before every answer: throws what the service says instead. */
  readonly refuse?: (call: WireCall) => void;
}

/** A server of this machine that answers the calls of the table from a snapshot, in the protocols of the services. */
export async function startLoopback(account: Snapshot, options: LoopbackOptions = {}): Promise<Loopback> {
  const calls = new Map<string, number>();
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    open++;
    most = Math.max(most, open);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      let call: WireCall | undefined;
      const send = ({ status, headers, body }: ReturnType<typeof writeAnswer>): void => {
        open--;
        response.writeHead(status, headers).end(body);
      };
      try {
        call = readCall(request, Buffer.concat(chunks).toString('utf8'));
        calls.set(call.command, (calls.get(call.command) ?? 0) + 1);
        options.refuse?.(call);
        send(writeAnswer(call, answerOf(account, call)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        send(writeRefusal(call, error));
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    atOnce: () => most,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** One page of a list; its token is the offset of the next one. */
function page(command: CommandName, items: readonly unknown[], input: WireCall['input']): object {
  const { pages } = commands[command] as {
    pages?: { items: string; next: string; from: string; size?: readonly [string, number] };
  };
  const { items: name, next, from, size } = pages!;
  const aliases: Readonly<Record<string, string>> = {
    ContinuationToken: 'continuation-token',
    MaxBuckets: 'max-buckets',
  };
  const value = (key: string): unknown => input[key] ?? input[aliases[key] ?? key];
  const offset = Number(value(from) ?? 0);
  const count = Number((size && value(size[0])) ?? 100);
  const rest = items.length > offset + count;
  return {
    [name]: items.slice(offset, offset + count),
    ...(rest ? { [next]: String(offset + count) } : {}),
    ...(commands[command].client === 'iam' ? { IsTruncated: rest } : {}),
  };
}

type Answer = (account: Snapshot, input: WireCall['input'], command: CommandName) => object;

function find(list: readonly ApiItem[], test: (item: ApiItem) => boolean): ApiItem {
  const found = list.find(test);
  if (!found) throw new Refusal('ResourceNotFoundException', 404);
  return found;
}

const first = (account: Snapshot) => account.regions[0]!;
const listOf =
  (choose: (account: Snapshot) => readonly unknown[]): Answer =>
  (account, input, command) =>
    page(command, choose(account), input);
const sole =
  (list: 'stateMachines' | 'pipes' | 'schedules' | 'archives', key: string, from = key): Answer =>
  (account, input) =>
    find(first(account)[list], (each) => each[key] === input[from]);
const without = (item: ApiItem, ...keys: readonly string[]): ApiItem =>
  Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)));

const answers: Readonly<Record<CommandName, Answer>> = {
  ListEventBuses: listOf((account) => first(account).eventBuses),
  ListRules: (account, input, command) =>
    page(
      command,
      first(account)
        .rules.filter((rule) => rule['EventBusName'] === (input['EventBusName'] ?? 'default'))
        .map((rule) => without(rule, 'Targets')),
      input,
    ),
  ListTargetsByRule: (account, input, command) => {
    const rule = find(
      first(account).rules,
      (each) => each['Name'] === input['Rule'] && each['EventBusName'] === input['EventBusName'],
    );
    return page(command, rule['Targets'] as readonly unknown[], input);
  },
  ListArchives: listOf((account) => first(account).archives.map((each) => without(each, 'EventPattern'))),
  DescribeArchive: sole('archives', 'ArchiveName'),
  ListApiDestinations: listOf((account) => first(account).apiDestinations),
  ListConnections: listOf((account) => first(account).connections),
  ListFunctions: listOf((account) => first(account).functions),
  ListFunctionEventInvokeConfigs: (account, input, command) =>
    page(
      command,
      first(account).eventInvokeConfigs.filter((each) =>
        String(each['FunctionArn']).startsWith(`${String(input['FunctionName'])}:`),
      ),
      input,
    ),
  ListEventSourceMappings: listOf((account) => first(account).eventSourceMappings),
  GetAccountAuthorizationDetails: (account, input, command) => ({
    ...page(command, account.roles.map(encoded), input),
    Policies: account.policies.map((policy) => ({
      ...without(policy, 'Document'),
      PolicyVersionList: [{ IsDefaultVersion: true, Document: uri(policy['Document']) }],
    })),
  }),
  ListRolePolicies: (account, input, command) =>
    page(
      command,
      inline(account, input).map((each) => each['PolicyName']),
      input,
    ),
  GetRolePolicy: (account, input) =>
    find(inline(account, input), (each) => each['PolicyName'] === input['PolicyName']),
  ListAttachedRolePolicies: (account, input, command) =>
    page(command, roleOf(account, input)['AttachedManagedPolicies'] as readonly unknown[], input),
  GetPolicy: (account, input) => ({
    Policy: { ...without(policyOf(account, input), 'Document'), DefaultVersionId: 'v1' },
  }),
  GetPolicyVersion: (account, input) => ({
    PolicyVersion: { VersionId: 'v1', Document: uri(policyOf(account, input)['Document']) },
  }),
  ListStateMachines: listOf((account) =>
    first(account).stateMachines.map((each) => without(each, 'definition', 'roleArn')),
  ),
  DescribeStateMachine: sole('stateMachines', 'stateMachineArn'),
  ListPipes: listOf((account) => first(account).pipes.map((each) => without(each, 'SourceParameters'))),
  DescribePipe: sole('pipes', 'Name'),
  ListSchedules: listOf((account) => first(account).schedules),
  GetSchedule: sole('schedules', 'Name'),
  ListSubscriptions: listOf((account) =>
    first(account).subscriptions.map((each) => without(each, 'FilterPolicy', 'FilterPolicyScope')),
  ),
  GetSubscriptionAttributes: (account, input) => ({
    Attributes: find(
      first(account).subscriptions,
      (each) => each['SubscriptionArn'] === input['SubscriptionArn'],
    ),
  }),
  GetQueueUrl: (account, input) => ({
    QueueUrl: queueOf(account, String(input['QueueName']))['QueueUrl'],
  }),
  GetQueueAttributes: (account, input) => ({
    Attributes: without(queueOf(account, String(input['QueueUrl']).split('/').at(-1)!), 'QueueUrl'),
  }),
  ListBuckets: listOf((account) => first(account).buckets.map(({ Name }) => ({ Name }))),
  GetBucketNotificationConfiguration: (account, input) =>
    find(first(account).buckets, (each) => each['Name'] === input['Bucket'])[
      'NotificationConfiguration'
    ] as object,
  DescribeTable: (account, input) => ({
    Table: find(first(account).tables, (each) => each['TableName'] === input['TableName']),
  }),
  DescribeKinesisStreamingDestination: (account, input) => {
    const table = find(first(account).tables, (each) => each['TableName'] === input['TableName']);
    return { KinesisDataStreamDestinations: table['KinesisDataStreamDestinations'] ?? [] };
  },
  DescribeDeliveryStream: (account, input) => ({
    DeliveryStreamDescription: find(
      first(account).deliveryStreams,
      (each) => each['DeliveryStreamName'] === input['DeliveryStreamName'],
    ),
  }),
  GetResources: listOf((account) =>
    Object.entries(first(account).names).map(([ResourceARN, { logicalId, stack }]) => ({
      ResourceARN,
      Tags: [
        { Key: 'aws:cloudformation:logical-id', Value: logicalId },
        { Key: 'aws:cloudformation:stack-name', Value: stack },
      ],
    })),
  ),
};

function answerOf(account: Snapshot, { command, input, region }: WireCall): object {
  const regions = account.regions.filter((each) => each.region === region);
  return answers[command](regions.length > 0 ? { ...account, regions } : account, input, command);
}

function queueOf(account: Snapshot, name: string): ApiItem {
  return find(first(account).queues, (each) => String(each['QueueArn']).endsWith(`:${name}`));
}

function roleOf(account: Snapshot, input: WireCall['input']): ApiItem {
  return find(account.roles, (each) => each['RoleName'] === input['RoleName']);
}

function policyOf(account: Snapshot, input: WireCall['input']): ApiItem {
  return find(account.policies, (each) => each['Arn'] === input['PolicyArn']);
}

function inline(account: Snapshot, input: WireCall['input']): ApiItem[] {
  return (encoded(roleOf(account, input))['RolePolicyList'] ?? []) as unknown as ApiItem[];
}

/** A role as IAM gives it: documents in the encoding of URLs. */
function encoded(role: ApiItem): ApiItem {
  const policies = role['RolePolicyList'] as unknown as readonly ApiItem[];
  return {
    ...role,
    RolePolicyList: policies.map((each) => ({ ...each, PolicyDocument: uri(each['PolicyDocument']) })),
  };
}

function uri(document: unknown): string {
  return encodeURIComponent(JSON.stringify(document));
}
