import { type Collector, finding } from '../diagnostic/diagnostic.ts';
import { hole } from '../json/holes.ts';
import { possibleValues, scalarText } from './cloudformation/values.ts';
import type { DraftTarget, Place } from './draft.ts';
import type { Shape } from './shape.ts';
import { inputShaping } from './shaping.ts';

/** The targets of a rule. One whose ARN an undecided condition chooses becomes one target for each choice. */
export function ruleTargets(targets: readonly Shape[], collector: Collector): DraftTarget[] {
  return targets.flatMap((target, index) => ruleTarget(target, index, collector));
}

function ruleTarget(target: Shape, index: number, collector: Collector): DraftTarget[] {
  const arn = target.raw('Arn');
  if (!arn) {
    collector.add(finding('template/target-without-arn', { where: target.where }, { span: target.span }));
    return [];
  }
  const common = {
    id: target.text('Id') ?? `target ${index}`,
    shaping: inputShaping(target, collector),
    ...delivery(target),
    ...(target.node ? { parameters: target.node } : {}),
    span: target.span,
  };
  return possibleValues(arn).flatMap((choice) => {
    const text = scalarText(choice) === '' ? hole(`${target.where}.Arn`) : scalarText(choice);
    if (text === undefined) return target.refuse(choice, `${target.where}.Arn`, 'a text') ?? [];
    const runs = whatRuns(target, 'EcsParameters', 'TaskDefinitionArn');
    const to = runs ?? whatRuns(target, 'BatchParameters', 'JobDefinition');
    return { ...common, arn: text, to: to ?? { kind: 'address', text, span: arn.span } };
  });
}

/** The ARN of a container target is that of a cluster or a job queue; what receives the event is what runs there. */
export function whatRuns(target: Shape, parameters: string, key: string): Place | undefined {
  const shape = target.object(parameters);
  const node = shape?.raw(key);
  const text = shape?.text(key);
  return node && text ? { kind: 'address', text, span: node.span } : undefined;
}

/** Retries and the dead-letter queue, which rules, SAM events and schedules write alike. */
export function delivery(target: Shape): Pick<DraftTarget, 'retry' | 'deadLetterArn'> {
  const retry = target.object('RetryPolicy');
  const maxAttempts = retry?.number('MaximumRetryAttempts');
  const maxAgeSeconds = retry?.number('MaximumEventAgeInSeconds');
  const deadLetterArn = target.object('DeadLetterConfig')?.text('Arn');
  return {
    ...(retry
      ? {
          retry: {
            ...(maxAttempts === undefined ? {} : { maxAttempts }),
            ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
          },
        }
      : {}),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
  };
}
