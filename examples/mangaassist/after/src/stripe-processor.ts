import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as publish from '../../../../generated/publish.ts';
import type { Money, PaymentFailed, PaymentMethod } from '../../../../generated/types.ts';
import { eachMessage } from './queue.ts';
import './bus.ts';

type Failure = PaymentFailed['failure'];
type Card = Extract<PaymentMethod, { readonly type: 'card' }>;
type Konbini = Extract<PaymentMethod, { readonly type: 'konbini' }>;
type Wallet = Extract<PaymentMethod, { readonly type: 'wallet' }>;

/**
 * What we use of a Stripe charge; whether its values are among ours is for the schema to say, when it is published.
 * See docs.stripe.com/api/charges/object.
 */
interface Charge {
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly customer: string;
  readonly metadata: { readonly order_id: string };
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly payment_method_details:
    | {
        readonly type: 'card';
        readonly card: {
          readonly brand: Card['brand'];
          readonly last4: string;
          readonly wallet?: { readonly type: Wallet['provider'] };
        };
      }
    | { readonly type: 'konbini'; readonly konbini: { readonly store: { readonly chain: Konbini['chain'] } } }
    | { readonly type: 'paypay' };
}

/** What we use of a Stripe refund; `product_ids`, separated by commas, is ours and says it is for a part. */
interface Refund {
  readonly id: string;
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string | null;
  readonly metadata: { readonly order_id: string; readonly product_ids?: string };
}

type StripeEvent = { readonly created: number } & (
  | { readonly type: 'charge.succeeded' | 'charge.failed'; readonly data: { readonly object: Charge } }
  | { readonly type: 'refund.created'; readonly data: { readonly object: Refund } }
);

export function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return eachMessage<StripeEvent>(event, translate);
}

/** Publishes what a Stripe event means; those of no interest here are only noted. The message's id goes with the chain. */
async function translate(event: StripeEvent, correlationId: string): Promise<void> {
  const time = new Date(event.created * 1000).toISOString();
  switch (event.type) {
    case 'charge.succeeded':
      await publish.paymentSucceeded({ ...paymentOf(event.data.object), paid_at: time }, { correlationId });
      break;
    case 'charge.failed': {
      const failure = failureOf(event.data.object);
      await publish.paymentFailed(
        { ...paymentOf(event.data.object), failure, failed_at: time },
        { correlationId },
      );
      break;
    }
    case 'refund.created':
      await publish.refundIssued({ ...refundOf(event.data.object), refunded_at: time }, { correlationId });
      break;
    default:
      console.info('nothing to publish for %s', (event as { readonly type: string }).type);
  }
}

function paymentOf(charge: Charge) {
  return {
    payment_id: charge.payment_intent,
    order_id: charge.metadata.order_id,
    customer_id: charge.customer,
    amount: moneyOf(charge),
    method: methodOf(charge),
  };
}

const reasons = ['requested_by_customer', 'duplicate', 'fraudulent'] as const;

function refundOf(refund: Refund) {
  const products = refund.metadata.product_ids?.split(',') ?? [];
  return {
    refund_id: refund.id,
    payment_id: refund.payment_intent,
    order_id: refund.metadata.order_id,
    amount: moneyOf(refund),
    scope:
      products.length === 0
        ? ({ kind: 'full' } as const)
        : ({ kind: 'partial', product_ids: products } as const),
    reason: reasons.find((known) => known === refund.reason) ?? ('other' as const),
  };
}

function moneyOf({ amount, currency }: { readonly amount: number; readonly currency: string }): Money {
  return { amount, currency: currency.toUpperCase() as Money['currency'] };
}

function methodOf({ payment_method_details: details }: Charge): PaymentMethod {
  switch (details.type) {
    case 'card': {
      const { brand, last4, wallet } = details.card;
      return wallet ? { type: 'wallet', provider: wallet.type } : { type: 'card', brand, last4 };
    }
    case 'konbini':
      return { type: 'konbini', chain: details.konbini.store.chain };
    case 'paypay':
      return { type: 'wallet', provider: 'paypay' };
  }
}

function failureOf(charge: Charge): Failure {
  const codes: Readonly<Record<string, Failure['code']>> = {
    card_declined: 'card_declined',
    insufficient_funds: 'insufficient_funds',
    expired_card: 'expired',
    payment_intent_payment_attempt_expired: 'expired',
    authentication_required: 'authentication_required',
  };
  return {
    code: codes[charge.failure_code ?? ''] ?? 'processing_error',
    ...(charge.failure_message ? { message: charge.failure_message.slice(0, 500) } : {}),
  };
}
