import type { Topology } from '../model/topology.ts';
import type { Choice } from '../pattern/pattern.ts';

const known = new WeakMap<Topology, Map<string, Choice[]>>();

/** Every choice that some rule's pattern makes on a path. Patterns are walked once per topology. */
export function choicesAt(topology: Topology, path: string): readonly Choice[] {
  return choicesByPath(topology).get(path) ?? [];
}

function choicesByPath(topology: Topology): Map<string, Choice[]> {
  const found = known.get(topology);
  if (found) return found;
  const byPath = new Map<string, Choice[]>();
  for (const { filter } of topology.routes) {
    if (filter.kind !== 'pattern') continue;
    for (const { conditions } of filter.pattern.alternatives) {
      for (const { path, choices } of conditions) {
        const list = byPath.get(path);
        if (list) list.push(...choices);
        else byPath.set(path, [...choices]);
      }
    }
  }
  known.set(topology, byPath);
  return byPath;
}
