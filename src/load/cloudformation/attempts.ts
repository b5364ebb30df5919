import type { Place } from '../draft.ts';
import type { Shape } from '../shape.ts';
import type { Reading } from './reading.ts';

/**
 * How often Lambda runs a function for one asynchronous invocation: once, and as often again as `MaximumRetryAttempts`
 * says, when it fails each time.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function readAttempts({ draft }: Reading, config: Shape | undefined, of: Place): void {
  const retries = config?.number('MaximumRetryAttempts');
  if (retries !== undefined && retries >= 0) draft.attempts.push({ of, count: 1 + retries });
}
