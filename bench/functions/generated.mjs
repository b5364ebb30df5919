import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { reviewSubmitted } from '../../generated/components/moderationFunction.ts';
import * as publish from '../../generated/publish.ts';
import { connect } from '../../src/runtime/index.ts';

connect({ client: new EventBridgeClient({}), bus: 'main' });

export const handler = reviewSubmitted(async (event, { publish }) => {
  const { review_id, product_id, rating, locale } = event.detail;
  const approved_at = new Date().toISOString();
  await publish.reviewApproved({ review_id, product_id, rating, locale, approved_at });
});

export const submit = (detail) => publish.reviewSubmitted(detail);
