import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as bus from '../../examples/mangaassist/before/src/bus.ts';
import type { OutgoingEvent } from '../../examples/mangaassist/before/src/events.ts';
import { acceptEvents, entriesOf, intercept } from '../support/intercept.ts';
import './systems.ts';

const ended = (session: string): OutgoingEvent => ({
  Source: 'mangaassist.chat',
  DetailType: 'ChatSessionEnded',
  Detail: {
    processing_stage: 'raw',
    _chain_depth: 0,
    correlation_id: '5d4b3a2c-1f0e-4d9c-8b7a-6f5e4d3c2b1a',
    session_id: session,
    reason: 'closed',
    duration_seconds: 1,
    ended_at: '2026-05-03T02:05:12Z',
  },
});

const sessions = (count: number) => Array.from({ length: count }, (_, index) => `session-${index}`);

/** That of `after` is the runtime's: see test/runtime. */
describe('before: publishing by hand', () => {
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });

  /** The session ids of each PutEvents request, while the bus refuses as told. */
  async function publish(count: number, refuse: (session: string, request: number) => string | undefined) {
    let request = 0;
    const answer = acceptEvents((entry) => refuse(JSON.parse(entry.Detail!).session_id, request));
    const calls = intercept(bus.eventBridge, (input) => {
      request += 1;
      return answer(input);
    });
    const outcome = await bus.publish(sessions(count).map(ended)).then(
      () => 'published',
      (error: Error) => error.message,
    );
    const requests = calls.map(({ input }) =>
      entriesOf(input).map((entry) => JSON.parse(entry.Detail!).session_id as string),
    );
    return { outcome, requests };
  }

  test('ten to a request', async () => {
    const { outcome, requests } = await publish(23, () => undefined);
    expect(outcome).toBe('published');
    expect(requests.map((entries) => entries.length)).toEqual([10, 10, 3]);
    expect(requests.flat()).toEqual(sessions(23));
  });

  test('nothing to publish, no request', async () => {
    expect(await publish(0, () => undefined)).toEqual({ outcome: 'published', requests: [] });
  });

  test('200 with a failed entry: the busy one is sent again, and only that one', async () => {
    const { outcome, requests } = await publish(3, (session, request) =>
      session === 'session-1' && request < 3 ? 'ThrottlingException' : undefined,
    );
    expect(outcome).toBe('published');
    expect(requests).toEqual([sessions(3), ['session-1'], ['session-1']]);
  });

  test('a bus that stays busy is not asked for ever', async () => {
    const { outcome, requests } = await publish(2, (session) =>
      session === 'session-0' ? 'InternalFailure' : undefined,
    );
    expect(outcome).toBe('the bus did not accept ChatSessionEnded: InternalFailure');
    expect(requests.length).toBe(3);
  });

  test('a refusal is not tried again, and not swallowed by the retry of another', async () => {
    const { outcome, requests } = await publish(3, (session, request) => {
      if (session === 'session-0') return 'NotAuthorizedForSourceException';
      return session === 'session-2' && request === 1 ? 'ThrottlingException' : undefined;
    });
    expect(outcome).toBe('the bus did not accept ChatSessionEnded: NotAuthorizedForSourceException');
    expect(requests).toEqual([sessions(3), ['session-2']]);
  });

  test('an answer that does not speak of an entry is no acceptance', async () => {
    intercept(bus.eventBridge, () => ({ Entries: [], FailedEntryCount: 0 }));
    await expect(bus.publish([ended('session-0')])).rejects.toThrow('ChatSessionEnded: no answer');
  });
});
