import { hasHole } from '../../json/holes.ts';
import type { Component } from '../../model/component.ts';
import type { Filter, Route } from '../../model/route.ts';
import type { Topology } from '../../model/topology.ts';
import { printChoice } from '../../pattern/canonical.ts';
import type { Choice, Condition } from '../../pattern/pattern.ts';

/** A rule (or subscriber) that somebody wrote, on a bus, with a pattern that could be read. */
export type PatternRule = Route & {
  readonly from: { readonly kind: 'bus'; readonly bus: string };
  readonly filter: Extract<Filter, { kind: 'pattern' }>;
};

/** Rules of which something may be asked: AWS's own are not linted, and what is switched off takes nothing. */
export function patternRules({ routes }: Topology): readonly PatternRule[] {
  return routes.filter(
    (route): route is PatternRule =>
      (route.kind === 'rule' || route.kind === 'subscriber') &&
      route.managedBy === undefined &&
      route.state !== 'disabled' &&
      route.condition?.holds !== false &&
      route.from.kind === 'bus' &&
      route.filter.kind === 'pattern',
  );
}

/** The condition of the first alternative that has one on this path. */
export function conditionOn({ filter }: PatternRule, path: string): Condition | undefined {
  for (const { conditions } of filter.pattern.alternatives) {
    const found = conditions.find((condition) => condition.path === path);
    if (found) return found;
  }
  return undefined;
}

/** Every condition of a rule once: `$or` repeats those that stand outside of it. */
export function conditionsOf({ filter }: PatternRule): readonly Condition[] {
  const seen = new Map<string, Condition>();
  for (const { conditions } of filter.pattern.alternatives) {
    for (const condition of conditions) {
      seen.set(`${condition.path}|${condition.choices.map(printChoice).join()}`, condition);
    }
  }
  return [...seen.values()];
}

/** The texts a condition takes, if plain texts are all it takes; undefined otherwise. */
export function plainTexts(condition: Condition | undefined): readonly string[] | undefined {
  if (!condition) return undefined;
  const texts = condition.choices.flatMap((choice) => plainText(choice) ?? []);
  return texts.length === condition.choices.length ? texts : undefined;
}

export function plainText(choice: Choice): string | undefined {
  const plain = choice.kind === 'string' || choice.kind === 'exactly';
  return plain && !hasHole(choice.value) ? choice.value : undefined;
}

/**
 * Whether a rule says which events of one's own it is about: every alternative lists sources or detail-types, or what
 * sources begin with, and names no AWS service. Of other rules the catalogue says nothing: they take what comes.
 */
export function namesEvents({ filter }: PatternRule): boolean {
  return filter.pattern.alternatives.every(({ conditions }) => {
    const source = conditions.find(({ path }) => path === 'source');
    const types = conditions.find(({ path }) => path === 'detail-type');
    if (!source) return plainTexts(types) !== undefined;
    return source.choices.every((choice) => {
      const text = choice.kind === 'prefix' && choice.value !== '' ? choice.value : plainText(choice);
      return text !== undefined && !text.startsWith('aws.');
    });
  });
}

/** Components that run somebody's code, and so may publish. */
export function runsCode({ kind }: Component): boolean {
  return codeKinds.has(kind);
}

const codeKinds: ReadonlySet<Component['kind']> = new Set([
  'function',
  'state-machine',
  'task',
  'build',
  'pipeline',
  'api-destination',
]);
