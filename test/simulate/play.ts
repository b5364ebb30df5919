import type { Topology } from '../../src/model/topology.ts';
import { completeScenario, type ScenarioSettings } from '../../src/simulate/read-scenario.ts';
import { defaultEntry, type Entry } from '../../src/simulate/scenario.ts';
import { type Simulation, simulate } from '../../src/simulate/simulate.ts';

export const members = { depth: '_chain_depth', stage: 'processing_stage' };

/** Nothing but the rules: no quota, no latency, no limit. */
export const unlimited = { accountConcurrency: 1e9, putEvents: 1e9, invocations: 1e9, busLatency: 0 };

export function entry(given: Partial<Entry>): Entry {
  return { ...defaultEntry, ...(given.rate === undefined ? { count: 1 } : {}), ...given };
}

/** Plays a scenario without limits, but for those it names. */
export function play(
  topology: Topology,
  { limits, ...rest }: ScenarioSettings,
  budget = 200_000,
): Simulation {
  const scenario = completeScenario({ step: 1000, ...rest, limits: { ...unlimited, ...limits } });
  return simulate(topology, scenario, { members, budget });
}
