import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole } from '../../json/holes.ts';
import { nearest } from '../../json/nearest.ts';
import { envelopeProperties } from '../../model/envelope.ts';
import type { InputShaping } from '../../model/route.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { fieldFacts } from '../../schema/fields.ts';
import type { Check, CheckContext } from '../check.ts';
import { contractsOf } from '../common/contracts-of.ts';
import type { PatternRule } from '../common/rules.ts';
import { listed } from '../common/words.ts';
import { type RuleTarget, ruleTargets } from './rule-targets.ts';

/**
 * InputPath and InputTransformer paths to what no event has: the variable is not made, and the target gets a text
 * with a gap (UG eb-transform-target-input). Of the envelope that is certain, of `detail` the schemas tell.
 */
export const readsUnknownField: Check = (context) => {
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  return ruleTargets(context.topology).flatMap((each) =>
    pathsOf(each.target.shaping).flatMap((path) => missing(path, each, rules.get(each.rule.id), context)),
  );
};

function pathsOf(shaping: InputShaping): readonly string[] {
  if (shaping.kind === 'path') return [shaping.path];
  return shaping.kind === 'transformer' ? Object.values(shaping.paths) : [];
}

function missing(
  path: string,
  { rule, target }: RuleTarget,
  linted: PatternRule | undefined,
  context: CheckContext,
): Diagnostic[] {
  const steps = stepsOf(path);
  const [first] = steps ?? [];
  if (!steps || first === undefined) return [];
  const tell = (eventTypes: string, like: readonly string[] | undefined, certain: boolean): Diagnostic[] => {
    const near = like === undefined ? null : `$.${like.join('.')}`;
    const name = `${rule.name} (target ${target.id})`;
    return [
      finding(
        'target/reads-unknown-field',
        { target: name, path, eventTypes, nearest: near },
        {
          ...(certain ? { severity: 'error' as const } : {}),
          span: 'span' in target.shaping ? target.shaping.span : target.span,
          label: `reads ${path}`,
          identity: `${rule.name} ${target.id} ${path}`,
        },
      ),
    ];
  };
  if (!Object.hasOwn(envelopeProperties, first)) {
    const like = first === 'detail-Type' ? 'detail-type' : nearest(first, Object.keys(envelopeProperties));
    return tell('an event', like === undefined ? undefined : [like, ...steps.slice(1)], true);
  }
  if (first !== 'detail' || !linted) return [];
  const contracts = contractsOf(linted, context);
  let depth = 0;
  let siblings: readonly string[] = [];
  for (const { schema } of contracts) {
    const compiled = compiledOnce(schema);
    const facts = compiled && fieldFacts(compiled, steps);
    if (facts?.declared !== 'no') return [];
    if (facts.depth >= depth) [depth, siblings] = [facts.depth, facts.siblings];
  }
  if (contracts.length === 0) return [];
  const like = nearest(steps[depth]!, siblings);
  return tell(
    listed(contracts.map(({ id }) => id)),
    like === undefined ? undefined : [...steps.slice(0, depth), like, ...steps.slice(depth + 1)],
    false,
  );
}

/** `$.detail.items[0].name` → its names; undefined for what is not a plain path. Indexes are passed: arrays are looked into. */
function stepsOf(path: string): string[] | undefined {
  if (hasHole(path) || !/^\$(?:\.[A-Za-z0-9_-]+|\['[^']+'\]|\["[^"]+"\]|\[[0-9*]+\])*$/.test(path))
    return undefined;
  const names = path.matchAll(/\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\["([^"]+)"\]/g);
  return Array.from(names, (match) => match[1] ?? match[2] ?? match[3]!);
}
