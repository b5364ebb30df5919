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
  /** Steps left for several questions together: each takes from it what it spent, and no more than is left. */
  readonly purse?: { left: number } | undefined;
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

/** Values with more parts than this are not written out. */
const MOST_PARTS = 200_000;

/** Whether a value is small enough to be written. Parts of it may be shared: it can be far larger than its memory. */
function isWritable(value: JsonValue): boolean {
  const sizes = new Map<JsonValue, number>();
  const sizeOf = (part: JsonValue): number => {
    if (typeof part !== 'object' || part === null) return 1;
    const known = sizes.get(part);
    if (known !== undefined) return known;
    let size = 1;
    for (const inner of Array.isArray(part) ? part : Object.values(part)) size += sizeOf(inner);
    sizes.set(part, size);
    return size;
  };
  return sizeOf(value) <= MOST_PARTS;
}

function answered(
  { steps = QUESTION_STEPS, purse, solver = common }: AskOptions,
  ask: (solver: Solver, budget: Budget) => Found,
): Answer {
  const budget = new Budget(Math.min(steps, Math.max(0, purse?.left ?? steps)));
  try {
    const found = ask(solver, budget);
    if (found.answer === 'yes') {
      return isWritable(found.witness) ? found : unknown('too costly to decide: a very large smallest value');
    }
    return found.answer === 'no' ? { answer: 'no' } : unknown(`not decided: ${found.what}`);
  } catch (error) {
    if (error instanceof OutOfBudget) return unknown(`too costly to decide: ${error.what}`);
    // The stack is the one resource that cannot be counted beforehand.
    if (error instanceof RangeError) return unknown('too costly to decide: a very deep nesting');
    throw error;
  } finally {
    if (purse) purse.left -= budget.spent;
  }
}
