import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { publish } from './bus.ts';
import type { ReviewSubmitted } from './events.ts';
import { startOfChain } from './metadata.ts';
import { eachMessage } from './queue.ts';

/** A review as the shop sends it. */
interface ShopReview {
  readonly id: string;
  readonly product: string;
  readonly customer: string;
  readonly stars: number;
  readonly title?: string;
  readonly text: string;
  readonly language: string;
  readonly channel: ReviewSubmitted['channel'];
  readonly created: string;
}

export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage<ShopReview>(event, (review, messageId) =>
    publish([
      {
        Source: 'mangaassist.reviews',
        DetailType: 'ReviewSubmitted',
        Detail: {
          ...startOfChain(messageId),
          review_id: review.id,
          product_id: review.product,
          customer_id: review.customer,
          rating: review.stars,
          ...(review.title ? { title: review.title } : {}),
          body: review.text,
          locale: review.language,
          channel: review.channel,
          submitted_at: review.created,
        },
      },
    ]),
  );
}
