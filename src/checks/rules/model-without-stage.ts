import { finding } from '../../diagnostic/diagnostic.ts';
import { deliveriesOf } from '../../graph/deliveries.ts';
import { stagePath } from '../../graph/settings.ts';
import type { Check } from '../check.ts';
import { usesField } from '../common/conventions.ts';
import { modelCalls } from '../common/model-calls.ts';
import { conditionOn } from '../common/rules.ts';

/**
 * Rules in front of a model that take processed events too, in systems that have processing stages at all. A model
 * whose answers are published nowhere can start no loop, and a function that is merely allowed to call one may not: then it
 * is a note.
 */
export const modelWithoutStage: Check = (context) => {
  const { rules, topology, settings } = context;
  if (!usesField(settings.stageField, context)) return [];
  return rules.flatMap((rule) => {
    if (conditionOn(rule, stagePath(settings))) return [];
    const models = deliveriesOf(rule, topology).filter(
      ({ component, doubt }) => modelCalls(component) && !doubt,
    );
    const named = [...new Map(models.map(({ component }) => [component!.id, component!])).values()];
    return named.map((component) => {
      const calls = modelCalls(component)!;
      const publishes = (topology.emissionsOf.get(component.id) ?? []).some(({ entry }) => !entry);
      return finding(
        'rule/model-without-stage',
        { rule: rule.name, component: component.name, field: settings.stageField, calls },
        {
          ...(publishes && calls === 'calls' ? {} : { severity: 'info' as const }),
          span: rule.filter.span,
          label: 'takes every stage',
          identity: `${rule.name} ${component.name}`,
          fix: { text: `add detail: { ${settings.stageField}: [raw] } to the pattern of ${rule.name}` },
        },
      );
    });
  });
};
