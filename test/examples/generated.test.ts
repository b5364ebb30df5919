import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import { beforeEach, expect, test, vi } from 'vitest';
import { bedrock } from '../../examples/mangaassist/after/src/model.ts';
import { eventBridge } from '../../examples/mangaassist/generated/bus.ts';
import * as moderation from '../../examples/mangaassist/generated/moderation.ts';
import * as reviewProcessor from '../../examples/mangaassist/generated/review-processor.ts';
import * as suggestion from '../../examples/mangaassist/generated/suggestion.ts';
import { review, submitted } from '../runtime/events.ts';
import { acceptEvents, answerWith, type Call, intercept } from '../support/intercept.ts';
import { published, redelivered } from './published.ts';
import './systems.ts';

let onBus: Call[];
let toModel: Call[];

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  onBus = intercept(eventBridge, acceptEvents());
  toModel = intercept(bedrock, answerWith('We will look into it.'));
});

test.each([
  ['静かで美しい巻', 'ReviewApproved', undefined],
  ['この店は詐欺です', 'ModerationFlagged', { kind: 'blocked_terms', terms: ['詐欺'] }],
  ['あ'.repeat(400) + 'ネタバレ', 'ModerationFlagged', { kind: 'spoiler', markers: 1 }],
])('moderation: %s → %s', async (body, detailType, verdict) => {
  expect(await moderation.handler(submitted({ body }))).toEqual({ status: 'published' });
  const [event] = published(onBus);
  expect(event?.type).toBe(`mangaassist.reviews@${detailType}`);
  expect(event?.detail).toMatchObject({ processing_stage: 'raw', _chain_depth: 1 });
  expect(event?.detail['verdict']).toEqual(verdict);
});

test('a chain of suggestions about suggestions ends by its depth', async () => {
  let arriving = [submitted()] as ReturnType<typeof redelivered>[];
  const depths: unknown[] = [];
  for (let round = 0; round < 6 && arriving.length > 0; round++) {
    const seen = onBus.length;
    for (const event of arriving) await suggestion.handler(event);
    const events = published(onBus.slice(seen));
    depths.push(...events.map(({ detail }) => detail._chain_depth));
    arriving = events.map(redelivered);
  }
  expect(depths).toEqual([1, 2, 3]);
  expect(toModel.length).toBe(3);
});

test('a review from the queue starts a chain', async () => {
  const body = JSON.stringify({
    id: review.review_id,
    product: review.product_id,
    customer: review.customer_id,
    stars: 5,
    text: 'x',
    language: 'ja-JP',
    channel: 'app',
    created: review.submitted_at,
  });
  const messageId = randomUUID();
  const event = {
    Records: [
      { messageId, body },
      { messageId: 'second', body: body.replace('5', '7') },
    ],
  };
  const response = await reviewProcessor.handler(event as SQSEvent);
  expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'second' }]);
  expect(published(onBus).map(({ detail }) => detail)).toMatchObject([
    { _chain_depth: 0, processing_stage: 'raw', correlation_id: messageId, rating: 5 },
  ]);
});
