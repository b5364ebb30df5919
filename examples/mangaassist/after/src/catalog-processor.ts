import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as publish from '../../../../generated/publish.ts';
import type { CatalogItemUpdated } from '../../../../generated/types.ts';
import { publishAll } from '../../../../src/runtime/index.ts';
import { eachMessage } from './queue.ts';
import './bus.ts';

/** An item as a publisher sends it: what the event says of it, but for what we say ourselves. */
export type CatalogItem = Omit<
  CatalogItemUpdated,
  'processing_stage' | '_chain_depth' | 'correlation_id' | 'batch_id' | 'updated_at'
>;

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
  return eachMessage<CatalogMessage>(event, async ({ batch, index, items }) => {
    const { correlation_id: correlationId, ...facts } = batch;
    const updated_at = new Date().toISOString();
    const updated = items.map((item) =>
      publish.catalogItemUpdated.event({ ...item, batch_id: batch.batch_id, updated_at }, { correlationId }),
    );
    // The batch as a whole is announced once, by the message that opens it.
    const received = index === 0 ? [publish.catalogBatchReceived.event(facts, { correlationId })] : [];
    await publishAll([...received, ...updated]);
  });
}
