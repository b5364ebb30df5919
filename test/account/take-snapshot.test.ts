import { describe, expect, it } from 'vitest';
import { UnknownCaller } from '../../src/io/account/caller.ts';
import { type CommandName, callNamed, commands } from '../../src/io/account/commands.ts';
import { importClient } from '../../src/io/account/import-client.ts';
import type { Clock } from '../../src/io/account/pace.ts';
import { takeSnapshot } from '../../src/io/account/take-snapshot.ts';
import { loadAccount } from '../../src/load/account/load-account.ts';
import type { Snapshot } from '../../src/load/account/snapshot.ts';
import { localCaller } from './account.ts';
import { arn, oneOfEverything, withSecretsAndOthers } from './one-of-everything.ts';
import { serve } from './server.ts';
import { Refusal } from './wire.ts';

const names = Object.keys(commands) as CommandName[];
const primary = names.filter((name) => !callNamed(name).instead);
const { takenAt } = oneOfEverything;

/** Lists in an order of their own: the answers of several calls come in any. */
function sorted(snapshot: Snapshot): unknown {
  const inOrder = (value: unknown): unknown =>
    Array.isArray(value)
      ? [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : value;
  const ordered = (object: object) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, inOrder(value)]));
  return { ...ordered(snapshot), regions: snapshot.regions.map(ordered) };
}

