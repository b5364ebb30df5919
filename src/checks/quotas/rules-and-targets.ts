import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import type { BusId } from '../../model/bus.ts';
import type { Route } from '../../model/route.ts';
import type { Check, CheckContext } from '../check.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const TARGETS_PER_RULE = 5;
const RULES_PER_BUS = 300;
const WILDCARD_RULES_PER_BUS = 30;

/** Counts of rules and targets. A rule under a condition may not be there, and is not counted. */
export const rulesAndTargets: Check = (context) => [...targetsPerRule(context), ...rulesPerBus(context)];

function targetsPerRule({ topology, inventory }: CheckContext): Diagnostic[] {
  return written(topology.routes)
    .filter(({ targets }) => targets.length > TARGETS_PER_RULE)
    .flatMap((rule) => {
      // A target whose ARN an undecided condition chooses is several here, and one there.
      const count = new Set(rule.targets.map(({ id, span }) => `${id} ${span.start}`)).size;
      if (count <= TARGETS_PER_RULE || inventory.withId(rule.id)?.condition?.holds === false) return [];
      const { span } = rule.targets[TARGETS_PER_RULE]!;
      return [finding('quota/targets-per-rule', { rule: rule.name, count }, { span, identity: rule.name })];
    });
}

function rulesPerBus({ topology, rules }: CheckContext): Diagnostic[] {
  const certain = (rule: Route): boolean => rule.condition === undefined || rule.condition.holds === true;
  const all = written(topology.routes).filter(certain);
  const wild = new Set(
    rules.filter(({ filter }) =>
      filter.pattern.alternatives.some(({ conditions }) =>
        conditions.some(({ choices }) =>
          choices.some(
            (choice) =>
              choice.kind === 'wildcard' || (choice.kind === 'anything-but' && choice.of.kind === 'wildcard'),
          ),
        ),
      ),
    ),
  );
  const found: Diagnostic[] = [];
  for (const [bus, list] of byBus(all)) {
    const name = `bus ${printHoles(bus)}`;
    if (list.length > RULES_PER_BUS) {
      const { span } = list[RULES_PER_BUS]!;
      found.push(finding('quota/rules-per-bus', { bus: name, count: list.length }, { span, identity: bus }));
    }
    const wildcards = list.filter((rule) => wild.has(rule as (typeof rules)[number]));
    if (wildcards.length > WILDCARD_RULES_PER_BUS) {
      const { span } = wildcards[WILDCARD_RULES_PER_BUS]!;
      found.push(
        finding('quota/wildcard-rules', { bus: name, count: wildcards.length }, { span, identity: bus }),
      );
    }
  }
  return found;
}

function written(routes: readonly Route[]): Route[] {
  return routes.filter(({ kind, managedBy }) => kind === 'rule' && managedBy === undefined);
}

/** By buses that are known; one name may be several buses in several accounts, where several templates are read. */
function byBus(rules: readonly Route[]): Map<BusId, Route[]> {
  const map = new Map<BusId, Route[]>();
  for (const rule of rules) {
    if (rule.from.kind !== 'bus' || hasHole(rule.from.bus)) continue;
    const list = map.get(rule.from.bus);
    if (list) list.push(rule);
    else map.set(rule.from.bus, [rule]);
  }
  return map;
}
