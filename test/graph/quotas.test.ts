import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/config.ts';
import { surgeOf } from '../../src/graph/quotas.ts';
import { quotasOf } from '../../src/model/region-quotas.ts';

const traffic = defaultConfig.traffic;

/** The first round at which the events of all chains together fill a quota, counted round by round. */
function counted(wanted: number, growth: number): number | undefined {
  let sum = 0;
  for (let round = 0; round < 100_000; round++) {
    sum += growth ** round;
    if (sum >= wanted) return round;
  }
  return undefined;
}

describe('the time until a quota is full', () => {
  it.each([
    [2, 1, 1],
    [2, 2, 1],
    [2, 2, 100],
    [1, 1, 1],
    [1.5, 3, 7],
    [1024, 1, 1],
    [0.5, 1, 3],
    [0.9999, 1, 3],
    [3, 1, 20_000],
  ])(
    'is what counting round by round gives (growth %f, %i deliveries, %i events/s)',
    (growth, deliveries, entryRate) => {
      const surge = surgeOf(growth, deliveries, { ...traffic, entryRate }, 'us-east-1');
      const rounds = [
        counted(10_000 / entryRate, growth),
        counted(18_750 / (entryRate * deliveries), growth),
      ].filter((each) => each !== undefined);
      expect(surge?.rounds).toBe(rounds.length === 0 ? undefined : Math.min(...rounds));
    },
  );

  it('takes the quotas of the Region, or those that were raised', () => {
    expect(quotasOf('eu-north-1')).toEqual({ putEvents: 600, invocations: 1_100 });
    expect(quotasOf('me-central-1')).toEqual({ putEvents: 400, invocations: 750 });
    expect(surgeOf(2, 3, traffic, 'eu-north-1')).toMatchObject({ quota: 'invocations', perSecond: 1_100 });
    const raised = { ...traffic, invocationsPerSecond: 1e9, roundSeconds: 2 };
    expect(surgeOf(2, 3, raised, 'eu-north-1')).toMatchObject({ quota: 'PutEvents', rounds: 9, seconds: 18 });
  });
});
