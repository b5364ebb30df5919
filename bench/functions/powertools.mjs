import { EventBridgeSchema } from '@aws-lambda-powertools/parser/schemas/eventbridge';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';

const client = new EventBridgeClient({});
const chain = {
  processing_stage: z.enum(['raw', 'processed']),
  _chain_depth: z.number().int().min(0),
  correlation_id: z.uuid(),
  review_id: z.string().regex(/^rev_[A-Za-z0-9]{8,32}$/),
  product_id: z.string().regex(/^man_[a-z0-9]{6,24}$/),
  rating: z.number().int().min(1).max(5),
  locale: z.enum(['ja-JP', 'en-US', 'zh-TW', 'ko-KR', 'fr-FR']),
};
const Submitted = z.strictObject({
  ...chain,
  customer_id: z.string().regex(/^cus_[A-Za-z0-9]{8,32}$/),
  title: z.string().min(1).max(120).optional(),
  body: z.string().min(1).max(5000),
  channel: z.enum(['web', 'app', 'chat']),
  submitted_at: z.iso.datetime({ offset: true }),
});
const Approved = z.strictObject({ ...chain, approved_at: z.iso.datetime({ offset: true }) });
const Event = EventBridgeSchema.extend({ detail: Submitted });

async function put(DetailType, detail, schema) {
  const Detail = JSON.stringify(schema.parse(detail));
  const entry = { Source: 'mangaassist.reviews', DetailType, Detail, EventBusName: 'main' };
  const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount) throw new Error('not published');
}

export async function handler(event) {
  const { detail } = Event.parse(event);
  if (detail._chain_depth >= 3) return { status: 'rejected' };
  const { processing_stage, correlation_id, review_id, product_id, rating, locale } = detail;
  const next = { processing_stage, correlation_id, _chain_depth: detail._chain_depth + 1 };
  const approved_at = new Date().toISOString();
  await put('ReviewApproved', { ...next, review_id, product_id, rating, locale, approved_at }, Approved);
}

export const submit = (detail) => put('ReviewSubmitted', detail, Submitted);
