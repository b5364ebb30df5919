import { finding } from '../../diagnostic/diagnostic.ts';
import type { Check } from '../check.ts';
import { modelCalls } from '../common/model-calls.ts';
import { ruleTargets } from './rule-targets.ts';

/** What applies where a target says nothing (UG eb-rule-retry-policy). */
const ATTEMPTS = 185;
const SECONDS = 86_400;

/** Targets that call a model, with the retry policy left as it is: an outage ends in a day of repeated calls. */
export const retryInFrontOfModel: Check = ({ topology }) =>
  ruleTargets(topology).flatMap(({ rule, target }) => {
    const component =
      target.to.kind === 'component' ? topology.componentById.get(target.to.component) : undefined;
    const calls = modelCalls(component);
    if (!component || !calls) return [];
    const { maxAttempts = ATTEMPTS, maxAgeSeconds = SECONDS } = target.retry ?? {};
    if (maxAttempts < ATTEMPTS || maxAgeSeconds < SECONDS) return [];
    return [
      finding(
        'target/retry-in-front-of-model',
        { rule: rule.name, component: component.name, calls },
        {
          ...(calls === 'calls' ? {} : { severity: 'info' as const }),
          span: target.span,
          label: 'no RetryPolicy',
          identity: `${rule.name} ${component.name}`,
          fix: {
            text: 'set RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 3600 }, and a dead-letter queue',
          },
        },
      ),
    ];
  });
