import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { depthPath, stagePath } from '../../graph/settings.ts';
import { nearest } from '../../json/nearest.ts';
import type { Contract } from '../../model/contract.ts';
import type { Condition } from '../../pattern/pattern.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { type FieldFacts, fieldFacts } from '../../schema/fields.ts';
import type { Check, CheckContext } from '../check.ts';
import { contractsOf } from '../common/contracts-of.ts';
import { conditionsOf, type PatternRule } from '../common/rules.ts';
import { conditionSpan, listed } from '../common/words.ts';

/** Conditions on fields that none of the schemas declares which the rule can be about. A rule that is dead says why itself. */
export const unknownField: Check = (context) =>
  context.rules.flatMap((rule) => {
    const contracts = contractsOf(rule, context);
    if (contracts.length === 0) return [];
    return conditionsOf(rule).flatMap((condition) => undeclared(rule, condition, contracts, context));
  });

function undeclared(
  rule: PatternRule,
  condition: Condition,
  contracts: readonly Contract[],
  { settings }: CheckContext,
): Diagnostic[] {
  const { path } = condition;
  // Depth and stage have findings of their own.
  if (!path.startsWith('detail.') || path === depthPath(settings) || path === stagePath(settings)) return [];
  const steps = path.split('.');
  let best: FieldFacts | undefined;
  for (const { schema } of contracts) {
    const compiled = compiledOnce(schema);
    const facts = compiled && fieldFacts(compiled, steps);
    if (facts?.declared !== 'no') return [];
    if (!best || facts.depth > best.depth) best = facts;
  }
  if (!best) return [];
  const like = nearest(steps[best.depth]!, best.siblings);
  const params = {
    rule: rule.name,
    path,
    eventTypes: listed(contracts.map(({ id }) => id)),
    nearest:
      like === undefined
        ? null
        : [...steps.slice(0, best.depth), like, ...steps.slice(best.depth + 1)].join('.'),
  };
  const at = best.depth <= 1 ? 'detail' : steps.slice(0, best.depth).join('.');
  return [
    finding('rule/unknown-field', params, {
      span: conditionSpan(condition),
      label: 'declared in no schema',
      identity: `${rule.name} ${path}`,
      related: contracts.slice(0, 3).map(({ id, span }) => ({ span, message: `the schema of ${id}` })),
      notes: [`"${at}" has ${listed(best.siblings, 12)}`],
    }),
  ];
}
