import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/runtime/entry.ts';
import type { Fate } from '../../src/runtime/fate.ts';
import { putEvents, type SendOptions } from '../../src/runtime/put-events.ts';
import { entrySize, MAX_BYTES } from '../../src/runtime/size.ts';
import { type Answer, Loopback, sequence } from './loopback.ts';

const server = new Loopback();
const fast = { baseMilliseconds: 1, maxMilliseconds: 2 };

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => server.reset());

function entries(count: number, bytes = 20): Entry[] {
  return Array.from({ length: count }, (_, n) => ({
    Source: 'test.source',
    DetailType: 'Happened',
    Detail: JSON.stringify({ n, filler: 'x'.repeat(bytes) }),
    EventBusName: 'bus',
  }));
}

function send(list: readonly Entry[], options: Partial<SendOptions> = {}): Promise<Fate[]> {
  return putEvents(list, { client: server.client(), retry: fast, ...options });
}

const throttled = (...at: number[]): Answer => ({
  kind: 'results',
  codes: Array.from({ length: 10 }, (_, i) => (at.includes(i) ? 'ThrottlingException' : undefined)),
});

const numbers = (list: readonly { readonly Detail?: string }[]) =>
  list.map(({ Detail = '{}' }) => (JSON.parse(Detail) as { n: number }).n);

describe('requests', () => {
  test('hold ten entries at most, in the order given', async () => {
    const fates = await send(entries(23), { concurrency: 1 });
    expect(server.requests.map(numbers)).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
      [20, 21, 22],
    ]);
    expect(fates.every(({ status }) => status === 'published')).toBe(true);
  });

  test('stay below the size of a request', async () => {
    await send(entries(5, 400_000), { concurrency: 1 });
    expect(server.requests.map((request) => request.length)).toEqual([2, 2, 1]);
  });

  test('are open a few at a time', async () => {
    server.reset(() => ({ kind: 'slow', milliseconds: 20 }));
    await send(entries(80), { concurrency: 3 });
    expect(server.requests.length).toBe(8);
    expect(server.mostOpen).toBe(3);
  });

  test('none for no entries', async () => {
    expect(await send([])).toEqual([]);
    expect(server.requests).toEqual([]);
  });
});

describe('partial failures', () => {
  test('only the failed are sent again, and fates keep their places', async () => {
    server.reset(sequence(throttled(1, 4), throttled(0)));
    const fates = await send(entries(6));
    expect(server.requests.map(numbers)).toEqual([[0, 1, 2, 3, 4, 5], [1, 4], [1]]);
    expect(fates.map((fate) => fate.status === 'published' && fate.attempts)).toEqual([1, 3, 1, 1, 2, 1]);
    expect(new Set(fates.map((fate) => fate.status === 'published' && fate.eventId)).size).toBe(6);
  });

  test('what EventBridge refuses for good is not sent again', async () => {
    server.reset(sequence({ kind: 'results', codes: [undefined, 'NotAuthorizedForSourceException'] }));
    const fates = await send(entries(2));
    expect(server.requests.length).toBe(1);
    expect(fates[1]).toEqual({
      status: 'failed',
      code: 'NotAuthorizedForSourceException',
      reason: 'as told',
      attempts: 1,
      uncertain: false,
    });
  });

  test('it gives up after so many attempts', async () => {
    server.reset(() => throttled(0));
    const [fate] = await send(entries(1), { retry: { ...fast, maxAttempts: 3 } });
    expect(server.requests.length).toBe(3);
    expect(fate).toMatchObject({
      status: 'failed',
      code: 'ThrottlingException',
      attempts: 3,
      uncertain: false,
    });
  });

  test('an answer with too few results is no confirmation', async () => {
    const client = {
      send: async () => ({ Entries: [{ EventId: 'a' }], FailedEntryCount: 0, $metadata: {} }),
    };
    const fates = await send(entries(2), { client: client as never, retry: { ...fast, maxAttempts: 1 } });
    expect(fates).toMatchObject([
      { status: 'published' },
      { status: 'failed', code: 'NoResult', uncertain: true },
    ]);
  });
});

