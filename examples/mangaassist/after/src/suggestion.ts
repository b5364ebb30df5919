import { randomUUID } from 'node:crypto';
import * as consume from '../../../../generated/components/suggestionFunction.ts';
import { ask } from './model.ts';
import './bus.ts';

const task =
  'You help the staff of a manga shop. Draft a short, kind answer to the customer of the event, in the ' +
  "customer's language. Answer with the draft only.";
const textLength = 2000;

/** Drafts an answer with the model, for whatever event arrives. What it publishes says `processed`. */
export const handler = consume.any(async (event, { publish }) => {
  const { text, usage } = await ask(task, event.detail);
  await publish.suggestionGenerated({
    suggestion_id: randomUUID(),
    about: { event_id: event.id, source: event.source, detail_type: event['detail-type'] },
    text: [...text].slice(0, textLength).join(''),
    model: usage,
    generated_at: new Date().toISOString(),
  });
  return { status: 'published' as const };
});
