import type { Measure, Row } from '../../simulate/series.ts';
import type { Simulation } from '../../simulate/simulate.ts';

/** One line of a plot. */
export interface Curve {
  readonly label: string;
  readonly measure: Measure;
  /** Sums are shown per second, levels as they are. */
  readonly perSecond: boolean;
  readonly values: readonly number[];
}

const shownCurves: readonly (readonly [Measure, string])[] = [
  ['events', 'events/s'],
  ['invocations', 'invocations/s'],
  ['concurrency', 'concurrency'],
  ['throttles', 'throttles/s'],
  ['rejected', 'rejected entries/s'],
  ['failed', 'failed/s'],
  ['queued', 'messages queued'],
  ['deadLetters', 'dead letters/s'],
  ['cost', '$/s'],
];

const levels: ReadonlySet<Measure> = new Set(['concurrency', 'queued']);

/** The curves in which anything happened. */
export function curvesOf({ rows, scenario }: Simulation): Curve[] {
  const seconds = scenario.step / 1000;
  return shownCurves
    .map(([measure, label]): Curve => {
      const perSecond = !levels.has(measure);
      const values = rows.map((row: Row) => row[measure] / (perSecond ? seconds : 1));
      return { label, measure, perSecond, values };
    })
    .filter(({ values }) => values.some((value) => value > 0));
}
