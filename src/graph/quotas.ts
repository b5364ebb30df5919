import type { Traffic } from '../config/traffic.ts';
import { quotasOf } from '../model/region-quotas.ts';

/** The Region that is told of where none is known: none has more. */
export const LARGEST_REGION = 'us-east-1';

/** A loop that fills a quota. */
export interface Surge {
  readonly region: string;
  readonly quota: 'PutEvents' | 'invocations';
  readonly perSecond: number;
  /** After so many rounds, in so many seconds, since the first event came in. */
  readonly rounds: number;
  readonly seconds: number;
}

/**
 * When a loop reaches the first quota of its Region: each event leads to `growth` more per round, each is delivered
 * to `deliveries` targets. Undefined if it never does. Every published event counts as one PutEvents request.
 */
export function surgeOf(
  growth: number,
  deliveries: number,
  traffic: Traffic,
  region: string = LARGEST_REGION,
): Surge | undefined {
  const own = quotasOf(region);
  const quotas = [
    { quota: 'PutEvents', perSecond: traffic.putEventsPerSecond ?? own.putEvents, each: 1 },
    { quota: 'invocations', perSecond: traffic.invocationsPerSecond ?? own.invocations, each: deliveries },
  ] as const;
  const surges = quotas.flatMap(({ quota, perSecond, each }): Surge[] => {
    const rounds = roundsUntil(perSecond / (traffic.entryRate * each), growth);
    const seconds = rounds * traffic.roundSeconds;
    return Number.isFinite(rounds) ? [{ region, quota, perSecond, rounds, seconds }] : [];
  });
  return surges.sort((a, b) => a.rounds - b.rounds)[0];
}

/** The first round n with 1 + g + … + gⁿ ≥ wanted: entries go on coming in, and all before them go on turning. */
function roundsUntil(wanted: number, growth: number): number {
  if (wanted <= 1) return 0;
  if (growth === 1) return Math.ceil(wanted) - 1;
  // The sum is (gⁿ⁺¹ − 1) / (g − 1); below 1 it never passes 1 / (1 − g).
  const power = 1 + wanted * (growth - 1);
  if (power <= 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.ceil(Math.log(power) / Math.log(growth) - 1e-9) - 1);
}
