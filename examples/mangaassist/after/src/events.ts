import type { Metadata } from './metadata.ts';

/**
 * An event as MangaAssist publishes it: the entry of a PutEvents request, before `Detail` is turned into
 * text.
 */
export type OutgoingEvent =
  | Entry<'mangaassist.reviews', 'ReviewSubmitted', ReviewSubmitted>
  | Entry<'mangaassist.reviews', 'ModerationFlagged', ModerationFlagged>
  | Entry<'mangaassist.reviews', 'ReviewApproved', ReviewApproved>
  | Entry<'mangaassist.payments', 'PaymentSucceeded', PaymentSucceeded>
  | Entry<'mangaassist.payments', 'PaymentFailed', PaymentFailed>
  | Entry<'mangaassist.payments', 'RefundIssued', RefundIssued>
  | Entry<'mangaassist.catalog', 'CatalogItemUpdated', CatalogItemUpdated>
  | Entry<'mangaassist.catalog', 'CatalogBatchReceived', CatalogBatchReceived>
  | Entry<'mangaassist.chat', 'ChatMessageReceived', ChatMessageReceived>
  | Entry<'mangaassist.chat', 'ChatSessionEnded', ChatSessionEnded>
  | Entry<'mangaassist.ai', 'SuggestionGenerated', SuggestionGenerated>
  | Entry<'mangaassist.ai', 'AnalyticsProcessed', AnalyticsProcessed>;

interface Entry<Source extends string, DetailType extends string, Detail extends Metadata> {
  readonly Source: Source;
  readonly DetailType: DetailType;
  readonly Detail: Detail;
}

export interface ReviewSubmitted extends Metadata {
  readonly review_id: string;
  readonly product_id: string;
  readonly customer_id: string;
  readonly rating: number;
  readonly title?: string;
  readonly body: string;
  readonly locale: string;
  readonly channel: 'web' | 'app' | 'chat';
  readonly submitted_at: string;
}

export type ModerationVerdict =
  | { readonly kind: 'blocked_terms'; readonly terms: readonly string[] }
  | { readonly kind: 'spoiler'; readonly markers: number }
  | { readonly kind: 'link_spam'; readonly links: number };

export interface ModerationFlagged extends Metadata {
  readonly review_id: string;
  readonly product_id: string;
  readonly verdict: ModerationVerdict;
  readonly excerpt: string;
  readonly locale: string;
  readonly flagged_at: string;
}

export interface ReviewApproved extends Metadata {
  readonly review_id: string;
  readonly product_id: string;
  readonly rating: number;
  readonly locale: string;
  readonly approved_at: string;
}

export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export type PaymentMethod =
  | { readonly type: 'card'; readonly brand: string; readonly last4: string }
  | { readonly type: 'konbini'; readonly chain: string }
  | { readonly type: 'wallet'; readonly provider: string };

interface Payment extends Metadata {
  readonly payment_id: string;
  readonly order_id: string;
  readonly customer_id: string;
  readonly amount: Money;
  readonly method: PaymentMethod;
}

export interface PaymentSucceeded extends Payment {
  readonly paid_at: string;
}

export interface PaymentFailed extends Payment {
  readonly failure: { readonly code: string; readonly message?: string };
  readonly failed_at: string;
}

export interface RefundIssued extends Metadata {
  readonly refund_id: string;
  readonly payment_id: string;
  readonly order_id: string;
  readonly amount: Money;
  readonly scope:
    | { readonly kind: 'full' }
    | { readonly kind: 'partial'; readonly product_ids: readonly string[] };
  readonly reason: string;
  readonly refunded_at: string;
}

export interface CatalogItem {
  readonly product_id: string;
  readonly isbn: string;
  readonly title: { readonly ja: string; readonly en?: string };
  readonly volume: number | null;
  readonly price: Money;
  readonly availability: string;
  readonly change: 'created' | 'updated' | 'delisted';
  readonly attributes: Readonly<Record<string, string>>;
}

export interface CatalogItemUpdated extends Metadata, CatalogItem {
  readonly batch_id?: string;
  readonly updated_at: string;
}

export interface CatalogBatchReceived extends Metadata {
  readonly batch_id: string;
  readonly publisher_id: string;
  readonly item_count: number;
  readonly message_count: number;
  readonly promotion?: string;
  readonly received_at: string;
}

export interface ChatMessageReceived extends Metadata {
  readonly session_id: string;
  readonly message_id: string;
  readonly sender: { readonly kind: 'customer'; readonly customer_id: string } | { readonly kind: 'guest' };
  readonly text: string;
  readonly locale: string;
  readonly received_at: string;
}

export interface ChatSessionEnded extends Metadata {
  readonly session_id: string;
  readonly reason: 'closed' | 'going_away' | 'connection_lost';
  readonly duration_seconds: number;
  readonly ended_at: string;
}

export interface EventReference {
  readonly event_id: string;
  readonly source: string;
  readonly detail_type: string;
}

export interface ModelUsage {
  readonly model_id: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
}

export interface SuggestionGenerated extends Metadata {
  readonly suggestion_id: string;
  readonly about: EventReference;
  readonly text: string;
  readonly model: ModelUsage;
  readonly generated_at: string;
}

export interface AnalyticsProcessed extends Metadata {
  readonly analytics_id: string;
  readonly about: EventReference;
  readonly labels: { readonly topic: string; readonly sentiment: string };
  readonly metrics: Readonly<Record<string, number>>;
  readonly model: ModelUsage;
  readonly processed_at: string;
}
