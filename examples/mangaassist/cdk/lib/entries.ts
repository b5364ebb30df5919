import { CfnOutput } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { Chat } from './chat.ts';
import { Webhook } from './webhook.ts';

export interface EntriesProps {
  readonly system: 'before' | 'after';
  readonly bus: EventBus;
}

/** Where MangaAssist's events come in: three webhooks and the chat. */
export class Entries extends Construct {
  constructor(scope: Construct, id: string, { system, bus }: EntriesProps) {
    super(scope, id);
    const review = new Webhook(this, 'ReviewWebhook', {
      system,
      bus,
      sender: 'review',
      source: 'mangaassist.reviews',
      events: [{ name: 'ReviewSubmitted' }],
    });
    const stripe = new Webhook(this, 'StripeWebhook', {
      system,
      bus,
      sender: 'stripe',
      source: 'mangaassist.payments',
      events: [{ name: 'PaymentSucceeded' }, { name: 'PaymentFailed' }, { name: 'RefundIssued' }],
      receivers: 20,
      processors: 30,
    });
    const catalog = new Webhook(this, 'CatalogWebhook', {
      system,
      bus,
      sender: 'catalog',
      source: 'mangaassist.catalog',
      // A message has ten items.
      events: [{ name: 'CatalogBatchReceived' }, { name: 'CatalogItemUpdated', count: 10 }],
      batchSize: 1,
    });
    const chat = new Chat(this, 'Chat', { system, bus });

    new CfnOutput(this, 'ReviewWebhookUrl', { value: review.url });
    new CfnOutput(this, 'StripeWebhookUrl', { value: stripe.url });
    new CfnOutput(this, 'CatalogWebhookUrl', { value: catalog.url });
    new CfnOutput(this, 'ChatUrl', { value: chat.url });
  }
}
