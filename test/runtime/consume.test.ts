import middy from '@middy/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as analytics from '../../generated/components/analyticsFunction.ts';
import * as moderation from '../../generated/components/moderationFunction.ts';
import * as consume from '../../generated/consume.ts';
import {
  type ConsumerOptions,
  connect,
  consumerMiddleware,
  EventRejectedError,
  type Log,
  PublishError,
  type WithConsumer,
} from '../../src/runtime/index.ts';
import { approval, correlation_id, submitted } from './events.ts';
import { Loopback } from './loopback.ts';

const server = new Loopback();
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() } satisfies Log;

beforeAll(async () => {
  await server.start();
  connect({
    client: server.client(),
    bus: 'MangaAssist-AI-Events',
    retry: { maxAttempts: 2, baseMilliseconds: 1 },
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  server.reset();
  vi.clearAllMocks();
});

const details = () =>
  server.taken.map(({ entry }) => JSON.parse(entry.Detail ?? '') as Record<string, unknown>);

function approving(options: ConsumerOptions = {}) {
  return moderation.reviewSubmitted(
    async (_event, { publish }) => {
      await publish.reviewApproved(approval);
      return 'approved' as const;
    },
    { log, ...options },
  );
}

describe('an event that may be handled', () => {
  test.each([0, 1, 2])('depth %i: what follows is one deeper, and carries the chain on', async (depth) => {
    const event = submitted({ _chain_depth: depth });
    expect(await approving()(event)).toBe('approved');
    expect(details()).toEqual([
      { ...approval, _chain_depth: depth + 1, processing_stage: 'raw', correlation_id },
    ]);
    expect(server.taken[0]?.entry).toMatchObject({
      Source: 'mangaassist.reviews',
      DetailType: 'ReviewApproved',
      EventBusName: 'MangaAssist-AI-Events',
    });
    expect(log.error).not.toHaveBeenCalled();
  });

  test('what a foundation model had a part in stays processed', async () => {
    await approving()(submitted({ processing_stage: 'processed' }));
    expect(details()[0]?.['processing_stage']).toBe('processed');
  });

  test('the declared stage is written, and no handler can write another depth', async () => {
    const handler = analytics.any(
      async (event, { publish }) => {
        const forged = { _chain_depth: -5, processing_stage: 'raw', correlation_id: 'x' };
        await publish.analyticsProcessed({
          ...forged,
          analytics_id: 'b2e1d4cf-32c5-4b66-9e21-1dac7b8f5a01',
          about: { event_id: event.id, source: event.source, detail_type: event['detail-type'] },
          labels: { topic: 'other', sentiment: 'neutral' },
          metrics: {},
          model: { model_id: 'anthropic.claude-3-haiku-20240307-v1:0', input_tokens: 1, output_tokens: 1 },
          processed_at: '2026-05-03T00:14:23Z',
        } as never);
      },
      { log },
    );
    await handler(submitted({ _chain_depth: 1 }));
    expect(details()[0]).toMatchObject({ _chain_depth: 2, processing_stage: 'processed', correlation_id });
  });

  test('only the declared publications are there', async () => {
    let names: string[] = [];
    await moderation.reviewSubmitted((_event, { publish }) => {
      names = Object.keys(publish);
    })(submitted());
    expect(names).toEqual(['moderationFlagged', 'reviewApproved']);
  });

  test('a batch is published as one request', async () => {
    await moderation.reviewSubmitted(async (_event, { publish }) => {
      await publish.reviewApproved.batch([approval, approval, approval]);
    })(submitted());
    expect(server.requests.map((request) => request.length)).toEqual([3]);
  });

  test('what is still being published when the handler returns is waited for', async () => {
    server.reset(() => ({ kind: 'slow', milliseconds: 50 }));
    await moderation.reviewSubmitted((_event, { publish }) => {
      void publish.reviewApproved(approval);
    })(submitted());
    expect(server.taken.length).toBe(1);
  });

  test('publishing that fails makes the function fail, also when nobody waits for it', async () => {
    server.reset(() => ({ kind: 'error', status: 400, name: 'AccessDeniedException' }));
    await expect(approving()(submitted())).rejects.toThrow(PublishError);
    const careless = moderation.reviewSubmitted((_event, { publish }) => {
      publish.reviewApproved(approval).catch(() => {});
    });
    await expect(careless(submitted())).rejects.toThrow(PublishError);
  });

  test('the handler cannot publish after it returned', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await moderation.reviewSubmitted((_event, { publish }) => {
      late = () => publish.reviewApproved(approval);
    })(submitted());
    await expect(late?.()).rejects.toThrow('the handler is over');
    expect(server.requests).toEqual([]);
  });

  test("the handler's own error is the function's", async () => {
    const failing = moderation.reviewSubmitted(() => {
      throw new RangeError('mine');
    });
    await expect(failing(submitted())).rejects.toThrow(RangeError);
  });

  test('publishing ends before the invocation does', async () => {
    server.reset(() => ({ kind: 'slow', milliseconds: 2_000 }));
    const invocation = { getRemainingTimeInMillis: () => 600 };
    const start = Date.now();
    await expect(approving()(submitted(), invocation)).rejects.toThrow(/Deadline/);
    expect(Date.now() - start).toBeLessThan(1_500);
  });
});

describe('an event that went round too often', () => {
  test.each([3, 4, 90, Number.MAX_SAFE_INTEGER])('depth %i', async (depth) => {
    const expected = { status: 'rejected', reason: 'max_chain_depth', depth, max: 3 };
    expect(await approving()(submitted({ _chain_depth: depth }))).toEqual(expected);
    expect(log.error).toHaveBeenCalledWith(
      expect.stringContaining(`chain depth ${depth}`),
      expect.anything(),
    );
    expect(server.requests).toEqual([]);
  });

  test('the maximum is the consumer’s to set', async () => {
    expect(await approving({ maxChainDepth: 5 })(submitted({ _chain_depth: 4 }))).toBe('approved');
    expect(await approving({ maxChainDepth: 1 })(submitted({ _chain_depth: 1 }))).toMatchObject({ max: 1 });
  });

  test('is done with even when the rest of it is wrong', async () => {
    expect(await approving()(submitted({ _chain_depth: 3, rating: 99 }))).toMatchObject({
      reason: 'max_chain_depth',
    });
  });
});

describe('a forged depth', () => {
  test.each([-1, -1e9, 1.5, '0', '1', 2 ** 53, 1e300, null, true, [], {}])('%j', async (depth) => {
    const expected = { status: 'rejected', reason: 'forged_chain_depth', depth };
    expect(await approving()(submitted({ _chain_depth: depth }))).toEqual(expected);
    expect(server.requests).toEqual([]);
  });
});

describe('a missing depth', () => {
  const without = () => {
    const event = submitted();
    const { _chain_depth, ...detail } = event.detail as Record<string, unknown>;
    return { ...event, detail };
  };

  test('is a fault where the schema requires it', async () => {
    await expect(approving()(without())).rejects.toThrow('"_chain_depth"');
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('may be rejected as such', async () => {
    const rejected = approving({ missingDepth: 'reject', faults: 'return' })(without());
    expect(await rejected).toEqual({ status: 'rejected', reason: 'missing_chain_depth' });
  });
});

describe('a replay', () => {
  const replayed = () => submitted({}, { 'replay-name': 'after-the-incident' });

  test('is handled, and told', async () => {
    const handler = moderation.reviewSubmitted((_event, { replay }) => replay, { log });
    expect(await handler(replayed())).toBe('after-the-incident');
    expect(log.info).toHaveBeenCalledWith(expect.stringContaining('after-the-incident'), expect.anything());
  });

  test('or rejected', async () => {
    expect(await approving({ replays: 'reject' })(replayed())).toEqual({
      status: 'rejected',
      reason: 'replay',
      replay: 'after-the-incident',
    });
  });
});

describe('faults', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'unknown_envelope'],
    ['a text', 'ReviewSubmitted', 'unknown_envelope'],
    ['a list', [submitted()], 'unknown_envelope'],
    ['an SQS event', { Records: [] }, 'unknown_envelope'],
    ['another version', submitted({}, { version: '1' }), 'unknown_envelope'],
    ['no id', submitted({}, { id: undefined }), 'unknown_envelope'],
    ['a detail that is a text', submitted({}, { detail: '{}' }), 'unknown_envelope'],
    ['another detail-type', submitted({}, { 'detail-type': 'ReviewApproved' }), 'other_event'],
    ['another source', submitted({}, { source: 'mangaassist.chat' }), 'other_event'],
    ['a wrong member', submitted({ rating: 6 }), 'invalid_detail'],
    ['a member too many', submitted({ extra: 1 }), 'invalid_detail'],
  ])('%s', async (_name, event, reason) => {
    await expect(approving()(event)).rejects.toThrow(EventRejectedError);
    expect(await approving({ faults: 'return' })(event)).toMatchObject({ status: 'rejected', reason });
    expect(log.error).toHaveBeenCalledTimes(2);
    expect(server.requests).toEqual([]);
  });

  test('the message names path and value', async () => {
    await expect(approving()(submitted({ rating: 6, locale: 'de-DE' }))).rejects.toThrow(
      'detail/rating must be <= 5, but is 6; detail/locale must be one of "ja-JP", "en-US", "zh-TW", "ko-KR", "fr-FR", but is "de-DE"',
    );
  });
});

