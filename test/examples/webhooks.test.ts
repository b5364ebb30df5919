import { createHmac } from 'node:crypto';
import type { LambdaFunctionURLEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { acceptEvents, type Call, intercept } from '../support/intercept.ts';
import { published } from './published.ts';
import { systems } from './systems.ts';

const raw = { processing_stage: 'raw', _chain_depth: 0 };

function sign(payload: string): string {
  return createHmac('sha256', 'a secret of the test').update(payload).digest('hex');
}

function request(body: unknown, headers: Record<string, string>): LambdaFunctionURLEvent {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: text, headers, isBase64Encoded: false } as unknown as LambdaFunctionURLEvent;
}

const signed = (body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return request(text, { 'x-mangaassist-signature': `sha256=${sign(text)}` });
};

const signedByStripe = (body: unknown, seconds = Math.floor(Date.now() / 1000)) => {
  const header = `t=${seconds},v1=${sign(`${seconds}.${JSON.stringify(body)}`)},v0=ignored`;
  return request(body, { 'stripe-signature': header });
};

/** What lies in the queue, as the processor receives it. */
function queued(calls: readonly Call[]): SQSEvent {
  const bodies = calls.flatMap(({ input }) => input['Entries'] as { MessageBody: string }[]);
  const Records = bodies.map(({ MessageBody }, index) => ({
    messageId: `0000000${index % 10}-1f0e-4d9c-8b7a-6f5e4d3c2b1a`,
    body: MessageBody,
  }));
  return { Records } as unknown as SQSEvent;
}

const review = {
  id: 'rev_8Kq2mZ01xY',
  product: 'man_frieren12',
  customer: 'cus_Nh3kQ9fW2a',
  stars: 5,
  text: '余白がいい。',
  language: 'ja-JP',
  channel: 'web',
  created: '2026-05-03T09:14:22+09:00',
};

const charge = {
  payment_intent: 'pi_3PqLm2Jx8Rt5Vw201',
  amount: 1980,
  currency: 'jpy',
  customer: 'cus_Nh3kQ9fW2a',
  metadata: { order_id: 'ord_2026_000201' },
  failure_code: null,
  failure_message: null,
  payment_method_details: { type: 'card', card: { brand: 'jcb', last4: '4242' } },
};

const refund = {
  id: 're_3PqLm2Jx8Rt5Vw221',
  payment_intent: 'pi_3PqLm2Jx8Rt5Vw201',
  amount: 715,
  currency: 'jpy',
  reason: null,
  metadata: { order_id: 'ord_2026_000201' },
};

const item = (index: number) => ({
  product_id: `man_volume${index}`,
  isbn: `97840985${String(index).padStart(5, '0')}`,
  title: { ja: `第${index}巻` },
  volume: index % 100,
  price: { amount: 594, currency: 'JPY' },
  availability: 'in_stock',
  change: 'created',
  attributes: { demographic: 'shonen' },
});

