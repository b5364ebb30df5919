import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json/value.ts';
import { type ApiItem, type Snapshot, snapshotKey } from '../../src/load/account/snapshot.ts';
import { cli, folderWith } from '../support/cli.ts';

const account = '123456789012';
const role: ApiItem = {
  Arn: `arn:aws:iam::${account}:role/worker`,
  RoleName: 'worker',
  RolePolicyList: [
    {
      PolicyName: 'own',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'events:PutEvents',
            Resource: `arn:aws:events:*:${account}:event-bus/shop`,
          },
        ],
      },
    },
  ],
  AttachedManagedPolicies: [],
};

/** A Region with a bus, a function on it, and a bucket that tells the default bus what happens. */
function regionOf(region: string, pattern: JsonObject): Snapshot['regions'][number] {
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${region}:${account}:${resource}`;
  const worker = arn('lambda', `function:worker-${region}`);
  return {
    region,
    names: {},
    eventBuses: ['default', 'shop'].map((Name) => ({ Name, Arn: arn('events', `event-bus/${Name}`) })),
    rules: [
      {
        Name: `orders-${region}`,
        Arn: arn('events', `rule/shop/orders-${region}`),
        EventPattern: JSON.stringify(pattern),
        State: 'ENABLED',
        EventBusName: 'shop',
        Targets: [{ Id: 'worker', Arn: worker }],
      },
    ],
    archives: [],
    apiDestinations: [],
    connections: [],
    functions: [
      { FunctionName: `worker-${region}`, FunctionArn: worker, Role: String(role['Arn']), Handler: 'a.b' },
    ],
    eventInvokeConfigs: [],
    eventSourceMappings: [],
    stateMachines: [],
    pipes: [],
    schedules: [],
    subscriptions: [],
    queues: [],
    buckets: [],
    tables: [],
    deliveryStreams: [],
  };
}

const publishes = { publishes: [{ event: 'shop.orders@OrderPlaced', bus: 'shop', depth: 'copy' }] };

async function endless(
  first: JsonObject,
  second: JsonObject,
  components: JsonObject,
): Promise<readonly string[]> {
  const snapshot: Snapshot = {
    [snapshotKey]: 1,
    takenAt: '2026-01-01T00:00:00.000Z',
    account,
    regions: [regionOf('eu-west-1', first), regionOf('us-east-1', second)],
    roles: [role],
    policies: [],
    unseen: [],
  };
  const folder = folderWith({
    'snapshot.json': JSON.stringify(snapshot),
    'busproof.config.json': JSON.stringify({ components }),
  });
  const { out, err } = await cli(['check', '--format', 'json'], folder);
  expect(err).toBe('');
  const { loops } = JSON.parse(out) as { loops: { verdict: string; rules: string[] }[] };
  return loops
    .filter(({ verdict }) => verdict === 'endless' || verdict === 'possible')
    .flatMap(({ rules, verdict }) => `${verdict} ${rules.join()}`);
}

const takes = { source: ['shop.orders'] };
const refuses = { source: ['shop.payments'] };
const silent = { publishes: [] };

describe('buses of one name in two Regions', () => {
  it.each([
    ['the first', takes, refuses, ['endless orders-eu-west-1']],
    ['the second', refuses, takes, ['endless orders-us-east-1']],
    ['both', takes, takes, ['endless orders-eu-west-1', 'endless orders-us-east-1']],
    ['neither', refuses, refuses, []],
  ] as const)('are two buses: a loop is in %s', async (_which, first, second, found) => {
    const components = { 'worker-eu-west-1': publishes, 'worker-us-east-1': publishes };
    expect([...(await endless(first, second, components))].sort()).toEqual(found);
  });

  it('do not hear what is published in the other Region', async () => {
    const components = { 'worker-eu-west-1': publishes, 'worker-us-east-1': silent };
    expect(await endless(refuses, takes, components)).toEqual([]);
  });

  it('are told apart where a role leaves the Region open', async () => {
    expect([...(await endless(refuses, takes, { 'worker-eu-west-1': silent }))]).toEqual([
      'possible orders-us-east-1',
    ]);
  });
});