test('members of the envelope that EventBridge may add are let through', async () => {
  expect(await approving()(submitted({}, { 'new-member': 1 }))).toBe('approved');
});

test('a consumer of the catalogue may publish what all declared components may', async () => {
  let names: string[] = [];
  await consume.reviewSubmitted((_event, { publish }) => {
    names = Object.keys(publish);
  })(submitted());
  expect(names).toEqual(['analyticsProcessed', 'suggestionGenerated', 'moderationFlagged', 'reviewApproved']);
});

describe('as a Middy middleware', () => {
  type Context = WithConsumer<typeof moderation.reviewSubmitted.consumer.publications>;
  const handler = middy()
    .use(consumerMiddleware(moderation.reviewSubmitted.consumer, { log }))
    .handler(async (_event: unknown, context: unknown) => {
      await (context as Context).busproof.publish.reviewApproved(approval);
      return 'approved';
    });
  const run = (event: unknown) => handler(event as never, {} as never);

  test('hands over publish', async () => {
    expect(await run(submitted({ _chain_depth: 1 }))).toBe('approved');
    expect(details()[0]).toMatchObject({ _chain_depth: 2, correlation_id });
  });

  test('ends the chain with the rejection', async () => {
    expect(await run(submitted({ _chain_depth: 3 }))).toMatchObject({ reason: 'max_chain_depth' });
    expect(server.requests).toEqual([]);
  });

  test('faults are errors', async () => {
    await expect(run(submitted({ rating: 0 }))).rejects.toThrow(EventRejectedError);
  });
});
