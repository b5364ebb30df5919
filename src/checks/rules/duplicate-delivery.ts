import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { printHoles } from '../../json/holes.ts';
import { valueOf } from '../../json/node.ts';
import { isObject } from '../../json/value.ts';
import { defaultBus } from '../../model/bus.ts';
import type { Target } from '../../model/route.ts';
import type { Topology } from '../../model/topology.ts';
import type { Check, CheckContext } from '../check.ts';
import { conditionOn, type PatternRule, plainTexts } from '../common/rules.ts';
import { type Shared, sharedEvent } from '../common/shared-event.ts';

/** Pairs of rules that are compared at one target, and in all: more are hardly read, and cost. */
const MOST_PAIRS = 200;
const MOST_PAIRS_IN_ALL = 5_000;

interface Delivering {
  readonly rule: PatternRule;
  readonly target: Target;
}

/**
 * Rules on one bus that give one event to one target in the same form: it is handled twice. Rules are compared only
 * where they share a target, and there only where they share a source and a detail-type.
 */
export const duplicateDelivery: Check = (context) => {
  let left = MOST_PAIRS_IN_ALL;
  return [...groups(context)].flatMap(([, list]) => {
    const found: Diagnostic[] = [];
    for (const [a, b] of pairs(list)) {
      if (left-- <= 0) break;
      const shared = a.rule === b.rule ? {} : sharedEvent(a.rule, b.rule, context);
      if (shared) found.push(twice(a, b, shared, context));
    }
    return found;
  });
};

function groups({ rules, topology }: CheckContext): Map<string, Delivering[]> {
  const byTarget = new Map<string, Delivering[]>();
  for (const rule of rules) {
    if (rule.kind !== 'rule' || rule.condition || rule.state !== 'enabled') continue;
    for (const target of rule.targets) {
      if (target.to.kind === 'outside') continue;
      const to = placeOf(target, rule, topology);
      const key = JSON.stringify([rule.from.bus, to, formOf(target)]);
      const list = byTarget.get(key);
      if (list) list.push({ rule, target });
      else byTarget.set(key, [{ rule, target }]);
    }
  }
  return byTarget;
}

/** A target that nothing here declares may be another one in each template: the templates may be of several stacks. */
function placeOf({ to }: Target, { span }: PatternRule, { busById, componentById }: Topology): string {
  const { id, declared } =
    (to.kind === 'bus'
      ? busById.get(to.bus)
      : to.kind === 'component'
        ? componentById.get(to.component)
        : undefined) ?? {};
  return `${to.kind} ${id} ${declared && id !== defaultBus ? '' : span.document.path}`;
}

/** What the target is given: the same event in two forms may be meant for two things. */
function formOf({ shaping, parameters }: Target): unknown {
  const { span: _, ...shape } = shaping as { span?: unknown };
  const value = parameters ? valueOf(parameters) : {};
  const rest = isObject(value) ? Object.entries(value).filter(([key]) => !aside.has(key)) : [];
  return [shape, rest];
}

const aside = new Set([
  'Id',
  'Arn',
  'RoleArn',
  'DeadLetterConfig',
  'RetryPolicy',
  'Input',
  'InputPath',
  'InputTransformer',
]);

/** Pairs that may share an event: by the source and detail-type they list, or with one that lists none. */
function* pairs(list: readonly Delivering[]): Generator<readonly [Delivering, Delivering]> {
  const byType = new Map<string, Delivering[]>();
  const loose: Delivering[] = [];
  let count = 0;
  for (const [i, each] of list.entries()) {
    const keys = typesOf(each.rule);
    const met = new Set(
      keys ? [...loose, ...keys.flatMap((key) => byType.get(key) ?? [])] : list.slice(0, i),
    );
    for (const other of met) {
      if (other === each) continue;
      if (++count > MOST_PAIRS) return;
      yield [other, each];
    }
    if (!keys) loose.push(each);
    for (const key of keys ?? []) byType.set(key, [...(byType.get(key) ?? []), each]);
  }
}

/** `source@DetailType` for each that a rule lists; undefined where it does not list them. */
function typesOf(rule: PatternRule): readonly string[] | undefined {
  if (rule.filter.pattern.alternatives.length !== 1) return undefined;
  const sources = plainTexts(conditionOn(rule, 'source'));
  const types = plainTexts(conditionOn(rule, 'detail-type'));
  if (!sources || !types || sources.length * types.length > 50) return undefined;
  return sources.flatMap((source) => types.map((type) => `${source}@${type}`));
}

function twice(a: Delivering, b: Delivering, shared: Shared, { topology }: CheckContext): Diagnostic {
  const { to } = a.target;
  const target =
    to.kind === 'component'
      ? (topology.componentById.get(to.component)?.name ?? a.target.arn)
      : `bus ${printHoles(to.kind === 'bus' ? to.bus : '')}`;
  const names = a.rule === b.rule ? `two targets of ${a.rule.name}` : `${a.rule.name} and ${b.rule.name}`;
  return finding(
    'rule/duplicate-delivery',
    { rules: names, target: printHoles(target), event: shared.eventType ?? 'event' },
    {
      span: b.target.span,
      label: 'a second delivery',
      identity: [a.rule.name, b.rule.name, target].sort().join(' '),
      related: [{ span: a.target.span, message: `${a.rule.name} delivers it too` }],
      ...(shared.event === undefined ? {} : { witness: shared.event }),
      fix: {
        text:
          a.rule === b.rule
            ? 'remove one of the two targets'
            : `remove one of the targets, or narrow one pattern so that it leaves out what the other takes`,
      },
    },
  );
}
