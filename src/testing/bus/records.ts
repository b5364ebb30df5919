import type { JsonObject, JsonValue } from '../../json/value.ts';
import type { BusId } from '../../model/bus.ts';
import type { EventTypeId } from '../../model/event-type.ts';

/** An event that came to a bus. */
export interface BusEvent {
  readonly bus: BusId;
  readonly event: JsonObject;
  /** `source@DetailType` */
  readonly type: EventTypeId;
  /** How it came: published by somebody, forwarded from another bus, or delivered once more by a replay. */
  readonly by: 'publisher' | 'rule' | 'replay';
  /** The component that published it; undefined for the test itself. */
  readonly publisher?: string;
  /** The event that led to it; undefined for the test's own. */
  readonly cause?: BusEvent;
  /** Virtual time, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * One attempt to hand an event to a target. delivered: it took it. failed: it threw, and will be tried again.
 * dead-letter: it was given up on and went to a queue. dropped: it was given up on and is gone. hop-limit: a Classic
 * rule does not forward an event that a rule forwarded before.
 */
export interface Delivery {
  readonly rule: string;
  /** The component or bus. */
  readonly to: string;
  readonly event: BusEvent;
  /** What the target was given. */
  readonly input: JsonValue;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'failed' | 'dead-letter' | 'dropped' | 'hop-limit';
  readonly error?: unknown;
  readonly at: number;
}

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  /** Why it is there, for dead letters. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly receives: number;
  /** The event it holds, or came from. */
  readonly event: BusEvent;
}

/** What came of letting everything happen. */
export interface Settled {
  /** Events that came to a bus meanwhile. */
  readonly events: number;
  /** Whether it was stopped, since there was no end to them. */
  readonly endless: boolean;
}

/** Thrown when events go on being published beyond the limit: most likely a loop. */
export class EndlessEventsError extends Error {
  override readonly name = 'EndlessEventsError';
  /** The last events, the newest last. */
  readonly last: readonly BusEvent[];

  constructor(limit: number, last: readonly BusEvent[]) {
    const types = last.map(
      ({ type, publisher }) => `${type}${publisher === undefined ? '' : ` by ${publisher}`}`,
    );
    super(`more than ${limit} events, and no end: the last are ${types.join(', ')}`);
    this.last = last;
  }
}
