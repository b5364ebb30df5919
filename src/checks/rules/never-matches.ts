import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Reason } from '../../sets/verdict.ts';
import type { Check } from '../check.ts';
import type { Reach } from '../common/reach.ts';
import type { PatternRule } from '../common/rules.ts';
import { conditionSpan, listed } from '../common/words.ts';

/**
 * Rules that take the source and detail-type of event types with schemas, of which no event matches. An error where
 * every event type that the rule takes has a schema; otherwise events of another type may still come.
 */
export const neverMatches: Check = ({ rules, reaches }) =>
  rules.flatMap((rule) => {
    const reach = reaches.of(rule);
    return reach.kind === 'none' ? [dead(rule, reach)] : [];
  });

function dead(rule: PatternRule, { reasons, complete }: Extract<Reach, { kind: 'none' }>): Diagnostic {
  const first = reasons[0]!.reason;
  const { span, label } = placeOf(rule, first);
  const told = reasons.slice(0, 3).map(({ contract, reason }) => `${contract.id}: ${reason.text}`);
  const more = reasons.length - told.length;
  return finding(
    'rule/never-matches',
    { rule: rule.name, eventTypes: listed(reasons.map(({ contract }) => contract.id)) },
    {
      ...(complete ? {} : { severity: 'warning' as const }),
      span,
      label,
      identity: rule.name,
      related: reasons
        .slice(0, 1)
        .map(({ contract }) => ({ span: contract.span, message: `the schema of ${contract.id}` })),
      notes: [
        ...told,
        ...(more > 0 ? [`and ${more} more event types`] : []),
        ...(complete ? [] : ['an event type without a schema could still match']),
      ],
      fix: { text: 'ask for what the schema can have, or correct the schema if it is the one that is wrong' },
    },
  );
}

/** The condition that decides, where one does. */
function placeOf(rule: PatternRule, { path }: Reason) {
  for (const { conditions } of rule.filter.pattern.alternatives) {
    const condition = conditions.find((each) => each.path === path);
    if (condition) return { span: conditionSpan(condition), label: 'never so in any event' };
  }
  return { span: rule.filter.span, label: 'never matches' };
}
