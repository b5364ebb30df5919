import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { bySourceAndType } from '../graph/candidates.ts';
import type { Oracle } from '../graph/oracle.ts';
import type { Component } from '../model/component.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { compilePattern } from '../pattern/compile.ts';
import { holesOpened } from '../pattern/open-holes.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { declaredKeys } from '../schema/declared-keys.ts';
import { or } from '../sets/junction.ts';
import { type Change, fateOf } from './change.ts';
import type { Taken } from './inclusion.ts';
import type { TakenBy } from './readers.ts';
import { type Judges, takes } from './takes.ts';

/**
 * The events that rules let through to a consumer, where rules are the only way to it: what it is never given cannot
 * break it. A value that is known only at deployment may be any. `dottedKeys`: whether members with dots in their names
 * that no schema declares count as ways to match.
 */
export function eventsTakenBy(topology: Topology, dottedKeys: boolean): TakenBy {
  const known = new Map<string, Taken | undefined>();
  return (consumer) => {
    if (!known.has(consumer)) known.set(consumer, takenThrough(routesTo(consumer, topology), dottedKeys));
    return known.get(consumer);
  };
}

function takenThrough(routes: readonly Route[], dottedKeys: boolean): Taken | undefined {
  const patterns = routes.flatMap(({ from, filter }) =>
    from.kind === 'bus' && filter.kind === 'pattern' ? [filter.pattern] : [],
  );
  if (patterns.length === 0 || patterns.length < routes.length) return undefined;
  return matchedBy(
    patterns.map((pattern) => holesOpened(pattern) ?? pattern),
    dottedKeys,
  );
}

/** The events that some of these patterns match. */
export function matchedBy(patterns: readonly Pattern[], dottedKeys: boolean): Taken {
  const compiled = patterns.map(compilePattern);
  if (dottedKeys) return () => or(...compiled.map(({ formula }) => formula));
  return (schema) => {
    const declared = declaredKeys(schema);
    const dotted = { key: declared.key, allowed: (name: string) => declared.has(name) };
    return or(...compiled.map((each) => each.with(dotted)));
  };
}

function routesTo(consumer: string, { components, routes }: Topology): readonly Route[] {
  const own = components.filter((component) => isCalled(component, consumer)).map(({ id }) => id);
  return routes.filter(({ targets }) =>
    targets.some(({ to }) => to.kind === 'component' && own.includes(to.component)),
  );
}

/** Whether a consumer that somebody speaks of is this component. */
export function isCalled({ id, name }: Component, consumer: string): boolean {
  return name === consumer || id === consumer;
}

/**
 * Consumers that rules give a changed event type to and that do not say what they read, where the change breaks nothing
 * that others say: for them it may break.
 */
export function unstatedReaders(
  changes: readonly Change[],
  topology: Topology,
  oracle: Oracle,
): readonly Diagnostic[] {
  const judges: Judges = { topology, oracle, mayTake: bySourceAndType() };
  return changes.flatMap((change) => {
    if (change.kind !== 'changed' || !change.readers || fateOf(change) !== 'compatible') return [];
    if (change.answers.every(({ verdict }) => verdict === 'compatible')) return [];
    const { after, readers } = change;
    const stated = [...new Set(readers.map(({ expectation }) => expectation.consumer))];
    const given = topology.routes
      .filter(({ from, state }) => from.kind === 'bus' && state !== 'disabled')
      .filter((route) => takes(route, after, judges).answer === 'yes')
      .flatMap(({ targets }) => targets.flatMap(({ to }) => (to.kind === 'component' ? [to.component] : [])));
    return [...new Set(given)].flatMap((id): Diagnostic[] => {
      const component = topology.components.find((each) => each.id === id);
      if (!component || stated.some((consumer) => isCalled(component, consumer))) return [];
      const params = { eventType: after.id, consumer: component.name, readers: stated.join(', ') };
      return [
        finding('contract/expectation-unstated', params, {
          span: component.span ?? after.span,
          identity: `${after.id} ${component.name}`,
        }),
      ];
    });
  });
}
