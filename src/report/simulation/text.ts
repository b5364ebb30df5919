import { printHoles } from '../../json/holes.ts';
import { printClock, printDuration } from '../../simulate/quantities.ts';
import type { Simulation } from '../../simulate/simulate.ts';
import type { ComponentTotals } from '../../simulate/totals.ts';
import { styleOf } from '../style.ts';
import { curvesOf } from './curves.ts';
import { dollars, joined, shown, sparkline } from './plot.ts';

export interface SimulationTextOptions {
  readonly color: boolean;
  readonly columns: number;
}

/** A simulation for people: what happened over time, who did what, what tripped, and what was taken for granted. */
export function simulationText(simulation: Simulation, { color, columns }: SimulationTextOptions): string {
  const style = styleOf(color);
  const { end, scenario } = simulation;
  const lines = [
    `${style.bold(`${printClock(end)} of virtual time`)}, seed ${scenario.seed}: ${endText(simulation)}`,
    '',
    ...plot(simulation, columns),
    '',
    ...table(
      ['published', 'events'],
      byCount(simulation.totals.events).map(([name, count]) => [printHoles(name), shown(count)]),
    ),
    '',
    ...table(
      ['component', ...columnsOf(simulation).map(({ head }) => head)],
      working(simulation).map((totals) => [
        totals.name,
        ...columnsOf(simulation).map(({ cell }) => cell(totals)),
      ]),
    ),
    '',
    ...sums(simulation),
    ...simulation.trips.map((trip) =>
      style.yellow(
        `${trip.breaker.name} went off at ${printClock(trip.alarmed)} (${shown(trip.counted)} invocations in ${printDuration(trip.breaker.period)}, more than ${shown(trip.breaker.threshold)}) and disabled ${trip.breaker.disables.join(', ')}: until then ${shown(trip.events)} events, ${dollars(trip.cost)}`,
      ),
    ),
    ...assumptions(simulation).map(style.dim),
  ];
  return `${lines.join('\n')}\n`;
}

function endText({ stopped, pending, totals, scenario, end }: Simulation): string {
  switch (stopped) {
    case 'quiet':
      return `everything came to rest after ${shown(totals.accepted)} events`;
    case 'time':
      return pending === 0
        ? `${shown(totals.accepted)} events`
        : `${shown(totals.accepted)} events, and it goes on: ${shown(pending)} things are still to happen`;
    case 'budget':
      return `ended early, after ${shown(totals.accepted)} events: this is as much as is simulated`;
    default:
      return `stopped at ${stopped === 'cost' ? dollars(scenario.stopAt.cost ?? 0) : `${shown(scenario.stopAt[stopped] ?? 0)} ${stopped}`}, after ${printDuration(end)}`;
  }
}

function plot(simulation: Simulation, columns: number): string[] {
  const curves = curvesOf(simulation);
  const label = Math.max(...curves.map((curve) => curve.label.length), 0);
  const width = Math.max(10, Math.min(60, columns - label - 24));
  const lines = curves.map((curve) => {
    const highest = Math.max(...curve.values);
    const at = curve.values.indexOf(highest) * simulation.scenario.step;
    const line = sparkline(joined(curve.values, width, curve.perSecond ? 'mean' : 'highest'));
    const most = curve.measure === 'cost' ? dollars(highest) : shown(highest);
    return `${curve.label.padEnd(label)}  ${line.padEnd(Math.min(width, curve.values.length))}  ≤ ${most} at ${printClock(at)}`;
  });
  return lines.length > 0 ? lines : ['nothing happened'];
}

/** Columns that say something; the others are left out. */
function columnsOf({ totals }: Simulation): { head: string; cell: (each: ComponentTotals) => string }[] {
  const all: { head: string; value: (each: ComponentTotals) => number; print?: (value: number) => string }[] =
    [
      { head: 'invocations', value: ({ invocations }) => invocations },
      { head: 'rejected', value: ({ rejected }) => rejected },
      { head: 'throttled', value: ({ throttles }) => throttles },
      { head: 'failed', value: ({ failed }) => failed },
      { head: 'given up', value: ({ deadLetters }) => deadLetters },
      { head: 'at once', value: ({ peakConcurrency }) => peakConcurrency },
      { head: 'queued', value: ({ peakQueue }) => peakQueue },
      { head: 'waited', value: ({ longestWait }) => longestWait, print: printDuration },
      { head: 'cost', value: ({ cost }) => cost, print: dollars },
    ];
  const components = [...totals.components.values()];
  return all
    .filter(({ value }) =>
      components.some((each) => value(each) >= 1 || (value(each) > 0 && value(each) < 1)),
    )
    .map(({ head, value, print = shown }) => ({
      head,
      cell: (each: ComponentTotals) => (value(each) > 0 ? print(value(each)) : ''),
    }));
}

/** Components that did something, the busiest first. */
function working({ totals }: Simulation): ComponentTotals[] {
  return [...totals.components.values()]
    .filter(({ invocations, throttles, peakQueue }) => invocations + throttles + peakQueue > 0)
    .sort((a, b) => b.invocations - a.invocations || (a.name < b.name ? -1 : 1));
}

function byCount(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** The first column to the left, numbers to the right; nothing where there are no rows. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)];
}

function sums({ totals }: Simulation): string[] {
  const { requests } = totals;
  const lines: string[] = [];
  if (requests.sent > 0) {
    lines.push(
      `requests: ${shown(requests.sent)} sent (${shown(requests.retries)} of them again), ${shown(requests.answered)} answered in time, ${shown(requests.lost)} given up by their senders`,
    );
  }
  if (totals.lostEntries > 0)
    lines.push(`${shown(totals.lostEntries)} entries were lost: PutEvents was throttled three times`);
  if (totals.delayed > 0) lines.push(`${shown(totals.delayed)} deliveries waited for the invocations quota`);
  if (totals.cost > 0) lines.push(`cost: ${dollars(totals.cost)}`);
  return lines;
}

function assumptions({ assumptions: all }: Simulation): string[] {
  if (all.length === 0) return [];
  const listed = all.length > 12 ? [...all.slice(0, 12), `and ${all.length - 12} more`] : all;
  return ['', 'taken for granted:', ...listed.map((each) => `  ${printHoles(each)}`)];
}
