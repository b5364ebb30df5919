import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { setting } from './settings.ts';
import { isSignedByStripe } from './signature.ts';
import { isRecord, receive } from './webhook.ts';

/** An event from Stripe, one to a request. */
export function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const signature = event.headers['stripe-signature'] ?? '';
  return receive(
    event,
    (body) => isSignedByStripe(setting('WEBHOOK_SECRET'), body, signature),
    (body) => (isRecord(body) && typeof body['type'] === 'string' ? [body] : undefined),
  );
}