describe('an account that is looked at', () => {
  it('gives everything that events concern, and nothing else, without secrets', async () => {
    const { calls } = await serve(withSecretsAndOthers());
    const snapshot = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    expect(JSON.stringify(snapshot)).not.toContain('hunter2');
    expect(sorted(snapshot)).toEqual(sorted(oneOfEverything));
    expect([...calls.keys()].sort()).toEqual([...primary].sort());
  });

  it('gives the roles one by one where all at once are not permitted', async () => {
    const { calls } = await serve(withSecretsAndOthers(), {
      refuse: ({ command }) => {
        if (command === 'GetAccountAuthorizationDetails') throw new Refusal('AccessDenied', 403);
      },
    });
    const { unseen, ...snapshot } = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    expect(unseen.map(({ reason, what }) => [reason, what])).toEqual([
      ['not-permitted', 'iam:GetAccountAuthorizationDetails'],
    ]);
    expect(sorted({ ...snapshot, unseen: [] })).toEqual(sorted(oneOfEverything));
    expect([...calls.keys()].sort()).toEqual([...names].sort());
  });

  it.each(primary)('goes on without %s, and names the missing permission once', async (denied) => {
    await serve(oneOfEverything, {
      refuse: ({ command }) => {
        if (command === denied) throw new Refusal('AccessDeniedException', 403);
      },
    });
    const snapshot = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    expect(snapshot.unseen.map(({ reason, what }) => [reason, what])).toEqual([
      ['not-permitted', callNamed(denied).action],
    ]);
    const { diagnostics } = loadAccount(snapshot);
    const told = diagnostics.filter(({ code }) => code === 'account/not-permitted');
    expect(told.map(({ message }) => message)).toHaveLength(1);
    expect(told[0]?.message).toContain(`${callNamed(denied).action} is not permitted`);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('takes targets it may not see for unknown ones, never for none', async () => {
    await serve(oneOfEverything, {
      refuse: ({ command }) => {
        if (command === 'ListTargetsByRule') throw new Refusal('AccessDeniedException', 403);
      },
    });
    const snapshot = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    for (const { kind, targets } of loadAccount(snapshot).value.routes)
      if (kind === 'rule') expect(targets).toHaveLength(1);
  });

  it('takes roles it may not see for unknown ones: nothing is proven silent', async () => {
    await serve(oneOfEverything, {
      refuse: ({ command }) => {
        if (callNamed(command).client === 'iam') throw new Refusal('AccessDenied', 403);
      },
    });
    const { roles } = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    expect(roles).toEqual([]);
  });

  it('is none where nothing may be asked, and says so for every call', async () => {
    await serve(oneOfEverything, {
      refuse: () => {
        throw new Refusal('AccessDeniedException', 403);
      },
    });
    const { unseen, regions } = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    expect(regions[0]?.rules).toEqual([]);
    expect(unseen.every(({ reason }) => reason === 'not-permitted')).toBe(true);
    expect(unseen.length).toBeGreaterThan(10);
  });

  it('names the package and the command that installs it where a client is missing', async () => {
    await serve(oneOfEverything);
    const caller = localCaller({
      importClient: async (name) => (name === 'pipes' || name === 'sns' ? undefined : importClient(name)),
    });
    const snapshot = await takeSnapshot(caller, ['eu-west-1'], takenAt);
    const told = loadAccount(snapshot).diagnostics.filter(({ code }) => code === 'account/no-client');
    expect(told.map(({ message }) => message)).toEqual([
      '@aws-sdk/client-pipes is not installed: pipes are not seen (npm install @aws-sdk/client-pipes)',
      '@aws-sdk/client-sns is not installed: who reads topics is not seen (npm install @aws-sdk/client-sns)',
    ]);
  });

  it('stops where nobody knows who asks', async () => {
    await serve(oneOfEverything, {
      refuse: () => {
        throw new Refusal('UnrecognizedClientException', 403, 'The security token is invalid');
      },
    });
    await expect(takeSnapshot(localCaller(), ['eu-west-1'], takenAt)).rejects.toThrow(UnknownCaller);
  });

  it('waits longer and longer, by chance, when it is throttled or the service fails, and misses nothing', async () => {
    const waits: number[] = [];
    let time = 0;
    const clock: Clock = {
      now: () => time,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        time += milliseconds;
      },
      random: () => 0.5,
    };
    const refusals = new Map<string, number>();
    await serve(oneOfEverything, {
      refuse: ({ command }) => {
        const count = (refusals.get(command) ?? 0) + 1;
        refusals.set(command, count);
        if (count <= 3)
          throw new Refusal(
            count === 2 ? 'InternalFailure' : 'ThrottlingException',
            count === 2 ? 500 : 400,
            'Rate exceeded',
          );
      },
    });
    const snapshot = await takeSnapshot(localCaller({ clock }), ['eu-west-1'], takenAt);
    expect(sorted(snapshot)).toEqual(sorted(oneOfEverything));
    // Half of 500, 1,000 and 2,000 milliseconds.
    for (const wait of [250, 500, 1000])
      expect(waits.filter((each) => each === wait).length).toBeGreaterThan(5);
  });

  it('gives up after some attempts, and says what is not seen', async () => {
    const clock: Clock = { now: () => 0, sleep: async () => {}, random: () => 0 };
    const { calls } = await serve(oneOfEverything, {
      refuse: ({ command }) => {
        if (command === 'ListPipes') throw new Refusal('TooManyRequestsException', 429);
      },
    });
    const { unseen } = await takeSnapshot(localCaller({ clock }), ['eu-west-1'], takenAt);
    expect(calls.get('ListPipes')).toBe(8);
    expect(unseen).toMatchObject([{ reason: 'failed', what: 'pipes:ListPipes', regions: ['eu-west-1'] }]);
  });

  it('keeps the buses of several Regions apart', async () => {
    const [home] = oneOfEverything.regions;
    const elsewhere = JSON.parse(JSON.stringify(home).replaceAll('eu-west-1', 'us-east-1'));
    await serve({ ...oneOfEverything, regions: [home!, elsewhere] });
    const snapshot = await takeSnapshot(localCaller(), ['eu-west-1', 'us-east-1'], takenAt);
    expect(snapshot.regions.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    const { buses, routes } = loadAccount(snapshot).value;
    expect(buses.map(({ id }) => id).sort()).toEqual([
      '123456789012/us-east-1/default',
      '123456789012/us-east-1/shop',
      'default',
      'shop',
    ]);
    const from = new Map(routes.map((route) => [route.id, route.from]));
    const rule = arn('events', 'rule/shop/shop-Everything-ABCDEFGHIJKL');
    expect(from.get(rule)).toEqual({ kind: 'bus', bus: 'shop' });
    expect(from.get(rule.replace('eu-west-1', 'us-east-1'))).toEqual({
      kind: 'bus',
      bus: '123456789012/us-east-1/shop',
    });
  });
});

describe('5,000 rules', () => {
  const count = 5000;
  const many: Snapshot = {
    ...oneOfEverything,
    regions: [
      {
        ...oneOfEverything.regions[0]!,
        rules: Array.from({ length: count }, (_, index) => ({
          Name: `rule-${index}`,
          Arn: arn('events', `rule/shop/rule-${index}`),
          EventPattern: JSON.stringify({ source: ['shop.orders'], 'detail-type': [`Type${index}`] }),
          State: 'ENABLED',
          EventBusName: 'shop',
          Targets: [{ Id: 'queue', Arn: arn('sqs', 'orders') }],
        })),
      },
    ],
  };

  it('are loaded with no more calls than their pages need, and few at one time', {
    timeout: 120_000,
  }, async () => {
    const { calls, atOnce } = await serve(many);
    const snapshot = await takeSnapshot(localCaller(), ['eu-west-1'], takenAt);
    expect(snapshot.regions[0]?.rules).toHaveLength(count);
    expect(calls.get('ListEventBuses')).toBe(1);
    // One page of the default bus, which has none; a hundred rules a page of the other.
    expect(calls.get('ListRules')).toBe(1 + count / 100);
    expect(calls.get('ListTargetsByRule')).toBe(count);
    const others = [...calls].filter(([name]) => name !== 'ListRules' && name !== 'ListTargetsByRule');
    expect(others.reduce((sum, [, each]) => sum + each, 0)).toBeLessThan(60);
    // Eight for each service, of which few have much to tell.
    expect(atOnce()).toBeLessThanOrEqual(8 * 8);
  });
});
