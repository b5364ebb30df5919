import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import type { EventBridgeEvent } from 'aws-lambda';
import { setting } from './settings.ts';

export const firehose = new FirehoseClient({});

/**
 * Where the events of our own models end: each becomes a line in the analysts' bucket. Nothing is published
 * from here, and the role could not.
 */
export async function handler(event: EventBridgeEvent<string, unknown>): Promise<{ status: 'stored' }> {
  const Data = new TextEncoder().encode(`${JSON.stringify(event)}\n`);
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: setting('STREAM_NAME'), Record: { Data } }));
  return { status: 'stored' };
}
