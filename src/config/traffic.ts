import { SettingsReader } from './reader.ts';

/** What a growing loop is told to reach, and how soon. */
export interface Traffic {
  /** Events a second from outside, each of which begins a chain. */
  readonly entryRate: number;
  /** From one event of a loop to the next of the same type. */
  readonly roundSeconds: number;
  /** Quotas that were raised; undefined: those of the Region. */
  readonly putEventsPerSecond: number | undefined;
  readonly invocationsPerSecond: number | undefined;
}

export const defaultTraffic: Traffic = {
  entryRate: 1,
  roundSeconds: 1,
  putEventsPerSecond: undefined,
  invocationsPerSecond: undefined,
};

/** Reads `traffic`; what is not said has a default. */
export function trafficOf(reader: SettingsReader): Traffic {
  const node = reader.raw('traffic');
  if (!node) return defaultTraffic;
  const own = new SettingsReader(node, 'traffic', reader.collector);
  const positive = (key: string): number | undefined =>
    own.read(key, 'a number above 0', (value) =>
      value.kind === 'number' && value.value > 0 ? value.value : undefined,
    );
  const traffic: Traffic = {
    entryRate: positive('entryRate') ?? defaultTraffic.entryRate,
    roundSeconds: positive('roundSeconds') ?? defaultTraffic.roundSeconds,
    putEventsPerSecond: positive('putEventsPerSecond'),
    invocationsPerSecond: positive('invocationsPerSecond'),
  };
  own.done();
  return traffic;
}
