import type { JsonValue } from '../json/value.ts';
import type { Reason, Unknown } from './verdict.ts';

/** The answer to "does this hold of every value": yes, no with a value of which it does not hold, or unknown. */
export type Proof = Holds | Fails | Unknown;

export interface Holds {
  readonly answer: 'yes';
}

export interface Fails {
  readonly answer: 'no';
  /** A value that shows it, checked again by independent judges. */
  readonly counterexample: JsonValue;
  readonly reason: Reason;
}

export const holds: Holds = { answer: 'yes' };

export function fails(counterexample: JsonValue, text: string, rest: Omit<Reason, 'text'> = {}): Fails {
  return { answer: 'no', counterexample, reason: { text, ...rest } };
}
