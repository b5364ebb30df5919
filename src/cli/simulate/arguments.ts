import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { nearest } from '../../json/nearest.ts';
import { type EventType, printEventType } from '../../model/event-type.ts';
import type { Topology } from '../../model/topology.ts';
import { componentNamed } from '../../simulate/entries.ts';
import { parseDuration, parseRate } from '../../simulate/quantities.ts';
import type { ScenarioSettings } from '../../simulate/read-scenario.ts';
import { defaultEntry, type Entry, type Scenario } from '../../simulate/scenario.ts';
import { UsageError } from '../command.ts';
import { eventTypeAmong } from '../event-type-named.ts';

/** What the command line may say over a scenario. */
export interface SimulateArguments {
  readonly event: readonly string[];
  readonly for: string | undefined;
  readonly seed: string | undefined;
  readonly region: string | undefined;
  readonly 'stop-at': readonly string[];
}

/** The scenario with what the command line says put over it; its events take the place of the scenario's entries. */
export function withArguments(
  settings: ScenarioSettings,
  args: SimulateArguments,
  topology: Topology,
): ScenarioSettings {
  const length = args.for === undefined ? undefined : parseDuration(args.for);
  if (args.for !== undefined && !length)
    throw new UsageError(`--for is a time such as 90s or 10m; "${args.for}" is not`);
  const seed = args.seed === undefined ? undefined : Number(args.seed);
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0))
    throw new UsageError(`--seed is a whole number; "${args.seed}" is not`);
  const entries = args.event.map((text) => entryOf(text, topology));
  const stops = Object.fromEntries(args['stop-at'].map(stopOf));
  return {
    ...settings,
    ...(length === undefined ? {} : { length }),
    ...(seed === undefined ? {} : { seed }),
    ...(args.region === undefined ? {} : { region: args.region }),
    ...(entries.length === 0 ? {} : { entries }),
    ...(args['stop-at'].length === 0 ? {} : { stopAt: { ...settings.stopAt, ...stops } }),
  };
}

function entryOf(text: string, topology: Topology): Entry {
  const [, name = text, amount] = /^(.*)=([^=]*)$/.exec(text) ?? [];
  const event = printEventType(eventTypeAmong(name, typesOf(topology)));
  if (amount === undefined) return { ...defaultEntry, event, count: 1 };
  const rate = amount.includes('/') ? parseRate(amount) : undefined;
  if (rate !== undefined) return { ...defaultEntry, event, rate };
  const count = Number(amount);
  if (Number.isSafeInteger(count) && count > 0) return { ...defaultEntry, event, count };
  throw new UsageError(`--event TYPE=N takes a number, or a rate such as 5/s; "${amount}" is neither`);
}

function stopOf(text: string): [string, number] {
  const [, what, amount] = /^(events|cost|throttles)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (what === undefined)
    throw new UsageError(`--stop-at is events=N, cost=N or throttles=N; "${text}" is not`);
  return [what, Number(amount)];
}

function typesOf({ contracts, emissions }: Topology): EventType[] {
  return [...contracts.map(({ type }) => type), ...emissions.flatMap(({ event }) => event ?? [])];
}

/** One event of every type that enters from outside; where nobody says which do, of every type with a contract, or of every one. */
export function usualEntries(topology: Topology): readonly Entry[] {
  const entering = topology.emissions.filter(({ entry }) => entry).flatMap(({ event }) => event ?? []);
  const described = topology.contracts.map(({ type }) => type);
  const types = [entering, described, typesOf(topology)].find(({ length }) => length > 0) ?? [];
  const ids = [...new Set(types.map(printEventType))].sort();
  return ids.map((event) => ({ ...defaultEntry, event, count: 1 }));
}

/** Names in a scenario that nothing here has. */
export function scenarioProblems(scenario: Scenario, topology: Topology): Diagnostic[] {
  const webhooks = scenario.entries.flatMap(({ webhook }) => webhook ?? []);
  const counted = scenario.breakers.flatMap(({ counts }) => (counts === 'model' ? [] : [counts.component]));
  const names = [...webhooks, ...counted, ...Object.keys(scenario.components)];
  return [...new Set(names)]
    .filter((name) => !componentNamed(name, topology))
    .map((name) => {
      const near = nearest(
        name,
        topology.components.map((component) => component.name),
      );
      const fix = near === undefined ? {} : { fix: { text: `did you mean "${near}"?` } };
      return finding('config/unknown-component', { name }, fix);
    });
}
