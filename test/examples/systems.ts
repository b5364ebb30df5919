import './environment.ts';
import * as afterAnalytics from '../../examples/mangaassist/after/src/analytics.ts';
import * as afterBus from '../../examples/mangaassist/after/src/bus.ts';
import * as afterCatalogProcessor from '../../examples/mangaassist/after/src/catalog-processor.ts';
import * as afterCatalogReceiver from '../../examples/mangaassist/after/src/catalog-webhook-receiver.ts';
import * as afterChat from '../../examples/mangaassist/after/src/chat.ts';
import * as afterModel from '../../examples/mangaassist/after/src/model.ts';
import * as afterModeration from '../../examples/mangaassist/after/src/moderation.ts';
import * as afterQueue from '../../examples/mangaassist/after/src/queue.ts';
import * as afterReviewProcessor from '../../examples/mangaassist/after/src/review-processor.ts';
import * as afterReviewReceiver from '../../examples/mangaassist/after/src/review-webhook-receiver.ts';
import * as afterStripeProcessor from '../../examples/mangaassist/after/src/stripe-processor.ts';
import * as afterStripeReceiver from '../../examples/mangaassist/after/src/stripe-webhook-receiver.ts';
import * as afterSuggestion from '../../examples/mangaassist/after/src/suggestion.ts';
import * as beforeAnalytics from '../../examples/mangaassist/before/src/analytics.ts';
import * as beforeBus from '../../examples/mangaassist/before/src/bus.ts';
import * as beforeCatalogProcessor from '../../examples/mangaassist/before/src/catalog-processor.ts';
import * as beforeCatalogReceiver from '../../examples/mangaassist/before/src/catalog-webhook-receiver.ts';
import * as beforeChat from '../../examples/mangaassist/before/src/chat.ts';
import * as beforeModel from '../../examples/mangaassist/before/src/model.ts';
import * as beforeModeration from '../../examples/mangaassist/before/src/moderation.ts';
import * as beforeQueue from '../../examples/mangaassist/before/src/queue.ts';
import * as beforeReviewProcessor from '../../examples/mangaassist/before/src/review-processor.ts';
import * as beforeReviewReceiver from '../../examples/mangaassist/before/src/review-webhook-receiver.ts';
import * as beforeStripeProcessor from '../../examples/mangaassist/before/src/stripe-processor.ts';
import * as beforeStripeReceiver from '../../examples/mangaassist/before/src/stripe-webhook-receiver.ts';
import * as beforeSuggestion from '../../examples/mangaassist/before/src/suggestion.ts';

/** The real handlers of both systems, and the clients they use. */
export const before = {
  eventBridge: beforeBus.eventBridge,
  sqs: beforeQueue.sqs,
  bedrock: beforeModel.bedrock,
  moderation: beforeModeration.handler,
  suggestion: beforeSuggestion.handler,
  analytics: beforeAnalytics.handler,
  chat: beforeChat.handler,
  reviewReceiver: beforeReviewReceiver.handler,
  reviewProcessor: beforeReviewProcessor.handler,
  stripeReceiver: beforeStripeReceiver.handler,
  stripeProcessor: beforeStripeProcessor.handler,
  catalogReceiver: beforeCatalogReceiver.handler,
  catalogProcessor: beforeCatalogProcessor.handler,
};

export const after = {
  eventBridge: afterBus.eventBridge,
  sqs: afterQueue.sqs,
  bedrock: afterModel.bedrock,
  moderation: afterModeration.handler,
  suggestion: afterSuggestion.handler,
  analytics: afterAnalytics.handler,
  chat: afterChat.handler,
  reviewReceiver: afterReviewReceiver.handler,
  reviewProcessor: afterReviewProcessor.handler,
  stripeReceiver: afterStripeReceiver.handler,
  stripeProcessor: afterStripeProcessor.handler,
  catalogReceiver: afterCatalogReceiver.handler,
  catalogProcessor: afterCatalogProcessor.handler,
};

export const systems = [
  { name: 'before', system: before },
  { name: 'after', system: after },
];
