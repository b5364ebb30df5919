import type { Issue } from './validation.ts';

/**
 * Why a consumer did not handle an event. The first three are what the guards are for: the event is done with. The
 * others are faults of whoever published or routed the event.
 */
export type Rejection =
  | {
      readonly status: 'rejected';
      readonly reason: 'max_chain_depth';
      readonly depth: number;
      readonly max: number;
    }
  | { readonly status: 'rejected'; readonly reason: 'forged_chain_depth'; readonly depth: unknown }
  | { readonly status: 'rejected'; readonly reason: 'replay'; readonly replay: string }
  | { readonly status: 'rejected'; readonly reason: 'missing_chain_depth' }
  | { readonly status: 'rejected'; readonly reason: 'unknown_envelope'; readonly problem: string }
  | {
      readonly status: 'rejected';
      readonly reason: 'other_event';
      readonly expected: string;
      readonly received: string;
    }
  | { readonly status: 'rejected'; readonly reason: 'invalid_detail'; readonly issues: readonly Issue[] };

const GUARDS: ReadonlySet<Rejection['reason']> = new Set(['max_chain_depth', 'forged_chain_depth', 'replay']);

/** Whether a rejection is a fault that somebody has to look at, and not a guard that did its work. */
export function isFault({ reason }: Rejection): boolean {
  return !GUARDS.has(reason);
}

/** Thrown for a fault, so that the event goes the way of all failures: retries, then the dead-letter queue. */
export class EventRejectedError extends Error {
  override readonly name = 'EventRejectedError';
  readonly rejection: Rejection;

  constructor(rejection: Rejection) {
    super(`event rejected: ${sentence(rejection)}`);
    this.rejection = rejection;
  }
}

export function sentence(rejection: Rejection): string {
  switch (rejection.reason) {
    case 'max_chain_depth':
      return `chain depth ${rejection.depth} reached the maximum ${rejection.max}`;
    case 'forged_chain_depth':
      return `the chain depth is ${JSON.stringify(rejection.depth)}, which no publisher writes`;
    case 'missing_chain_depth':
      return 'the chain depth is missing';
    case 'replay':
      return `delivered again by the replay "${rejection.replay}"`;
    case 'unknown_envelope':
      return `not an EventBridge event: ${rejection.problem}`;
    case 'other_event':
      return `${rejection.received} came where ${rejection.expected} is expected`;
    case 'invalid_detail':
      return rejection.issues.map(({ message }) => message).join('; ');
  }
}
