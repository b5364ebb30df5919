import { printHoles } from '../../json/holes.ts';
import type { Simulation } from '../../simulate/simulate.ts';

/** A simulation for other tools. Times are milliseconds of virtual time, costs US dollars. */
export function simulationJson(simulation: Simulation, version: string): string {
  const { scenario, end, stopped, rows, totals, trips, assumptions, pending, happenings } = simulation;
  const counts = (map: ReadonlyMap<string, number>) =>
    Object.fromEntries([...map].map(([name, count]) => [printHoles(name), count]));
  const { events, rules, components, ...sums } = totals;
  const report = {
    tool: { name: 'busproof', version },
    seed: scenario.seed,
    stepMilliseconds: scenario.step,
    endMilliseconds: end,
    stopped,
    pending,
    happenings,
    totals: sums,
    events: counts(events),
    rules: counts(rules),
    components: [...components.values()],
    alarms: trips.map(({ breaker, ...trip }) => ({
      name: breaker.name,
      disables: breaker.disables,
      ...trip,
    })),
    series: rows,
    assumptions: assumptions.map(printHoles),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
