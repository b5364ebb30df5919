import { SettingsReader } from '../config/reader.ts';
import { type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Node, valueOf } from '../json/node.ts';
import { isObject, setOwn } from '../json/value.ts';
import { parseEventType } from '../model/event-type.ts';
import { quotasOf } from '../model/region-quotas.ts';
import { parseDuration, parseRate } from './quantities.ts';
import {
  type Behaviour,
  type Breaker,
  defaultEntry,
  defaultLimits,
  type Entry,
  type Limits,
  type Scenario,
} from './scenario.ts';

/** What a scenario says; whatever it leaves open is undefined. */
export type ScenarioSettings = {
  readonly [Key in keyof Scenario]?: Key extends 'limits' ? Partial<Limits> : Scenario[Key];
} & { readonly region?: string };

const MINUTE = 60_000;

/** Reads a scenario from its tree. What cannot be read is a finding with its place, and left out. */
export function parseScenario(node: Node): Outcome<ScenarioSettings> {
  const reader = new SettingsReader(node, 'the scenario');
  const length = duration(reader, 'for');
  const step = duration(reader, 'step');
  const seed = reader.whole('seed', 0);
  const region = reader.text('region');
  const entries = reader.list('entries', (item) => entryOf(item, reader));
  const components: Record<string, Behaviour> = {};
  for (const { name, value } of reader.entries('components'))
    setOwn(components, name, behaviourOf(value, name, reader));
  const breakers = reader.list('alarms', (item) => breakerOf(item, reader));
  const limits = limitsOf(reader);
  const stopAt = stopsOf(reader);
  reader.done();
  const settings = { length, step, seed, region, entries, components, breakers, limits, stopAt };
  return outcome(defined(settings) as ScenarioSettings, reader.collector.diagnostics);
}

/** A scenario with everything that was left open: five minutes, in sixty steps, with the quotas of the Region. */
export function completeScenario(settings: ScenarioSettings, defaultRegion = 'us-east-1'): Scenario {
  const {
    length = 5 * MINUTE,
    seed = 1,
    entries = [],
    components = {},
    breakers = [],
    stopAt = {},
  } = settings;
  return {
    length,
    seed,
    step: settings.step ?? Math.max(100, length / 60),
    entries,
    components,
    breakers,
    stopAt,
    limits: { ...defaultLimits, ...quotasOf(settings.region ?? defaultRegion), ...settings.limits },
  };
}

function duration(reader: SettingsReader, key: string): number | undefined {
  return reader.read(key, 'a time such as 200ms, 2s, 3m or 1h', durationOf);
}

function durationOf(node: Node): number | undefined {
  const value = valueOf(node);
  return typeof value === 'string' || typeof value === 'number' ? parseDuration(value) : undefined;
}

function entryOf(node: Node, outer: SettingsReader): Entry | undefined {
  const reader = new SettingsReader(node, 'an entry of the scenario', outer.collector);
  const event = reader.read('event', 'source@DetailType', (value) =>
    value.kind === 'string' && parseEventType(value.value) ? value.value : undefined,
  );
  const webhook = reader.text('webhook');
  const bus = reader.text('bus');
  const detail = reader.read('detail', 'an object', (value) => {
    const read = valueOf(value);
    return isObject(read) ? read : undefined;
  });
  const count = reader.whole('count', 1);
  const rate = reader.read('rate', 'a rate such as 5/s or 300/min', (value) => parseRate(valueOf(value)));
  const from = duration(reader, 'from');
  const until = duration(reader, 'until');
  const timeout = duration(reader, 'timeout');
  const retries = reader.list('retries', durationOf);
  const time = reader.read('duration', 'a time such as 2s, or two: [1s, 3s]', spanOfTime);
  const publishes = amounts(reader, Number.MAX_SAFE_INTEGER, 'a number of events');
  reader.done();
  if ((event === undefined) === (webhook === undefined)) {
    reader.refuse(node, reader.where, 'either an event or a webhook');
    return undefined;
  }
  const given = {
    event,
    webhook,
    bus,
    detail,
    rate,
    from,
    until,
    timeout,
    retries,
    duration: time,
    publishes,
  };
  const once = rate === undefined ? { count: count ?? 1 } : count === undefined ? {} : { count };
  return { ...defaultEntry, ...once, ...(defined(given) as Partial<Entry>) };
}

function behaviourOf(node: Node, name: string, outer: SettingsReader): Behaviour {
  const reader = new SettingsReader(node, `components: ${name}`, outer.collector);
  const behaviour = {
    duration: reader.read('duration', 'a time such as 2s, or two: [1s, 3s]', spanOfTime),
    concurrency: reader.whole('concurrency', 0),
    cost: reader.number('cost', 0, 1e6),
    errorRate: reader.number('errorRate', 0, 1),
    sends: reader.whole('sends', 0),
    publishes: amounts(reader, 1, 'a probability from 0 to 1'),
  };
  reader.done();
  return defined(behaviour) as Behaviour;
}

/** `publishes: { source@DetailType: number }`. */
function amounts(reader: SettingsReader, most: number, expected: string): Record<string, number> | undefined {
  const found: Record<string, number> = {};
  for (const { name, value } of reader.entries('publishes')) {
    if (value.kind === 'number' && value.value >= 0 && value.value <= most) setOwn(found, name, value.value);
    else reader.refuse(value, `${reader.where}: publishes: ${name}`, expected);
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function spanOfTime(node: Node): readonly [number, number] | undefined {
  if (node.kind !== 'array') {
    const time = durationOf(node);
    return time === undefined ? undefined : [time, time];
  }
  const [from, to, more] = node.items.map(durationOf);
  return from !== undefined && to !== undefined && more === undefined && from <= to ? [from, to] : undefined;
}

function breakerOf(node: Node, outer: SettingsReader): Breaker | undefined {
  const reader = new SettingsReader(node, 'an alarm of the scenario', outer.collector);
  const threshold = reader.number('threshold', 0, Number.MAX_SAFE_INTEGER, 'a number, not negative');
  const component = reader.text('counts');
  const period = duration(reader, 'period') ?? 5 * MINUTE;
  const delay = duration(reader, 'delay') ?? 0;
  const name = reader.text('name') ?? 'the alarm';
  const disables = reader.texts('disables') ?? [];
  reader.done();
  if (threshold === undefined) {
    reader.refuse(node, reader.where, 'a threshold');
    return undefined;
  }
  const counts = component === undefined || component === 'model' ? 'model' : { component };
  return { name, counts, threshold, period: Math.max(1, period), delay, disables };
}

function limitsOf(outer: SettingsReader): Partial<Limits> | undefined {
  const node = outer.raw('limits');
  if (!node) return undefined;
  const reader = new SettingsReader(node, 'limits', outer.collector);
  const limits = {
    accountConcurrency: reader.whole('concurrency', 1),
    putEvents: reader.number('putEvents', 1, 1e9),
    invocations: reader.number('invocations', 1, 1e9),
    busLatency: duration(reader, 'busLatency'),
  };
  reader.done();
  return defined(limits);
}

function stopsOf(outer: SettingsReader): Scenario['stopAt'] | undefined {
  const node = outer.raw('stopAt');
  if (!node) return undefined;
  const reader = new SettingsReader(node, 'stopAt', outer.collector);
  const stops = {
    events: reader.whole('events', 1),
    cost: reader.number('cost', 0, 1e9),
    throttles: reader.whole('throttles', 1),
  };
  reader.done();
  return defined(stops);
}

function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
