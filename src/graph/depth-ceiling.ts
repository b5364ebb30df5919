import type { JsonValue } from '../json/value.ts';
import type { Topology } from '../model/topology.ts';
import { choicesAt } from './choices.ts';
import { depthMultiples, depthsNamed } from './named-by-schemas.ts';
import { depthPath, type GraphSettings } from './settings.ts';

/** How high a depth anybody asks for may be before depths are no longer told apart. */
const MAX_CEILING = 10_000;

/** Where schemas allow multiples alone: up to so many depths are told apart beyond the ceiling. */
const MAX_PERIOD = 1_000;

/**
 * How many depths from the ceiling on differ to a schema: depths that far apart are alike again. 1 where no schema asks
 * for multiples; undefined where they are too many to be told apart.
 */
export function depthPeriod(topology: Topology, settings: GraphSettings): number | undefined {
  let period = 1;
  for (const multiple of new Set(depthMultiples(topology, settings))) {
    const step = wholeMultiple(multiple);
    period = step === undefined ? Number.POSITIVE_INFINITY : (period / commonDivisor(period, step)) * step;
    if (period > MAX_PERIOD) return undefined;
  }
  return period;
}

/** The least whole number that is a multiple of a decimal: 5 for 2.5, 1 for 0.5. */
function wholeMultiple(multiple: number): number | undefined {
  for (let whole = 1; whole <= MAX_PERIOD; whole++) {
    const times = whole / multiple;
    if (Math.abs(times - Math.round(times)) < 1e-9 && Math.round(times) > 0) return whole;
  }
  return undefined;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** One more than the highest depth any guard, filter, schema or emission speaks of: from there on all depths are alike, but for `depthPeriod`. */
export function depthCeiling(topology: Topology, settings: GraphSettings): number {
  let highest = 0;
  const consider = (depth: JsonValue | undefined): void => {
    if (typeof depth === 'number' && depth <= MAX_CEILING) highest = Math.max(highest, Math.ceil(depth));
  };
  for (const { rejectsAtDepth } of topology.components) consider(rejectsAtDepth?.depth);
  for (const { depth } of topology.emissions) if (depth.kind === 'set') consider(depth.value);
  for (const choice of choicesAt(topology, depthPath(settings))) {
    if (choice.kind === 'number') consider(choice.number.value);
    if (choice.kind === 'numeric') {
      consider(choice.lower?.value);
      consider(choice.upper?.value);
    }
    if (choice.kind === 'anything-but' && choice.of.kind === 'numbers') {
      for (const number of choice.of.values) consider(number.value);
    }
  }
  for (const depth of depthsNamed(topology, settings)) consider(depth);
  return highest + 1;
}