describe('failures of a request', () => {
  test.each<[string, Answer]>([
    ['throttling', { kind: 'error', status: 400, name: 'ThrottlingException' }],
    ['a 500', { kind: 'error', status: 500, name: 'InternalException' }],
    ['a 503', { kind: 'error', status: 503, name: 'ServiceUnavailable' }],
    ['a reset connection', { kind: 'reset', taken: false }],
  ])('%s: sent again', async (_name, answer) => {
    server.reset(sequence(answer));
    const fates = await send(entries(3));
    expect(server.requests.length).toBe(2);
    expect(fates).toMatchObject(Array(3).fill({ status: 'published', attempts: 2 }));
  });

  test('no right to publish: not sent again', async () => {
    server.reset(() => ({ kind: 'error', status: 400, name: 'AccessDeniedException' }));
    const fates = await send(entries(2));
    expect(server.requests.length).toBe(1);
    expect(fates).toMatchObject(
      Array(2).fill({ status: 'failed', code: 'AccessDeniedException', uncertain: false }),
    );
  });

  test('an entry for which the whole request is turned down does not take the others with it', async () => {
    server.reset((list) =>
      numbers(list).includes(2)
        ? { kind: 'error', status: 400, name: 'ValidationException' }
        : { kind: 'results', codes: [] },
    );
    const fates = await send(entries(4));
    expect(fates.map(({ status }) => status)).toEqual(['published', 'published', 'failed', 'published']);
  });

  test('no answer in time: sent again, and what may have been taken is said', async () => {
    server.reset(() => ({ kind: 'slow', milliseconds: 400 }));
    const fates = await send(entries(1), {
      client: server.client({ requestTimeout: 50 }),
      retry: { ...fast, maxAttempts: 2 },
    });
    expect(fates).toMatchObject([
      {
        status: 'failed',
        code: expect.stringMatching(/^(TimeoutError|ETIMEDOUT)$/),
        attempts: 2,
        uncertain: true,
      },
    ]);
  });

  test('nobody listens: not sent, and that is certain', async () => {
    const other = new Loopback();
    await other.start();
    const client = other.client();
    await other.stop();
    const fates = await send(entries(1), { client, retry: { ...fast, maxAttempts: 2 } });
    expect(fates).toMatchObject([{ status: 'failed', code: 'ECONNREFUSED', uncertain: false }]);
  });
});

