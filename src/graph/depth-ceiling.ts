import type { JsonValue } from '../json/value.ts';
import type { Topology } from '../model/topology.ts';
import { choicesAt } from './choices.ts';
import { depthsNamed } from './named-by-schemas.ts';
import { depthPath, type GraphSettings } from './settings.ts';

/** How high a depth anybody asks for may be before depths are no longer told apart. */
const MAX_CEILING = 10_000;

/** One more than the highest depth any guard, filter, schema or emission speaks of: from there on all depths are alike. */
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
