import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { enqueue } from './queue.ts';

/**
 * Receives a webhook: check the signature, put it into the queue, answer 200. Nothing else, so that the
 * sender never waits for our processing and has no reason to come again.
 *
 * `messagesOf` says what goes into the queue; undefined for a body we cannot use, which is answered 400.
 */
export async function receive(
  event: LambdaFunctionURLEvent,
  isGenuine: (body: string) => boolean,
  messagesOf: (body: unknown) => readonly unknown[] | undefined,
): Promise<LambdaFunctionURLResult> {
  const body = bodyOf(event);
  if (!isGenuine(body)) return { statusCode: 401 };
  const messages = messagesOf(parsed(body));
  if (messages === undefined) return { statusCode: 400 };
  await enqueue(messages);
  return { statusCode: 200, body: JSON.stringify({ accepted: messages.length }) };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bodyOf(event: LambdaFunctionURLEvent): string {
  const body = event.body ?? '';
  return event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
