import { randomUUID } from 'node:crypto';
import type { ReviewSubmitted } from '../../generated/types.ts';
import type { EventEnvelope } from '../../src/runtime/index.ts';

export const correlation_id = '5d4b3a2c-1f0e-4d9c-8b7a-6f5e4d3c2b1a';

export const review: ReviewSubmitted = {
  processing_stage: 'raw',
  _chain_depth: 0,
  correlation_id,
  review_id: 'rev_8Kq2mZ01xY',
  product_id: 'man_frieren12',
  customer_id: 'cus_Nh3kQ9fW2a',
  rating: 2,
  body: '静かで美しい巻',
  locale: 'ja-JP',
  channel: 'web',
  submitted_at: '2026-05-03T09:14:22+09:00',
};

/** What ReviewApproved says beside the chain. */
export const approval = {
  review_id: review.review_id,
  product_id: review.product_id,
  rating: 2,
  locale: 'ja-JP',
  approved_at: '2026-05-03T00:14:23Z',
} as const;

/** A ReviewSubmitted as the bus delivers it, with whatever is to be different. */
export function submitted(
  detail: Readonly<Record<string, unknown>> = {},
  envelope: Readonly<Record<string, unknown>> = {},
): EventEnvelope {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'ReviewSubmitted',
    source: 'mangaassist.reviews',
    account: '123456789012',
    time: '2026-05-03T00:14:23Z',
    region: 'ap-northeast-1',
    resources: [],
    detail: { ...review, ...detail },
    ...envelope,
  };
}
