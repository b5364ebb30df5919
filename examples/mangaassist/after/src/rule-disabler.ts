import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { SNSEvent } from 'aws-lambda';
import { setting } from './settings.ts';

export const eventBridge = new EventBridgeClient({});

/**
 * The circuit breaker: the alarm on the model's invocations ends here, and the rules that could feed a loop
 * are disabled. All of them are tried before a failure is told, so that one missing rule does not keep the
 * others on. People enable them again.
 */
export async function handler(event: SNSEvent): Promise<{ status: 'disabled'; rules: readonly string[] }> {
  const rules = setting('RULE_NAMES').split(',');
  console.error('disabling %s: %s', rules.join(', '), event.Records[0]?.Sns.Subject);
  const results = await Promise.allSettled(
    rules.map((Name) =>
      eventBridge.send(new DisableRuleCommand({ Name, EventBusName: setting('BUS_NAME') })),
    ),
  );
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (failures.length > 0) throw new AggregateError(failures, 'some rules are still enabled');
  return { status: 'disabled', rules };
}
