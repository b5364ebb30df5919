import { finding } from '../../diagnostic/diagnostic.ts';
import type { Check } from '../check.ts';
import { listed } from '../common/words.ts';
import { type RuleTarget, ruleTargets } from './rule-targets.ts';

/** Targets without a dead-letter queue, told once for each template: most templates have none at all. */
export const noDeadLetterQueue: Check = ({ topology }) => {
  const byTemplate = new Map<string, RuleTarget[]>();
  for (const each of ruleTargets(topology)) {
    if (each.target.deadLetterArn !== undefined || each.target.to.kind === 'outside') continue;
    const { path } = each.rule.span.document;
    byTemplate.set(path, [...(byTemplate.get(path) ?? []), each]);
  }
  return [...byTemplate.values()].map((list) => {
    const rules = listed(list.map(({ rule }) => rule.name));
    return finding(
      'target/no-dead-letter-queue',
      { targets: list.length, rules },
      {
        span: list[0]!.target.span,
        identity: list[0]!.rule.id,
        related: list.slice(1, 20).map(({ rule, target }) => ({
          span: target.span,
          message: `a target of ${rule.name} without one`,
        })),
        fix: {
          text: 'give each target DeadLetterConfig: { Arn: … } with a standard queue of the same Region',
        },
      },
    );
  });
};
