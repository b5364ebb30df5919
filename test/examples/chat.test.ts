import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptEvents, type Call, intercept } from '../support/intercept.ts';
import { published } from './published.ts';
import { systems } from './systems.ts';

const raw = { processing_stage: 'raw', _chain_depth: 0 };

describe.each(systems)('$name', ({ system }) => {
  let onBus: Call[];

  beforeEach(() => {
    onBus = intercept(system.eventBridge, acceptEvents());
  });

  const socket = (routeKey: string, body?: string, more = {}) =>
    ({
      requestContext: {
        routeKey,
        connectionId: 'Fdm1xdN3tjMCJ5g=',
        connectedAt: Date.now() - 312_000,
        ...more,
      },
      body,
    }) as unknown as APIGatewayProxyWebsocketEventV2;

  test.each([
    [
      '{"text":"13巻は？","customerId":"cus_Nh3kQ9fW2a"}',
      { kind: 'customer', customer_id: 'cus_Nh3kQ9fW2a' },
      'ja-JP',
    ],
    ['{"text":"Berserk?","locale":"en-US","customerId":"me"}', { kind: 'guest' }, 'en-US'],
    ['{"text":"hallo","locale":"de-DE"}', { kind: 'guest' }, 'ja-JP'],
    ['just text', { kind: 'guest' }, 'ja-JP'],
  ])('%s', async (body, sender, locale) => {
    expect(await system.chat(socket('$default', body))).toEqual({ statusCode: 200 });
    const [event] = published(onBus);
    expect(event).toMatchObject({
      type: 'mangaassist.chat@ChatMessageReceived',
      detail: { ...raw, sender, locale, session_id: 'Fdm1xdN3tjMCJ5g=' },
    });
  });

  test.each([undefined, '', '{"text":""}', '{"text":7}', 'null', 'x'.repeat(2001)])(
    'a message without usable text is refused (%#)',
    async (body) => {
      expect(await system.chat(socket('$default', body))).toEqual({ statusCode: 400 });
      expect(onBus).toEqual([]);
    },
  );

  test.each([
    [1000, 'closed'],
    [1001, 'going_away'],
    [1006, 'connection_lost'],
    [undefined, 'connection_lost'],
  ])('the end, %s', async (disconnectStatusCode, reason) => {
    await system.chat(socket('$disconnect', undefined, { disconnectStatusCode }));
    const [event] = published(onBus);
    expect(event).toMatchObject({
      type: 'mangaassist.chat@ChatSessionEnded',
      detail: { ...raw, reason, duration_seconds: 312 },
    });
  });
});
