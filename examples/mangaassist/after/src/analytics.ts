import { randomUUID } from 'node:crypto';
import type { EventBridgeEvent } from 'aws-lambda';
import { publish } from './bus.ts';
import { following, isTooDeep, type Metadata } from './metadata.ts';
import { ask } from './model.ts';
import type { Outcome } from './outcome.ts';

const topics = ['content', 'delivery', 'payment', 'catalog', 'support', 'other'];
const sentiments = ['positive', 'neutral', 'negative'];
const task =
  'Label the event of a manga shop. Answer with one JSON object and nothing else: ' +
  `{"topic": one of ${topics.join(', ')}, "sentiment": one of ${sentiments.join(', ')}}.`;

/** Labels whatever event arrives, for the analysts. */
export async function handler(event: EventBridgeEvent<string, Metadata>): Promise<Outcome> {
  if (isTooDeep(event.detail)) return { status: 'rejected', reason: 'max_chain_depth' };
  const { text, usage } = await ask(task, event.detail);
  const age = Math.round((Date.now() - Date.parse(event.time)) / 1000);
  await publish([
    {
      Source: 'mangaassist.ai',
      DetailType: 'AnalyticsProcessed',
      Detail: {
        ...following(event.detail),
        processing_stage: 'processed',
        analytics_id: randomUUID(),
        about: { event_id: event.id, source: event.source, detail_type: event['detail-type'] },
        labels: labelsOf(text),
        metrics: { characters: JSON.stringify(event.detail).length, seconds_since_event: age },
        model: usage,
        processed_at: new Date().toISOString(),
      },
    },
  ]);
  return { status: 'published' };
}

/** A model may answer anything; what is not a known label is the neutral one. */
function labelsOf(answer: string): { topic: string; sentiment: string } {
  const topic = topics.find((label) => answer.includes(`"${label}"`)) ?? 'other';
  const sentiment = sentiments.find((label) => answer.includes(`"${label}"`)) ?? 'neutral';
  return { topic, sentiment };
}
