import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { setting } from './settings.ts';
import { isSigned } from './signature.ts';
import { isRecord, receive } from './webhook.ts';

/** A review from the shop, one to a request. */
export function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const signature = (event.headers['x-mangaassist-signature'] ?? '').replace(/^sha256=/, '');
  return receive(
    event,
    (body) => isSigned(setting('WEBHOOK_SECRET'), body, signature),
    (body) => (isRecord(body) && isRecord(body['review']) ? [body['review']] : undefined),
  );
}
