import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import * as publish from '../../../../generated/publish.ts';
import './bus.ts';

type ChatMessage = Parameters<typeof publish.chatMessageReceived>[0];
type SessionEnd = Parameters<typeof publish.chatSessionEnded>[0];

/** The part of the request that API Gateway fills in when a connection is over. */
interface Disconnect {
  readonly disconnectStatusCode?: number;
}

const longestText = 2000;
const locales: readonly ChatMessage['locale'][] = ['ja-JP', 'en-US', 'zh-TW', 'ko-KR', 'fr-FR'];
const customerIdForm = /^cus_[A-Za-z0-9]{8,32}$/;

/**
 * The chat's side of the bus: tells it about messages and ended sessions. The orchestrator does the
 * answering.
 */
export async function handler(event: APIGatewayProxyWebsocketEventV2): Promise<APIGatewayProxyResultV2> {
  if (event.requestContext.routeKey === '$disconnect') {
    await publish.chatSessionEnded(sessionEnded(event));
    return { statusCode: 200 };
  }
  const message = messageReceived(event);
  if (message === undefined) return { statusCode: 400 };
  await publish.chatMessageReceived(message);
  return { statusCode: 200 };
}

/**
 * Reads `{ text, locale?, customerId? }`; undefined when there is no text, or too much of it. The other two
 * come from a browser: what is not of their form is as good as not given.
 */
function messageReceived(event: APIGatewayProxyWebsocketEventV2): ChatMessage | undefined {
  const { text, locale = '', customerId = '' } = fieldsOf(event.body ?? '');
  if (text === undefined || text === '' || text.length > longestText) return undefined;
  return {
    session_id: event.requestContext.connectionId,
    message_id: randomUUID(),
    sender: customerIdForm.test(customerId)
      ? { kind: 'customer', customer_id: customerId }
      : { kind: 'guest' },
    text,
    locale: locales.find((known) => known === locale) ?? 'ja-JP',
    received_at: new Date().toISOString(),
  };
}

function sessionEnded(event: APIGatewayProxyWebsocketEventV2): SessionEnd {
  const { connectionId, connectedAt } = event.requestContext;
  const { disconnectStatusCode } = event.requestContext as Disconnect;
  const seconds = Math.round((Date.now() - connectedAt) / 1000);
  return {
    session_id: connectionId,
    reason: reasonOf(disconnectStatusCode),
    duration_seconds: Math.min(Math.max(seconds, 0), 7200),
    ended_at: new Date().toISOString(),
  };
}

/** WebSocket close codes: RFC 6455, section 7.4.1. */
function reasonOf(code: number | undefined): SessionEnd['reason'] {
  if (code === 1000) return 'closed';
  return code === 1001 ? 'going_away' : 'connection_lost';
}

function fieldsOf(body: string): { text?: string; locale?: string; customerId?: string } {
  try {
    const fields: unknown = JSON.parse(body);
    if (typeof fields !== 'object' || fields === null) return {};
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
  } catch {
    return { text: body };
  }
}
