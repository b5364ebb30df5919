import { randomUUID } from 'node:crypto';
import * as consume from '../../../../generated/components/analyticsFunction.ts';
import type { AnalyticsProcessed } from '../../../../generated/types.ts';
import { ask } from './model.ts';
import './bus.ts';

type Labels = AnalyticsProcessed['labels'];

const topics: readonly Labels['topic'][] = ['content', 'delivery', 'payment', 'catalog', 'support', 'other'];
const sentiments: readonly Labels['sentiment'][] = ['positive', 'neutral', 'negative'];
const task =
  'Label the event of a manga shop. Answer with one JSON object and nothing else: ' +
  `{"topic": one of ${topics.join(', ')}, "sentiment": one of ${sentiments.join(', ')}}.`;

/** Labels whatever event arrives, for the analysts. What it publishes says `processed`. */
export const handler = consume.any(async (event, { publish }) => {
  const { text, usage } = await ask(task, event.detail);
  const age = Math.round((Date.now() - Date.parse(event.time)) / 1000);
  await publish.analyticsProcessed({
    analytics_id: randomUUID(),
    about: { event_id: event.id, source: event.source, detail_type: event['detail-type'] },
    labels: labelsOf(text),
    metrics: { characters: JSON.stringify(event.detail).length, seconds_since_event: age },
    model: usage,
    processed_at: new Date().toISOString(),
  });
  return { status: 'published' as const };
});

/** A model may answer anything; what is not a known label is the neutral one. */
function labelsOf(answer: string): Labels {
  const topic = topics.find((label) => answer.includes(`"${label}"`)) ?? 'other';
  const sentiment = sentiments.find((label) => answer.includes(`"${label}"`)) ?? 'neutral';
  return { topic, sentiment };
}
