import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as publish from '../../../../generated/publish.ts';
import type { ReviewSubmitted } from '../../../../generated/types.ts';
import { eachMessage } from './queue.ts';
import './bus.ts';

/** A review as the shop sends it; whether its values are right is for the schema to say. */
interface ShopReview {
  readonly id: string;
  readonly product: string;
  readonly customer: string;
  readonly stars: number;
  readonly title?: string;
  readonly text: string;
  readonly language: ReviewSubmitted['locale'];
  readonly channel: ReviewSubmitted['channel'];
  readonly created: string;
}

/** The start of a chain: depth 0, stage `raw`, and the message's id for all that follows. */
export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage<ShopReview>(event, async (review, messageId) => {
    await publish.reviewSubmitted(
      {
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
      { correlationId: messageId },
    );
  });
}