describe.each(systems)('$name', ({ system }) => {
  let toQueue: Call[];
  let onBus: Call[];

  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'info').mockImplementation(() => {});
    toQueue = intercept(system.sqs, () => ({ Successful: [], Failed: [] }));
    onBus = intercept(system.eventBridge, acceptEvents());
  });

  test('a review: received, queued, published', async () => {
    expect(await system.reviewReceiver(signed({ review }))).toEqual({
      statusCode: 200,
      body: '{"accepted":1}',
    });
    expect(onBus).toEqual([]);
    expect(await system.reviewProcessor(queued(toQueue))).toEqual({ batchItemFailures: [] });
    const [event] = published(onBus);
    expect(event).toMatchObject({
      type: 'mangaassist.reviews@ReviewSubmitted',
      detail: { ...raw, review_id: review.id, rating: 5 },
    });
  });

  const wallet = { type: 'card', card: { brand: 'visa', last4: '4242', wallet: { type: 'apple_pay' } } };
  const konbini = { type: 'konbini', konbini: { store: { chain: 'lawson' } } };
  const declined = { failure_code: 'expired_card', failure_message: 'Your card has expired.' };
  test.each([
    [
      'charge.succeeded',
      charge,
      'PaymentSucceeded',
      { method: { type: 'card', brand: 'jcb', last4: '4242' } },
    ],
    [
      'charge.succeeded',
      { ...charge, payment_method_details: wallet },
      'PaymentSucceeded',
      { method: { type: 'wallet', provider: 'apple_pay' } },
    ],
    [
      'charge.succeeded',
      { ...charge, payment_method_details: konbini },
      'PaymentSucceeded',
      { method: { type: 'konbini', chain: 'lawson' } },
    ],
    [
      'charge.failed',
      { ...charge, ...declined, payment_method_details: { type: 'paypay' } },
      'PaymentFailed',
      {
        failure: { code: 'expired', message: 'Your card has expired.' },
        method: { type: 'wallet', provider: 'paypay' },
      },
    ],
    [
      'charge.failed',
      { ...charge, failure_code: 'oops' },
      'PaymentFailed',
      { failure: { code: 'processing_error' } },
    ],
    ['refund.created', refund, 'RefundIssued', { scope: { kind: 'full' }, reason: 'other' }],
    [
      'refund.created',
      {
        ...refund,
        reason: 'duplicate',
        metadata: { ...refund.metadata, product_ids: 'man_spyfam13,man_spyfam14' },
      },
      'RefundIssued',
      { scope: { kind: 'partial', product_ids: ['man_spyfam13', 'man_spyfam14'] }, reason: 'duplicate' },
    ],
  ])('Stripe: %s → %$', async (type, object, detailType, expected) => {
    const body = { type, created: 1777768205, data: { object } };
    expect(await system.stripeReceiver(signedByStripe(body))).toMatchObject({ statusCode: 200 });
    expect(await system.stripeProcessor(queued(toQueue))).toEqual({ batchItemFailures: [] });
    const [event] = published(onBus);
    expect(event).toMatchObject({
      type: `mangaassist.payments@${detailType}`,
      detail: { ...raw, ...expected },
    });
  });

  test('Stripe: what is of no interest is left', async () => {
    await system.stripeReceiver(
      signedByStripe({ type: 'customer.created', created: 1, data: { object: {} } }),
    );
    expect(await system.stripeProcessor(queued(toQueue))).toEqual({ batchItemFailures: [] });
    expect(onBus).toEqual([]);
  });

  test('a batch of 5,000 items: 500 messages, one announcement, an event an item', async () => {
    const items = Array.from({ length: 5000 }, (_, index) => item(index));
    const batch = { batch_id: 'bat_20260503_goldenweek', publisher_id: 'pub_kodansha', items };
    expect(await system.catalogReceiver(signed(batch))).toEqual({
      statusCode: 200,
      body: '{"accepted":500}',
    });
    expect(toQueue.length).toBe(50);
    const { Records } = queued(toQueue);
    const works = async (at: number): Promise<SQSBatchResponse> =>
      system.catalogProcessor({ Records: Records.slice(at, at + 1) });
    expect(await works(0)).toEqual({ batchItemFailures: [] });
    expect(await works(499)).toEqual({ batchItemFailures: [] });
    const events = published(onBus);
    expect(events[0]).toMatchObject({
      type: 'mangaassist.catalog@CatalogBatchReceived',
      detail: { ...raw, item_count: 5000, message_count: 500 },
    });
    expect(events.slice(1).map(({ type }) => type)).toEqual(
      Array(20).fill('mangaassist.catalog@CatalogItemUpdated'),
    );
    expect(events.at(-1)?.detail).toMatchObject({ product_id: 'man_volume4999', batch_id: batch.batch_id });
    expect(new Set(events.map(({ detail }) => detail.correlation_id)).size).toBe(1);
    for (const { input } of onBus) expect((input['Entries'] as unknown[]).length).toBeLessThanOrEqual(10);
  });

  test.each([
    ['a review that nobody signed', () => system.reviewReceiver(request({ review }, {})), 401],
    [
      'a review signed by another',
      () =>
        system.reviewReceiver(request({ review }, { 'x-mangaassist-signature': `sha256=${'0'.repeat(64)}` })),
      401,
    ],
    [
      'a Stripe event of yesterday',
      () =>
        system.stripeReceiver(
          signedByStripe({ type: 'charge.failed' }, Math.floor(Date.now() / 1000) - 86_400),
        ),
      401,
    ],
    [
      'a Stripe event without a time',
      () => system.stripeReceiver(request({ type: 'charge.failed' }, { 'stripe-signature': 'v1=00' })),
      401,
    ],
    ['a batch nobody signed', () => system.catalogReceiver(request({ items: [] }, {})), 401],
    ['a review that is none', () => system.reviewReceiver(signed({ product: 1 })), 400],
    ['not JSON', () => system.reviewReceiver(signed('{')), 400],
    [
      'an empty batch',
      () => system.catalogReceiver(signed({ batch_id: 'b', publisher_id: 'p', items: [] })),
      400,
    ],
    ['a batch of nobody', () => system.catalogReceiver(signed({ batch_id: 'b', items: [{}] })), 400],
    ['a Stripe event of no type', () => system.stripeReceiver(signedByStripe({ data: {} })), 400],
  ])('%s is refused', async (_, send, statusCode) => {
    expect(await send()).toEqual({ statusCode });
    expect(toQueue).toEqual([]);
  });

  test('a body in base64 is read as what it was', async () => {
    const plain = signed({ review });
    const body = Buffer.from(plain.body ?? '').toString('base64');
    const answer = await system.reviewReceiver({ ...plain, body, isBase64Encoded: true });
    expect(answer).toMatchObject({ statusCode: 200 });
  });

  test('a queue that takes only some of the messages makes the sender come again', async () => {
    intercept(system.sqs, () => ({ Successful: [], Failed: [{ Id: '0', Code: 'InternalError' }] }));
    await expect(system.reviewReceiver(signed({ review }))).rejects.toThrow(
      'the queue did not accept 1 messages: InternalError',
    );
  });

  test('of several messages only those that fail go back', async () => {
    intercept(
      system.eventBridge,
      acceptEvents((entry) => (entry.Detail?.includes('rev_bad') ? 'AccessDeniedException' : undefined)),
    );
    await system.reviewReceiver(signed({ review }));
    await system.reviewReceiver(signed({ review: { ...review, id: 'rev_bad00000' } }));
    const event = queued(toQueue);
    event.Records.push({ ...event.Records[0]!, messageId: 'broken', body: '{' });
    const failed = [{ itemIdentifier: event.Records[1]!.messageId }, { itemIdentifier: 'broken' }];
    expect(await system.reviewProcessor(event)).toEqual({ batchItemFailures: failed });
  });
});
