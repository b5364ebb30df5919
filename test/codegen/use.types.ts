/**
 * What must compile, and what must not. Nothing here runs: the compiler is the test, since a line that is expected not
 * to compile, and does, is an error.
 */

import type { StandardSchemaV1 as Specification } from '@standard-schema/spec';
import * as moderation from '../../generated/components/moderationFunction.ts';
import * as consume from '../../generated/consume.ts';
import { isReviewSubmitted, reviewSubmitted } from '../../generated/events/reviewSubmitted.ts';
import type { AnyEvent, EventOf } from '../../generated/index.ts';
import * as pattern from '../../generated/pattern.ts';
import * as publish from '../../generated/publish.ts';
import type { ModerationVerdict, ReviewSubmitted } from '../../generated/types.ts';
import type { StandardSchemaV1 } from '../../src/runtime/index.ts';
import { approval, review } from '../runtime/events.ts';

export function narrowed(event: AnyEvent): unknown {
  if (event.source === 'mangaassist.reviews' && event['detail-type'] === 'ReviewSubmitted') {
    const rating: number = event.detail.rating;
    // @ts-expect-error a review has no amount
    return [rating, event.detail.amount];
  }
  // @ts-expect-error not every event has a rating
  return event.detail.rating;
}

export const detail: EventOf<'mangaassist.reviews', 'ReviewSubmitted'>['detail'] = review;
// @ts-expect-error no such event
export const none: EventOf<'mangaassist.reviews', 'RefundIssued'>['detail'] = review;

export function verdict(of: ModerationVerdict): number | readonly string[] {
  switch (of.kind) {
    case 'blocked_terms':
      return of.terms;
    case 'spoiler':
      return of.markers;
    case 'link_spam':
      return of.links;
  }
}

export async function publishing(): Promise<void> {
  await publish.reviewSubmitted(review);
  const { _chain_depth, processing_stage, correlation_id, ...facts } = review;
  await publish.reviewSubmitted(facts);
  // @ts-expect-error a member is missing
  await publish.reviewSubmitted({ ...facts, rating: undefined });
  // @ts-expect-error a channel that the schema has not
  await publish.reviewSubmitted({ ...facts, channel: 'fax' });
  // @ts-expect-error a mistyped member
  await publish.reviewSubmitted({ ...facts, tilte: 'x' });
  // @ts-expect-error no such event type
  await publish.reviewSubmited(facts);
  // @ts-expect-error one event either throws or is published
  await publish.reviewSubmitted(facts, { onFailure: 'report' });
}

export const handler = moderation.reviewSubmitted(async (event, { publish: follow }) => {
  const body: string = event.detail.body;
  await follow.reviewApproved(approval);
  // @ts-expect-error what a consumer publishes is one deeper, and it does not say so itself
  await follow.reviewApproved({ ...approval, _chain_depth: 0 });
  // @ts-expect-error moderation does not publish suggestions
  await follow.suggestionGenerated;
  // @ts-expect-error the contract's member is a number
  await follow.reviewApproved({ ...approval, rating: body });
});

// @ts-expect-error moderation does not receive payments
export const other = moderation.paymentFailed;
export const anyOf = consume.paymentFailed((event) => event.detail.failure.code);

export const patterns = [
  pattern.reviewSubmitted(),
  pattern.reviewSubmitted({ detail: { rating: [{ numeric: ['<', 2] }] } }),
  pattern.reviewSubmitted({
    detail: { rating: [1, { numeric: ['>=', 3, '<', 5] }, { 'anything-but': [2] }] },
  }),
  pattern.reviewSubmitted({
    detail: { locale: ['ja-JP'], title: [{ exists: false }] },
    account: ['111122223333'],
  }),
  pattern.reviewSubmitted({ detail: { body: [{ prefix: 'x' }, { 'anything-but': { wildcard: '*y*' } }] } }),
  pattern.paymentFailed({
    detail: { amount: { currency: ['JPY'] }, method: { type: ['card'], brand: ['visa'] } },
  }),
  pattern.moderationFlagged({ detail: { verdict: { terms: ['scam'] } } }),
  pattern.reviewSubmitted({ detail: { $or: [{ rating: [1] }, { channel: ['chat'] }] } }),
  // @ts-expect-error a member that the schema has not
  pattern.reviewSubmitted({ detail: { ratings: [1] } }),
  // @ts-expect-error a value that the schema has not
  pattern.reviewSubmitted({ detail: { locale: ['de-DE'] } }),
  // @ts-expect-error a text is no number
  pattern.reviewSubmitted({ detail: { body: [{ numeric: ['<', 2] }] } }),
  // @ts-expect-error alternatives stand in a list
  pattern.reviewSubmitted({ detail: { rating: 1 } }),
  // @ts-expect-error an operator that EventBridge has not
  pattern.reviewSubmitted({ detail: { body: [{ contains: 'x' }] } }),
  // @ts-expect-error the source is the contract's
  pattern.reviewSubmitted({ source: ['other'] }),
];

export const standard: StandardSchemaV1<ReviewSubmitted> = reviewSubmitted;
export const asSpecified: Specification<ReviewSubmitted> = reviewSubmitted;

export function guarded(value: unknown): number | undefined {
  return isReviewSubmitted(value) ? value.rating : undefined;
}
