import type { JsonValue } from '../json/value.ts';
import type { BusId } from './bus.ts';
import type { ComponentId } from './component.ts';
import type { EventType, EventTypeId } from './event-type.ts';
import type { Evidence } from './evidence.ts';

/**
 * Component C, on receiving event type A, publishes event type B.
 *
 * A missing `on` means whatever arrives; a missing `event` means any event type; a missing `bus` means some bus.
 */
export interface Emission {
  readonly component: ComponentId;
  /** The received event types that lead to it (`source@DetailType`, each part may be `*`). */
  readonly on?: readonly EventTypeId[];
  /** Published without an event having arrived: a webhook receiver, a schedule, a person. */
  readonly entry: boolean;
  readonly event?: EventType;
  readonly bus?: BusId;
  /** How many events per received event, where all of them are published. */
  readonly count: number;
  /** How likely the emission is at all, 0 to 1; 1 is the worst case and the default. */
  readonly probability: number;
  /** How often whoever sends it from outside sends the same again at most, itself included: a webhook that gets no answer. */
  readonly attempts?: number;
  /** Published only under some condition of the component's own, of which nothing is known. */
  readonly conditional?: boolean;
  readonly depth: FieldEffect<number>;
  readonly stage: FieldEffect<string>;
  /** Other fields of `detail` the component is known to fix, copy from its input, or leave out (dotted paths). */
  readonly fields?: Readonly<Record<string, FieldEffect<JsonValue>>>;
  readonly evidence: Evidence;
}

/** What a component does to a field of the event it publishes, relative to the one it received. */
export type FieldEffect<T> =
  | { readonly kind: 'increment' }
  /** What the received event holds in the same field, or in another: a dotted path below `detail`, empty for all of it. */
  | { readonly kind: 'copy'; readonly from?: string }
  | { readonly kind: 'set'; readonly value: T }
  /** The published event lacks the field. */
  | { readonly kind: 'absent' }
  /** Nothing is known: any value its schema allows. */
  | { readonly kind: 'any' };
