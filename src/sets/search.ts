import type { JsonValue } from '../json/value.ts';
import type { Budget } from './budget.ts';
import type { Formula } from './formula.ts';
import type { Cache } from './strings/cache.ts';
import type { Language } from './strings/term.ts';

/**
 * What a search for a member found. `low` is the lowest place on the path of open goals that a "no" (or an
 * "unknown") leaned on by calling a repeated goal a failure; Infinity if it stands by itself.
 */
export type Found = Member | Nothing | Undecided;

export interface Member {
  readonly answer: 'yes';
  readonly witness: JsonValue;
}
export interface Nothing {
  readonly answer: 'no';
  readonly low: number;
}
export interface Undecided {
  readonly answer: 'unknown';
  readonly low: number;
  /** The construct that was not decided. */
  readonly what: string;
}

/** What the searches for one type ask of the whole. */
export interface Search {
  readonly budget: Budget;
  /** A member of the goal, or none. Goals are remembered. */
  solve(goal: Formula): Found;
  /** Whether a language is known to have no word. */
  isEmptyLanguage(language: Language): boolean;
  /** Results for conjunctions of atoms about values of one type, by the id of the conjunction. */
  readonly conjunctions: Readonly<Record<'array' | 'object', Cache<number, Found>>>;
}

export const STANDING = Number.POSITIVE_INFINITY;
export const NOTHING: Nothing = { answer: 'no', low: STANDING };

export function found(witness: JsonValue): Member {
  return { answer: 'yes', witness };
}

export function undecided(what: string, low = STANDING): Undecided {
  return { answer: 'unknown', low, what };
}

/** The outcome of trying alternatives one after the other: no only if all were no, unknown if one was. */
export class Attempts {
  private low = STANDING;
  private what: string | undefined;

  /** Notes an alternative that did not lead to a member. */
  add(result: Nothing | Undecided): void {
    if (result.low < this.low) this.low = result.low;
    if (result.answer === 'unknown') this.what ??= result.what;
  }

  get open(): boolean {
    return this.what !== undefined;
  }

  result(): Nothing | Undecided {
    if (this.what !== undefined) return { answer: 'unknown', low: this.low, what: this.what };
    return this.low === STANDING ? NOTHING : { answer: 'no', low: this.low };
  }
}
