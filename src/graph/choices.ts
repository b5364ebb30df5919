import type { RouteId } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { printChoice } from '../pattern/canonical.ts';
import type { Choice, Pattern } from '../pattern/pattern.ts';
import { canonicalText } from '../pattern/print.ts';
import { restrictPattern } from '../pattern/restrict.ts';

const known = new WeakMap<Topology, Map<string, readonly Choice[]>>();
/** Patterns are walked once each: an edited topology shares most of them. */
const byPattern = new WeakMap<Pattern, ReadonlyMap<string, readonly Choice[]>>();

/** Every choice that some rule's pattern makes on a path, once: thousands of rules ask for the same few values. */
export function choicesAt(topology: Topology, path: string): readonly Choice[] {
  const byPath = known.get(topology) ?? new Map<string, readonly Choice[]>();
  known.set(topology, byPath);
  const found = byPath.get(path) ?? choicesOfAll(topology, path);
  byPath.set(path, found);
  return found;
}

function choicesOfAll({ routes }: Topology, path: string): Choice[] {
  const found = new Map<string, Choice>();
  for (const { filter } of routes) {
    if (filter.kind !== 'pattern') continue;
    for (const choice of choicesOf(filter.pattern).get(path) ?? []) found.set(printChoice(choice), choice);
  }
  return [...found.values()];
}

/**
 * Takes over what is known of another topology, all routes of which make the same choices but one: that one is left out
 * where it does so as well.
 */
export function sameChoicesAs(topology: Topology, other: Topology, changed?: RouteId): void {
  const byPath = new Map(known.get(other));
  const asks = (from: Topology, path: string): string => {
    const filter = changed === undefined ? undefined : from.routeById.get(changed)?.filter;
    if (filter?.kind !== 'pattern') return '';
    return canonicalText(restrictPattern(filter.pattern, (each) => each === path));
  };
  for (const path of byPath.keys()) if (asks(topology, path) !== asks(other, path)) byPath.delete(path);
  known.set(topology, byPath);
}

function choicesOf(pattern: Pattern): ReadonlyMap<string, readonly Choice[]> {
  const found = byPattern.get(pattern);
  if (found) return found;
  const byPath = new Map<string, Choice[]>();
  for (const { conditions } of pattern.alternatives) {
    for (const { path, choices } of conditions) {
      const list = byPath.get(path);
      if (list) list.push(...choices);
      else byPath.set(path, [...choices]);
    }
  }
  byPattern.set(pattern, byPath);
  return byPath;
}
