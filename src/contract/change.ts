import type { JsonValue } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import type { Reason } from '../sets/verdict.ts';
import type { Expectation } from './expectation.ts';

/**
 * Who must not break. backward: consumers written for the old version, which are given new events (new ⊆ old).
 * forward: what is written for the new version and is given old events (old ⊆ new): replays of an archive, stored
 * events, a consumer that was deployed before the publisher.
 */
export type Direction = 'backward' | 'forward';

export const modes = ['backward', 'forward', 'full'] as const;

/** What a comparison is about: one direction, or both. */
export type Mode = (typeof modes)[number];

export function directionsOf(mode: Mode): readonly Direction[] {
  return mode === 'full' ? ['backward', 'forward'] : [mode];
}

/** What became of an event type between two versions. */
export type Change =
  | { readonly kind: 'unchanged' | 'emptied'; readonly before: Contract; readonly after: Contract }
  | { readonly kind: 'added'; readonly after: Contract }
  | { readonly kind: 'removed'; readonly before: Contract }
  /** Gone, while another event type appeared whose details are the same set. */
  | { readonly kind: 'renamed'; readonly before: Contract; readonly after: Contract }
  | {
      readonly kind: 'changed';
      readonly before: Contract;
      readonly after: Contract;
      /** One for each direction of the mode. */
      readonly answers: readonly Answer[];
      /** If consumers say what they read, what counts instead: one for each consumer and direction. */
      readonly readers?: readonly ReaderAnswer[];
    };

/** Whether a consumer can read the events of a version, as far as it says what it reads. */
export interface ReaderAnswer {
  readonly expectation: Expectation;
  /** backward: the new events; forward: the old ones. */
  readonly answer: Answer;
  /** Whether it could read all events of the old version: if not, the change did not break it. */
  readonly before: 'yes' | 'no' | 'unknown';
}

export type Answer =
  | { readonly direction: Direction; readonly verdict: 'compatible' }
  | { readonly direction: Direction; readonly verdict: 'broken'; readonly break: Break }
  | { readonly direction: Direction; readonly verdict: 'unknown'; readonly reason: Reason };

/** A whole event that is valid under one version and not under the other, and where they part. */
export interface Break {
  readonly event: JsonValue;
  /** The steps from the event to the value that is refused. */
  readonly at: readonly (string | number)[];
  /** The keyword that refuses it, the schema it stands in, and where that is in the refusing contract's schema. */
  readonly keyword: string;
  readonly schema: JsonValue;
  readonly tokens: readonly string[];
  /** The same in a sentence. */
  readonly text: string;
}

export function eventTypeOf(change: Change): string {
  return change.kind === 'added' ? change.after.id : change.before.id;
}

/** One word for what became of an event type: the worst of its answers. */
export type Fate = 'unchanged' | 'compatible' | 'added' | 'removed' | 'renamed' | 'broken' | 'unknown';

export function fateOf(change: Change): Fate {
  if (change.kind === 'emptied') return 'removed';
  if (change.kind !== 'changed') return change.kind;
  const counting = change.readers?.filter(({ before }) => before !== 'no').map(({ answer }) => answer);
  const verdicts = (counting ?? change.answers).map(({ verdict }) => verdict);
  return verdicts.includes('broken') ? 'broken' : verdicts.includes('unknown') ? 'unknown' : 'compatible';
}
