import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { publish } from './bus.ts';
import type { Money, OutgoingEvent, PaymentMethod } from './events.ts';
import { startOfChain } from './metadata.ts';
import { eachMessage } from './queue.ts';

/** What we use of a Stripe charge. See docs.stripe.com/api/charges/object. */
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
          readonly brand: string;
          readonly last4: string;
          readonly wallet?: { readonly type: string };
        };
      }
    | { readonly type: 'konbini'; readonly konbini: { readonly store: { readonly chain: string } } }
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
  return eachMessage<StripeEvent>(event, async (stripeEvent, messageId) => {
    const outgoing = translate(stripeEvent, messageId);
    if (outgoing === undefined) console.info('nothing to publish for %s', stripeEvent.type);
    else await publish([outgoing]);
  });
}

/** Undefined for the events of Stripe that are of no interest here. */
function translate(event: StripeEvent, messageId: string): OutgoingEvent | undefined {
  const time = new Date(event.created * 1000).toISOString();
  switch (event.type) {
    case 'charge.succeeded':
      return {
        Source: 'mangaassist.payments',
        DetailType: 'PaymentSucceeded',
        Detail: { ...paymentOf(event.data.object, messageId), paid_at: time },
      };
    case 'charge.failed':
      return {
        Source: 'mangaassist.payments',
        DetailType: 'PaymentFailed',
        Detail: {
          ...paymentOf(event.data.object, messageId),
          failure: failureOf(event.data.object),
          failed_at: time,
        },
      };
    case 'refund.created':
      return {
        Source: 'mangaassist.payments',
        DetailType: 'RefundIssued',
        Detail: { ...startOfChain(messageId), ...refundOf(event.data.object), refunded_at: time },
      };
    default:
      return undefined;
  }
}

function paymentOf(charge: Charge, messageId: string) {
  return {
    ...startOfChain(messageId),
    payment_id: charge.payment_intent,
    order_id: charge.metadata.order_id,
    customer_id: charge.customer,
    amount: moneyOf(charge),
    method: methodOf(charge),
  };
}

function refundOf(refund: Refund) {
  const products = refund.metadata.product_ids?.split(',') ?? [];
  const known = ['requested_by_customer', 'duplicate', 'fraudulent'];
  return {
    refund_id: refund.id,
    payment_id: refund.payment_intent,
    order_id: refund.metadata.order_id,
    amount: moneyOf(refund),
    scope:
      products.length === 0
        ? ({ kind: 'full' } as const)
        : ({ kind: 'partial', product_ids: products } as const),
    reason: known.includes(refund.reason ?? '') ? refund.reason! : 'other',
  };
}

function moneyOf({ amount, currency }: { readonly amount: number; readonly currency: string }): Money {
  return { amount, currency: currency.toUpperCase() };
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

function failureOf(charge: Charge): { code: string; message?: string } {
  const codes: Readonly<Record<string, string>> = {
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
