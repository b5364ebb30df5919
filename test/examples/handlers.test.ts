import type { SNSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as terminal from '../../examples/mangaassist/after/src/ai-analytics-terminal.ts';
import * as disabler from '../../examples/mangaassist/after/src/rule-disabler.ts';
import type { ReviewSubmitted } from '../../examples/mangaassist/before/src/events.ts';
import type { Metadata } from '../../examples/mangaassist/before/src/metadata.ts';
import { acceptEvents, answerWith, type Call, intercept } from '../support/intercept.ts';
import { delivered, type Published, published, redelivered } from './published.ts';
import { after, before, systems } from './systems.ts';

const correlation_id = '5d4b3a2c-1f0e-4d9c-8b7a-6f5e4d3c2b1a';

function reviewAt(depth: number, body: string): ReviewSubmitted {
  return {
    processing_stage: 'raw',
    _chain_depth: depth,
    correlation_id,
    review_id: 'rev_8Kq2mZ01xY',
    product_id: 'man_frieren12',
    customer_id: 'cus_Nh3kQ9fW2a',
    rating: 2,
    body,
    locale: 'ja-JP',
    channel: 'web',
    submitted_at: '2026-05-03T09:14:22+09:00',
  };
}

const submitted = (depth: number, body: string) =>
  delivered('mangaassist.reviews', 'ReviewSubmitted', reviewAt(depth, body));

const payment = (metadata: Partial<Metadata>) =>
  delivered('mangaassist.payments', 'PaymentSucceeded', {
    processing_stage: 'raw' as const,
    _chain_depth: 0,
    correlation_id,
    payment_id: 'pi_3PqLm2Jx8Rt5Vw201',
    order_id: 'ord_2026_000201',
    customer_id: 'cus_Nh3kQ9fW2a',
    amount: { amount: 1980, currency: 'JPY' },
    method: { type: 'card', brand: 'jcb', last4: '4242' },
    paid_at: '2026-05-03T09:30:05+09:00',
    ...metadata,
  });

let onBus: Call[];
let toModel: Call[];

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

function listen(system: typeof before | typeof after): void {
  onBus = intercept(system.eventBridge, acceptEvents());
  toModel = intercept(system.bedrock, answerWith('{"topic": "payment", "sentiment": "neutral"}'));
}

describe.each(systems)('$name: moderation', ({ name, system }) => {
  beforeEach(() => listen(system));
  const depth = name === 'before' ? 0 : 1;

  test.each([
    ['静かで美しい巻', 'ReviewApproved', undefined],
    ['この店は詐欺です', 'ModerationFlagged', { kind: 'blocked_terms', terms: ['詐欺'] }],
    ['A pity that it spoils the ending', 'ModerationFlagged', { kind: 'spoiler', markers: 2 }],
    ['http://a.example http://b.example', 'ModerationFlagged', { kind: 'link_spam', links: 2 }],
    ['あ'.repeat(400) + 'ネタバレ', 'ModerationFlagged', { kind: 'spoiler', markers: 1 }],
  ])('%s → %s', async (body, detailType, verdict) => {
    expect(await system.moderation(submitted(0, body))).toEqual({ status: 'published' });
    const [event] = published(onBus);
    expect(event?.type).toBe(`mangaassist.reviews@${detailType}`);
    // It calls no model, so the stage stays that of the review.
    expect(event?.detail).toMatchObject({ processing_stage: 'raw', _chain_depth: depth, correlation_id });
    expect(event?.detail['verdict']).toEqual(verdict);
    expect(toModel).toEqual([]);
  });
});

describe('before: what came in is copied out', () => {
  beforeEach(() => listen(before));

  test.each(['suggestion', 'analytics'] as const)('%s', async (consumer) => {
    for (const metadata of [
      { processing_stage: 'raw', _chain_depth: 0 },
      { processing_stage: 'raw', _chain_depth: 90 },
      { processing_stage: 'processed', _chain_depth: 2 },
    ] as const) {
      await before[consumer](payment(metadata));
      expect(published(onBus).at(-1)?.detail).toMatchObject({ ...metadata, correlation_id });
    }
    expect(toModel.length).toBe(3);
  });

  test('one event becomes two, four, eight: nothing ends it', async () => {
    expect(await rounds(before, 5)).toEqual([2, 4, 8, 16, 32]);
  });
});

describe('after: the guards', () => {
  beforeEach(() => listen(after));

  test.each(['suggestion', 'analytics'] as const)('%s says processed, one deeper', async (consumer) => {
    for (const depth of [0, 1, 2]) {
      await after[consumer](payment({ _chain_depth: depth }));
      const expected = { processing_stage: 'processed', _chain_depth: depth + 1, correlation_id };
      expect(published(onBus).at(-1)?.detail).toMatchObject(expected);
    }
  });

  test.each([
    [3, 'max_chain_depth'],
    [4, 'max_chain_depth'],
    [90, 'max_chain_depth'],
    ['deep' as never, 'forged_chain_depth'],
    [1.5, 'forged_chain_depth'],
  ])('an event at depth %s is rejected: %s', async (depth, reason) => {
    const rejected = { status: 'rejected', reason };
    expect(await after.suggestion(payment({ _chain_depth: depth }))).toMatchObject(rejected);
    expect(await after.analytics(payment({ _chain_depth: depth }))).toMatchObject(rejected);
    expect(await after.moderation(submitted(depth, 'ネタバレ'))).toMatchObject(rejected);
    expect(onBus).toEqual([]);
    expect(toModel).toEqual([]);
  });

  test('an event without a depth is none of ours, and goes to the dead letters', async () => {
    await expect(after.analytics(payment({ _chain_depth: undefined as never }))).rejects.toThrow(
      'event rejected',
    );
    expect(onBus).toEqual([]);
    expect(toModel).toEqual([]);
  });

  test('the depth alone ends the loop, were the rules still those of before', async () => {
    expect(await rounds(after, 5)).toEqual([2, 4, 8, 0, 0]);
  });

  test('what the models publish ends in Firehose, a line an event', async () => {
    const records = intercept(terminal.firehose, () => ({ RecordId: '1' }));
    const event = payment({ processing_stage: 'processed', _chain_depth: 3 });
    expect(await terminal.handler(event)).toEqual({ status: 'stored' });
    expect(records.map(({ command }) => command)).toEqual(['PutRecordCommand']);
    expect(records[0]!.input['DeliveryStreamName']).toBe('ai-analytics');
    const { Data } = records[0]!.input['Record'] as { readonly Data: Uint8Array };
    expect(new TextDecoder().decode(Data)).toBe(`${JSON.stringify(event)}\n`);
    expect(onBus).toEqual([]);
  });
});

describe('after: the circuit breaker', () => {
  const alarm = { Records: [{ Sns: { Subject: 'ALARM' } }] } as SNSEvent;
  const rules = ['MangaAssist-AllEvents-Analytics', 'MangaAssist-ModerationSuggestion'];
  const disabling = rules.map((Name) => ({
    command: 'DisableRuleCommand',
    input: { Name, EventBusName: 'MangaAssist-AI-Events' },
  }));

  test('disables the rules', async () => {
    const calls = intercept(disabler.eventBridge, () => ({}));
    expect(await disabler.handler(alarm)).toEqual({ status: 'disabled', rules });
    expect(calls).toEqual(disabling);
  });

  test('tries all of them, and does not keep a failure to itself', async () => {
    const calls = intercept(disabler.eventBridge, ({ Name }) => {
      if (Name === rules[0]) throw new Error('no such rule');
      return {};
    });
    await expect(disabler.handler(alarm)).rejects.toThrow('some rules are still enabled');
    expect(calls).toEqual(disabling);
  });
});

/** Delivers one payment as the catch-all of before would, then whatever is published, and so on; events per round. */
async function rounds(system: typeof before | typeof after, count: number): Promise<number[]> {
  const sizes: number[] = [];
  let arriving = [payment({})] as ReturnType<typeof redelivered>[];
  for (let round = 0; round < count; round += 1) {
    const seen = onBus.length;
    for (const event of arriving) await Promise.all([system.analytics(event), system.suggestion(event)]);
    const events: Published[] = published(onBus.slice(seen));
    sizes.push(events.length);
    arriving = events.map(redelivered);
  }
  return sizes;
}
