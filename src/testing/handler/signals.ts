import { isObject } from '../../json/value.ts';
import type { Invocation } from './invoke.ts';

/** What a Lambda function returns when it wants some of its input again, or answers a request with a failure. */
export type IsFailure = (result: unknown) => boolean;

/**
 * Whether a run said that it failed: it threw, named failed items of its batch, answered with a status from 400 on, or
 * what the test takes for a failure.
 */
export function saidFailed({ error, result }: Invocation, own: IsFailure | undefined): boolean {
  if (error !== undefined) return true;
  if (own?.(result)) return true;
  if (!isObject(result)) return false;
  const { batchItemFailures, statusCode } = result as Readonly<Record<string, unknown>>;
  if (Array.isArray(batchItemFailures) && batchItemFailures.length > 0) return true;
  return typeof statusCode === 'number' && statusCode >= 400;
}

/** An error as it is told: name and message, on one line. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name}: ${error.message}`.split('\n', 1)[0]!;
}
