import { randomUUID } from 'node:crypto';
import type { EventBridgeEvent } from 'aws-lambda';
import { publish } from './bus.ts';
import { following, isTooDeep, type Metadata } from './metadata.ts';
import { ask } from './model.ts';
import type { Outcome } from './outcome.ts';

const task =
  'You help the staff of a manga shop. Draft a short, kind answer to the customer of the event, in the ' +
  "customer's language. Answer with the draft only.";
const textLength = 2000;

/** Drafts an answer with the model, for whatever event arrives. */
export async function handler(event: EventBridgeEvent<string, Metadata>): Promise<Outcome> {
  if (isTooDeep(event.detail)) return { status: 'rejected', reason: 'max_chain_depth' };
  const { text, usage } = await ask(task, event.detail);
  await publish([
    {
      Source: 'mangaassist.ai',
      DetailType: 'SuggestionGenerated',
      Detail: {
        ...following(event.detail),
        processing_stage: 'processed',
        suggestion_id: randomUUID(),
        about: { event_id: event.id, source: event.source, detail_type: event['detail-type'] },
        text: [...text].slice(0, textLength).join(''),
        model: usage,
        generated_at: new Date().toISOString(),
      },
    },
  ]);
  return { status: 'published' };
}
