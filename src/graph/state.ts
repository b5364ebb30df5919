import type { JsonValue } from '../json/value.ts';
import type { BusId } from '../model/bus.ts';
import type { FieldEffect } from '../model/emission.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';

/**
 * What is known of one field of an event: its value, that it is missing, that it is none of the values anybody
 * speaks of (`other`), or nothing (`any`).
 */
export type Known<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent' | 'other' | 'any' };

/** Whether a rule brought it to this bus: from a Classic bus, over a V2 bus, or not at all. */
export type Forwarded = 'never' | 'once' | 'over-v2';

/** What the analysis tells events apart by. */
export interface StateParts {
  readonly bus: BusId;
  /** Undefined: some event type, nobody says which. */
  readonly type: EventType | undefined;
  /** The tracked fields (tracked.ts), in their order. */
  readonly fields: readonly Known<JsonValue>[];
  readonly depth: Known<number>;
  readonly forwarded: Forwarded;
  /** Rules that forwarded it and tested what is not tracked: it is the same event that they took. */
  readonly passed?: readonly Route[];
}

/** An event somewhere on its way, as far as the analysis tells events apart. States of equal parts have equal keys. */
export class EventState implements StateParts {
  readonly bus: BusId;
  readonly type: EventType | undefined;
  readonly fields: readonly Known<JsonValue>[];
  readonly depth: Known<number>;
  readonly forwarded: Forwarded;
  readonly passed: readonly Route[];
  /** The event type as text; `*` for some event. */
  readonly typeId: string;
  /** The key of its node in the event-flow graph. */
  readonly node: string;
  /** What is known of its fields and its depth, as text. */
  readonly known: string;
  readonly key: string;

  constructor({ bus, type, fields, depth, forwarded, passed = [] }: StateParts) {
    this.bus = bus;
    this.type = type;
    this.fields = fields;
    this.depth = depth;
    this.forwarded = forwarded;
    this.passed = passed;
    this.typeId = type ? printEventType(type) : '*';
    this.node = `${bus}|${this.typeId}`;
    let known = printKnown(depth);
    for (const field of fields) known += `,${printKnown(field)}`;
    this.known = known;
    let key = `${this.node}|${known}|${forwarded}`;
    for (const { id } of passed) key += `|${id}`;
    this.key = key;
  }
}

export const anything = { kind: 'any' } as const;

export function value<T>(known: T): Known<T> {
  return { kind: 'value', value: known };
}

/** Equal states have equal keys. */
export function stateKey({ key }: EventState): string {
  return key;
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
 * The depth of the published event. Depths at or above `ceiling` that are `period` apart are one and the same to every
 * guard, filter and schema, so that counting stops there and the number of states stays finite. A missing depth counts as
 * 0 (runbook, layer 3).
 */
export function applyDepth(
  effect: FieldEffect<number>,
  received: Known<number>,
  ceiling: number,
  period = 1,
): Known<number> {
  if (effect.kind !== 'increment') return applyEffect(effect, received);
  const depth = received.kind === 'absent' ? 0 : received.kind === 'value' ? received.value : undefined;
  if (depth === undefined) return anything;
  return value(depth + 1 < ceiling + period ? depth + 1 : Math.max(ceiling, depth + 1 - period));
}
