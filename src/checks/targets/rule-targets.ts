import type { Route, Target } from '../../model/route.ts';
import type { Topology } from '../../model/topology.ts';

/** A rule with one of its targets. */
export interface RuleTarget {
  readonly rule: Route;
  readonly target: Target;
}

/** Every target of every rule that somebody wrote and that is not switched off. Rules by schedule are among them. */
export function ruleTargets({ routes }: Topology): readonly RuleTarget[] {
  return routes
    .filter(
      ({ kind, managedBy, state, condition }) =>
        kind === 'rule' && managedBy === undefined && state !== 'disabled' && condition?.holds !== false,
    )
    .flatMap((rule) => rule.targets.map((target) => ({ rule, target })));
}
