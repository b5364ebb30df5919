import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { setting } from './settings.ts';

export const sqs = new SQSClient({});

const messagesPerRequest = 10;

/**
 * Puts messages into the receiver's queue. A batch request answers 200 even where it refused messages; then
 * this throws, the sender is told to come again, and some messages are in the queue twice, which the
 * processors bear.
 */
export async function enqueue(messages: readonly unknown[]): Promise<void> {
  for (let at = 0; at < messages.length; at += messagesPerRequest) {
    const Entries = messages
      .slice(at, at + messagesPerRequest)
      .map((message, index) => ({ Id: String(index), MessageBody: JSON.stringify(message) }));
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: setting('QUEUE_URL'), Entries }));
    const failed = answer.Failed ?? [];
    if (failed.length > 0) {
      throw new Error(`the queue did not accept ${failed.length} messages: ${failed[0]?.Code}`);
    }
  }
}

/**
 * Works through the messages of one invocation. Those that fail are named in the answer, so that only they go
 * back to the queue, and after five times to its dead-letter queue.
 */
export async function eachMessage<Body>(
  event: SQSEvent,
  work: (body: Body, messageId: string) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchItemFailure[] = [];
  for (const { body, messageId } of event.Records) {
    try {
      await work(JSON.parse(body) as Body, messageId);
    } catch (error) {
      console.error('message %s failed', messageId, error);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}
