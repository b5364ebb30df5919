import type { Component } from '../../model/component.ts';
import type { Route } from '../../model/route.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import type { TopologyParts } from '../../model/topology.ts';
import { comparePatterns, type PatternDrift } from './compare-patterns.ts';
import { compareTargets, type TargetDrift } from './compare-targets.ts';
import { Counterparts } from './counterparts.ts';
import { busOf, pairRules } from './pair-rules.ts';

/** What is declared, or what is deployed. */
export interface DriftSide {
  readonly parts: TopologyParts;
  readonly resources: readonly TemplateResource[];
}

/** One way in which a rule is not as it is declared. */
export type Difference =
  | { readonly kind: 'state'; readonly declared: Route['state']; readonly deployed: Route['state'] }
  | { readonly kind: 'schedule'; readonly declared: string; readonly deployed: string }
  | { readonly kind: 'pattern'; readonly drift: Exclude<PatternDrift, { kind: 'same' }> }
  | { readonly kind: 'target'; readonly drift: TargetDrift };

export type RuleDrift =
  | { readonly kind: 'missing'; readonly declared: Route }
  | {
      readonly kind: 'extra';
      readonly deployed: Route;
      /** Whether it is on a bus that the templates declare: then it is among the system's own. */
      readonly own: boolean;
    }
  | { readonly kind: 'same'; readonly declared: Route; readonly deployed: Route }
  | {
      readonly kind: 'changed';
      readonly declared: Route;
      readonly deployed: Route;
      readonly differences: readonly Difference[];
    };

export interface Drift {
  readonly rules: readonly RuleDrift[];
  /** Custom buses that are declared and not deployed, as they would be called. */
  readonly missingBuses: readonly TopologyParts['buses'][number][];
  readonly counterparts: Counterparts;
}

/** Compares what is declared with what is deployed, rule by rule. Rules × rules in the names, then two questions a pair. */
export function compareRules(declared: DriftSide, deployed: DriftSide): Drift {
  const counterparts = new Counterparts(declared.resources, deployed.resources);
  const components = new Map(declared.parts.components.map((each) => [each.id, each]));
  const paired = pairRules(declared.parts.routes, deployed.parts.routes, counterparts);
  const own = new Set(
    declared.parts.buses
      .filter(({ declared: is, kind }) => is && kind !== 'default')
      .map(({ id }) => counterparts.fill(id)),
  );
  const there = new Set(deployed.parts.buses.filter(({ declared: is }) => is).map(({ id }) => id));
  const rules: RuleDrift[] = [
    ...paired.pairs.map(({ declared: one, deployed: other }): RuleDrift => {
      const differences = differencesOf(one, other, counterparts, components);
      const pair = { declared: one, deployed: other };
      return differences.length === 0 ? { kind: 'same', ...pair } : { kind: 'changed', ...pair, differences };
    }),
    ...paired.missing.map((route): RuleDrift => ({ kind: 'missing', declared: route })),
    ...paired.extra.map(
      (route): RuleDrift => ({ kind: 'extra', deployed: route, own: own.has(busOf(route) ?? '') }),
    ),
  ];
  const missingBuses = declared.parts.buses.filter(({ id, kind, declared: is }) => {
    const name = counterparts.fill(id);
    return is && kind === 'custom' && !name.includes('\uE0F0') && !there.has(name);
  });
  return { rules, missingBuses, counterparts };
}

function differencesOf(
  one: Route,
  other: Route,
  counterparts: Counterparts,
  components: ReadonlyMap<string, Component>,
): Difference[] {
  const found: Difference[] = [];
  const known = one.state !== 'unknown' && other.state !== 'unknown';
  if (known && one.state !== other.state)
    found.push({ kind: 'state', declared: one.state, deployed: other.state });
  const [time, then] = [counterparts.fill(one.schedule ?? 'none'), other.schedule ?? 'none'];
  if (time !== then && !time.includes('${')) found.push({ kind: 'schedule', declared: time, deployed: then });
  const drift = comparePatterns(one.filter, other.filter, (text) => counterparts.fill(text));
  if (drift.kind !== 'same') found.push({ kind: 'pattern', drift });
  const targets = compareTargets(one, other, counterparts, components);
  return [...found, ...targets.map((each): Difference => ({ kind: 'target', drift: each }))];
}