describe('when to stop', () => {
  test('a deadline ends what is under way', async () => {
    server.reset(() => ({ kind: 'slow', milliseconds: 2_000 }));
    const start = Date.now();
    const fates = await send(entries(25), { deadline: Date.now() + 150, concurrency: 1 });
    expect(Date.now() - start).toBeLessThan(1_500);
    expect(fates.map((fate) => fate.status === 'failed' && [fate.code, fate.uncertain])).toEqual([
      ...Array(10).fill(['Deadline', true]),
      ...Array(15).fill(['Deadline', false]),
    ]);
  });

  test('no pause goes beyond the deadline', async () => {
    server.reset(() => throttled(0));
    const retry = { baseMilliseconds: 60_000, maxMilliseconds: 60_000 };
    const random = Math.random;
    Math.random = () => 0.9;
    try {
      const start = Date.now();
      const [fate] = await send(entries(1), { retry, deadline: Date.now() + 5_000 });
      expect(Date.now() - start).toBeLessThan(3_000);
      expect(fate).toMatchObject({ status: 'failed', code: 'Deadline', uncertain: false });
      expect((fate as { reason: string }).reason).toContain('ThrottlingException');
    } finally {
      Math.random = random;
    }
  });

  test('an abort signal', async () => {
    server.reset(() => ({ kind: 'slow', milliseconds: 2_000 }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const fates = await send(entries(11), { signal: controller.signal, concurrency: 1 });
    expect(fates.map((fate) => fate.status === 'failed' && [fate.code, fate.uncertain])).toEqual([
      ...Array(10).fill(['Aborted', true]),
      ['Aborted', false],
    ]);
  });

  test('an abort before anything was sent', async () => {
    const fates = await send(entries(1), { signal: AbortSignal.abort() });
    expect(fates).toMatchObject([{ status: 'failed', code: 'Aborted', attempts: 0, uncertain: false }]);
    expect(server.requests).toEqual([]);
  });
});

test('an entry that is too large is refused before the call, with its size and its largest members', async () => {
  const [small, large] = [entries(1)[0]!, entries(1, MAX_BYTES)[0]!];
  const fates = await send([large, small]);
  expect(server.requests.map((request) => request.length)).toEqual([1]);
  expect(fates[0]).toMatchObject({
    status: 'refused',
    code: 'TooLarge',
    size: entrySize(large),
    limit: MAX_BYTES,
    largest: [{ path: '/filler', bytes: MAX_BYTES + 2 }, { path: '/n' }],
  });
  expect(fates[1]).toMatchObject({ status: 'published' });
});

test('hooks hear of everything, and cannot do harm', async () => {
  server.reset(sequence(throttled(0)));
  const heard: string[] = [];
  const fates = await send(entries(2), {
    hooks: {
      request: ({ entries: list, bytes }) => heard.push(`request ${list.length} ${bytes > 0}`),
      retry: ({ entries: count, code, attempt }) => heard.push(`retry ${count} ${code} ${attempt}`),
      settled({ fate }) {
        heard.push(fate.status);
        throw new Error('a broken hook');
      },
    },
  });
  expect(fates).toMatchObject([{ status: 'published' }, { status: 'published' }]);
  expect(heard).toEqual([
    'request 2 true',
    'published',
    'retry 1 ThrottlingException 1',
    'request 1 true',
    'published',
  ]);
});

const code = fc.constantFrom(
  undefined,
  undefined,
  'ThrottlingException',
  'InternalFailure',
  'MalformedDetail',
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(code, { maxLength: 10 }).map((codes): Answer => ({ kind: 'results', codes })),
  },
  fc.constantFrom<Answer>(
    { kind: 'error', status: 400, name: 'ThrottlingException' },
    { kind: 'error', status: 500, name: 'InternalException' },
    { kind: 'error', status: 400, name: 'AccessDeniedException' },
    { kind: 'error', status: 400, name: 'ValidationException' },
    { kind: 'reset', taken: true },
    { kind: 'reset', taken: false },
    { kind: 'slow', milliseconds: 3 },
  ),
);

test('whatever fails: every entry ends as reported, none is lost, none that was confirmed is sent again', async () => {
  const client = server.client();
  const limits = { entries: 10, bytes: 3_000 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 3_200 }), { maxLength: 35 }),
      fc.array(answer, { maxLength: 12 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      async (sizes, answers, concurrency, maxAttempts) => {
        server.reset(sequence(...answers));
        const list = sizes.map((size, n) => ({
          ...entries(1, size)[0]!,
          Detail: JSON.stringify({ n, f: 'é'.repeat(size / 2) }),
        }));
        const fates = await putEvents(list, { client, concurrency, limits, retry: { ...fast, maxAttempts } });
        check(list, fates, limits, maxAttempts);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

function check(
  list: readonly Entry[],
  fates: readonly Fate[],
  limits: { entries: number; bytes: number },
  maxAttempts: number,
): void {
  expect(fates.length).toBe(list.length);
  for (const request of server.requests) {
    expect(request.length).toBeLessThanOrEqual(limits.entries);
    const bytes = request.reduce(
      (sum, entry) => sum + Buffer.byteLength(`${entry.Source}${entry.DetailType}${entry.Detail}`),
      0,
    );
    expect(bytes).toBeLessThanOrEqual(limits.bytes);
    expect(numbers(request)).toEqual([...numbers(request)].sort((a, b) => a - b));
  }
  const sent = server.requests.flatMap(numbers);
  for (const [n, fate] of fates.entries()) {
    const taken = server.taken.filter(({ entry }) => numbers([entry])[0] === n);
    const told = taken.filter((each) => each.told);
    const times = sent.filter((each) => each === n).length;
    if (fate.status === 'refused') expect(times).toBe(0);
    else {
      expect(times).toBe(fate.attempts);
      // Entries of a request that was turned down as a whole go once more, each by itself.
      expect(times).toBeLessThanOrEqual(maxAttempts + 1);
    }
    // One confirmation at most, and it is what is reported: a confirmed entry never goes out again.
    expect(told.map(({ id }) => id)).toEqual(fate.status === 'published' ? [fate.eventId] : []);
    if (fate.status === 'failed' && taken.length > 0)
      expect({ fate, taken }).toMatchObject({ fate: { uncertain: true } });
  }
}
