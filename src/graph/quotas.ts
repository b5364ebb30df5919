import type { Traffic } from '../config/traffic.ts';

/** What one account may do in one Region, per second, unless its quotas were raised. */
export interface Quotas {
  /** PutEvents requests; more are rejected. */
  readonly putEvents: number;
  /** Deliveries to targets of all rules together; more are delayed, for every rule of the account. */
  readonly invocations: number;
}

/** The quotas by Region (UG eb-quota, November 2026). */
const byRegion: readonly (readonly [regions: readonly string[], quotas: Quotas])[] = [
  [['us-east-1', 'us-west-2', 'eu-west-1'], { putEvents: 10_000, invocations: 18_750 }],
  [['us-east-2', 'eu-central-1', 'eu-south-2'], { putEvents: 2_400, invocations: 4_500 }],
  [
    ['us-west-1', 'ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2', 'eu-west-2'],
    { putEvents: 1_200, invocations: 2_250 },
  ],
  [
    ['ap-east-1', 'ap-northeast-2', 'ap-south-1', 'ca-central-1', 'eu-north-1', 'eu-west-3', 'sa-east-1'],
    { putEvents: 600, invocations: 1_100 },
  ],
];
const elsewhere: Quotas = { putEvents: 400, invocations: 750 };

/** The Region that is told of where none is known: none has more. */
export const LARGEST_REGION = 'us-east-1';

export function quotasOf(region: string): Quotas {
  return byRegion.find(([regions]) => regions.includes(region))?.[1] ?? elsewhere;
}

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
