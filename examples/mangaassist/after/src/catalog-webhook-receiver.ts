import { randomUUID } from 'node:crypto';
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import type { CatalogItem, CatalogMessage } from './catalog-processor.ts';
import { setting } from './settings.ts';
import { isSigned } from './signature.ts';
import { isRecord, receive } from './webhook.ts';

const itemsPerMessage = 10;
const itemsPerBatch = 50_000;

/** A publisher's batch of items, cut into messages that a processor works off in seconds. */
export function handler(event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
  const signature = (event.headers['x-mangaassist-signature'] ?? '').replace(/^sha256=/, '');
  return receive(event, (body) => isSigned(setting('WEBHOOK_SECRET'), body, signature), messagesOf);
}

function messagesOf(body: unknown): readonly CatalogMessage[] | undefined {
  if (!isRecord(body)) return undefined;
  const { batch_id, publisher_id, promotion, items } = body;
  if (typeof batch_id !== 'string' || typeof publisher_id !== 'string' || !Array.isArray(items))
    return undefined;
  if (items.length === 0 || items.length > itemsPerBatch) return undefined;
  const batch = {
    batch_id,
    publisher_id,
    ...(typeof promotion === 'string' ? { promotion } : {}),
    correlation_id: randomUUID(),
    received_at: new Date().toISOString(),
    item_count: items.length,
    message_count: Math.ceil(items.length / itemsPerMessage),
  };
  return Array.from({ length: batch.message_count }, (_, index) => ({
    batch,
    index,
    items: items.slice(index * itemsPerMessage, (index + 1) * itemsPerMessage) as CatalogItem[],
  }));
}
