import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { publish } from './bus.ts';
import type { CatalogItem, OutgoingEvent } from './events.ts';
import { startOfChain } from './metadata.ts';
import { eachMessage } from './queue.ts';

/** A part of a publisher's batch, as the receiver puts it into the queue. */
export interface CatalogMessage {
  readonly batch: {
    readonly batch_id: string;
    readonly publisher_id: string;
    readonly promotion?: string;
    readonly correlation_id: string;
    readonly received_at: string;
    readonly item_count: number;
    readonly message_count: number;
  };
  readonly index: number;
  readonly items: readonly CatalogItem[];
}

export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage<CatalogMessage>(event, ({ batch, index, items }) => {
    const { correlation_id, ...facts } = batch;
    const metadata = startOfChain(correlation_id);
    const received: OutgoingEvent = {
      Source: 'mangaassist.catalog',
      DetailType: 'CatalogBatchReceived',
      Detail: { ...metadata, ...facts },
    };
    const updated = items.map(
      (item): OutgoingEvent => ({
        Source: 'mangaassist.catalog',
        DetailType: 'CatalogItemUpdated',
        Detail: { ...metadata, ...item, batch_id: batch.batch_id, updated_at: new Date().toISOString() },
      }),
    );
    // The batch as a whole is announced once, by the message that opens it.
    return publish(index === 0 ? [received, ...updated] : updated);
  });
}
