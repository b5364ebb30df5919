import type { JsonValue } from '../json/value.ts';
import { Budget, OutOfBudget } from './budget.ts';
import type { Formula } from './formula.ts';
import type { Found } from './search.ts';
import { Solver } from './solver.ts';
import { type Unknown, unknown } from './verdict.ts';

/** Steps a question may take if nothing else is said: a second or so for the hardest, a millisecond for most. */
export const QUESTION_STEPS = 40_000;

export interface AskOptions {
  /** The budget, in steps. */
  readonly steps?: number | undefined;
  /** Remembers what it found out; one for all questions of the process if not given. */
  readonly solver?: Solver | undefined;
}

export type Answer =
  | { readonly answer: 'yes'; readonly witness: JsonValue }
  | { readonly answer: 'no' }
  | Unknown;

const common = new Solver();

/** Whether a set has a member, and one. Never throws for hard questions: they are answered "unknown". */
export function memberOf(formula: Formula, options: AskOptions = {}): Answer {
  return answered(options, (solver, budget) => solver.ask(formula, budget));
}

/**
 * Whether two sets have a common member, and one. The same answer as for their conjunction; much is remembered of the
 * first for other questions, and little is done for what the second does not speak about.
 */
export function memberWithin(base: Formula, more: Formula, options: AskOptions = {}): Answer {
  return answered(options, (solver, budget) => solver.askWithin(base, more, budget));
}

function answered(
  { steps = QUESTION_STEPS, solver = common }: AskOptions,
  ask: (solver: Solver, budget: Budget) => Found,
): Answer {
  try {
    const found = ask(solver, new Budget(steps));
    if (found.answer === 'yes') return found;
    return found.answer === 'no' ? { answer: 'no' } : unknown(`not decided: ${found.what}`);
  } catch (error) {
    if (error instanceof OutOfBudget) return unknown(`too costly to decide: ${error.what}`);
    // The stack is the one resource that cannot be counted beforehand.
    if (error instanceof RangeError) return unknown('too costly to decide: a very deep nesting');
    throw error;
  }
}
