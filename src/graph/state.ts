import type { JsonValue } from '../json/value.ts';
import type { BusId } from '../model/bus.ts';
import type { FieldEffect } from '../model/emission.ts';
import { type EventType, printEventType } from '../model/event-type.ts';

/**
 * What is known of one field of an event: its value, that it is missing, that it is none of the values anybody
 * speaks of (`other`), or nothing (`any`).
 */
export type Known<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' | 'other' | 'any' };

/** An event somewhere on its way, as far as the analysis tells events apart. */
export interface EventState {
  readonly bus: BusId;
  /** Undefined: some event type, nobody says which. */
  readonly type: EventType | undefined;
  /** The tracked fields (tracked.ts), in their order. */
  readonly fields: readonly Known<JsonValue>[];
  readonly depth: Known<number>;
  /** A rule already forwarded it to this bus: a Classic bus takes no second forward (UG eb-bus-to-bus). */
  readonly forwarded: boolean;
}

export const anything = { kind: 'any' } as const;

export function value<T>(known: T): Known<T> {
  return { kind: 'value', value: known };
}

const keys = new WeakMap<EventState, string>();

/** Equal states have equal keys. Made once for each state object: the analysis asks for it over and over. */
export function stateKey(state: EventState): string {
  const known = keys.get(state);
  if (known !== undefined) return known;
  const key = keyOf(state);
  keys.set(state, key);
  return key;
}

function keyOf({ bus, type, fields, depth, forwarded }: EventState): string {
  const name = type ? printEventType(type) : '*';
  return `${bus}|${name}|${fields.map(printKnown).join(',')}|${printKnown(depth)}|${forwarded}`;
}

export function printKnown(known: Known<JsonValue>): string {
  return known.kind === 'value' ? JSON.stringify(known.value) : known.kind;
}

/** The field of the published event, from the field of the received one. */
export function applyEffect<T>(effect: FieldEffect<T>, received: Known<T>): Known<T> {
  switch (effect.kind) {
    case 'set':
      return value(effect.value);
    case 'absent':
      return { kind: 'absent' };
    case 'copy':
      return received;
    case 'increment':
    case 'any':
      return anything;
  }
}

/**
 * The depth of the published event. Depths at or above `ceiling` are one and the same to every guard and filter,
 * so that counting stops there and the number of states stays finite. A missing depth counts as 0 (runbook, layer 3).
 */
export function applyDepth(
  effect: FieldEffect<number>,
  received: Known<number>,
  ceiling: number,
): Known<number> {
  if (effect.kind !== 'increment') return applyEffect(effect, received);
  if (received.kind === 'absent') return value(Math.min(1, ceiling));
  return received.kind === 'value' ? value(Math.min(received.value + 1, ceiling)) : anything;
}
