import type { Plant } from './plant.ts';
import type { Breaker } from './scenario.ts';

/** An alarm that went off, and what there was until then. */
export interface Trip {
  readonly breaker: Breaker;
  /** When the alarm went off, and when the rules were disabled. */
  readonly alarmed: number;
  readonly disabled: number;
  readonly counted: number;
  /** At the time the rules were disabled. */
  readonly events: number;
  readonly cost: number;
}

/**
 * Counts invocations in periods and disables rules where there were too many in one. CloudWatch judges a period when
 * it is over, so that a breaker trips at the end of the period at the earliest.
 */
export function watchBreakers(plant: Plant): readonly Trip[] {
  const trips: Trip[] = [];
  for (const breaker of plant.scenario.breakers) {
    let counted = 0;
    const { counts, threshold, period, delay } = breaker;
    plant.watchers.push((component) => {
      if (counts === 'model' ? component.callsModel : component.name === counts.component) counted++;
    });
    const judge = (): void => {
      const { agenda, disabled, totals } = plant;
      const alarmed = agenda.now;
      const found = counted;
      counted = 0;
      if (found <= threshold) {
        agenda.after(period, judge);
        return;
      }
      agenda.after(delay, () => {
        for (const rule of breaker.disables) disabled.add(rule);
        const { accepted: events, cost } = totals;
        trips.push({ breaker, alarmed, disabled: agenda.now, counted: found, events, cost });
      });
    };
    plant.agenda.at(period, judge);
  }
  return trips;
}
