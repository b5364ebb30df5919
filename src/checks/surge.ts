import type { Config } from '../config/config.ts';
import type { Amplification } from '../graph/amplification.ts';
import { nodeKey } from '../graph/hops.ts';
import type { Loop } from '../graph/loop.ts';
import { type Surge, surgeOf } from '../graph/quotas.ts';
import { withThousands } from '../graph/words.ts';

/** When an unbounded loop fills a quota, at the traffic of the config; undefined if it is bounded, or dies out first. */
export function surgeOfLoop(
  { growth, hops }: Loop,
  amplifications: readonly Amplification[],
  { traffic, region }: Config,
): Surge | undefined {
  if (growth === undefined) return undefined;
  const known = fanOutsOf(amplifications);
  const nodes = new Set(hops.map(({ from }) => nodeKey(from)));
  const fanOuts = [...nodes].flatMap((key) => known.get(key) ?? []);
  // Events of a loop are delivered to as many targets as those of its types are, on average.
  const deliveries = fanOuts.length === 0 ? 1 : fanOuts.reduce((sum, each) => sum + each, 0) / fanOuts.length;
  return surgeOf(growth, deliveries, traffic, region);
}

const byNode = new WeakMap<readonly Amplification[], ReadonlyMap<string, number>>();

function fanOutsOf(amplifications: readonly Amplification[]): ReadonlyMap<string, number> {
  const known = byNode.get(amplifications);
  if (known) return known;
  const made = new Map(amplifications.map(({ node, fanOut }) => [nodeKey(node), fanOut]));
  byNode.set(amplifications, made);
  return made;
}

/** `reaches us-east-1's 18,750 invocations/s after about 13 rounds (13 s)`, with what it is worked out from. */
export function surgeWords(
  { region, quota, perSecond, rounds, seconds }: Surge,
  { traffic }: Config,
): string {
  const then =
    quota === 'invocations'
      ? 'from then on the events of every rule in the account wait'
      : 'from then on PutEvents of everybody in the account is rejected';
  const limit = quota === 'invocations' ? 'invocations/s' : 'PutEvents requests/s';
  const times = `${withThousands(rounds)} ${rounds === 1 ? 'round' : 'rounds'}`;
  return (
    `at ${perSecondWords(traffic.entryRate)} from outside and ${traffic.roundSeconds} s a round, ` +
    `it reaches ${region}'s ${withThousands(perSecond)} ${limit} after about ${times} (${duration(seconds)}): ${then}`
  );
}

function perSecondWords(rate: number): string {
  return `${withThousands(rate)} ${rate === 1 ? 'event' : 'events'}/s`;
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toPrecision(3))} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
