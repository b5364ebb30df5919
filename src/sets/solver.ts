import type { JsonValue } from '../json/value.ts';
import { solveByBranches } from './branch.ts';
import { Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { FALSE, type Formula } from './formula.ts';
import { restrict } from './restrict.ts';
import { Attempts, type Found, found, NOTHING, type Search, STANDING, undecided } from './search.ts';
import { solveArray } from './solve-array.ts';
import { solveObject } from './solve-object.ts';
import { solveBoolean, solveNull, solveNumber, solveString } from './solve-scalar.ts';
import { Cache } from './strings/cache.ts';
import { isEmpty } from './strings/questions.ts';
import type { Language } from './strings/term.ts';
import { withPart } from './strings-of.ts';
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, type TypeBit } from './types.ts';
import { Within } from './within.ts';

/** In the order they are tried: what reads best in a witness comes first. */
const TYPES: readonly TypeBit[] = [STRING, NUMBER, BOOLEAN, NULL, OBJECT, ARRAY];

/** Goals inside goals, before the answer is "unknown". */
const MAX_DEPTH = 350;

/**
 * Decides whether a formula has a member. Remembers goals across questions, so one solver should answer all that
 * share formulas; the budget is a question's own.
 *
 * Recursion is decided, not cut off: a goal that stands on the path of open goals already counts as failed there,
 * for a smallest member never contains a smaller member of the same goal. A "no" that leaned on such a goal is
 * kept only once that goal itself is done.
 */
export class Solver implements Search {
  private readonly goals = new Cache<number, Found>(15_000);
  private readonly path = new Map<number, number>();
  readonly conjunctions = {
    array: new Cache<number, Found>(5_000),
    object: new Cache<number, Found>(8_000),
  };
  private readonly within = new Within(this);
  budget = new Budget(0);

  /** A member of the formula, none, or why that is not known. Throws OutOfBudget. */
  ask(formula: Formula, budget: Budget): Found {
    this.budget = budget;
    this.path.clear();
    return this.solve(formula);
  }

  /** A member of both: quick where the second asks for little of what the first says. Throws OutOfBudget. */
  askWithin(base: Formula, more: Formula, budget: Budget): Found {
    this.budget = budget;
    this.path.clear();
    return this.within.solve(base, more);
  }

  solve(goal: Formula): Found {
    if (goal === FALSE) return NOTHING;
    const known = this.goals.get(goal.id);
    if (known) return known;
    const open = this.path.get(goal.id);
    if (open !== undefined) return { answer: 'no', low: open };
    const depth = this.path.size;
    if (depth >= MAX_DEPTH) return undecided('a nesting that is very deep', 0);
    this.budget.spend('the number of goals');
    this.path.set(goal.id, depth);
    const result = this.solveTypes(goal);
    this.path.delete(goal.id);
    if (result.answer === 'yes') {
      this.goals.set(goal.id, result);
      return result;
    }
    if (result.low < depth) return result;
    const standing: Found = result.answer === 'no' ? NOTHING : { ...result, low: STANDING };
    this.goals.set(goal.id, standing);
    return standing;
  }

  isEmptyLanguage(language: Language): boolean {
    return withPart(this.budget, (part) => isEmpty(language, part)) === true;
  }

  private solveTypes(goal: Formula): Found {
    const listed = this.solveListed(goal);
    if (listed) return listed;
    const attempts = new Attempts();
    for (const type of TYPES) {
      const left = restrict(goal, type);
      if (left === FALSE) continue;
      const result = this.solveType(left, type);
      if (result.answer === 'yes') return result;
      attempts.add(result);
    }
    return attempts.result();
  }

  /** Where all members are listed, each is tested; undefined where they are not, or where some test is open. */
  private solveListed(goal: Formula): Found | undefined {
    const parts = goal.kind === 'and' ? goal.parts : [goal];
    const list = parts.find((part) => part.kind === 'values' && !part.negated);
    if (list?.kind !== 'values') return undefined;
    this.budget.spend('the listed values', 1 + (list.values.length >> 5));
    let open = false;
    for (const value of list.values) {
      if (!isUnicode(value)) continue;
      const is = evaluate(goal, value);
      if (is) return found(value);
      open ||= is === undefined;
    }
    return open ? undefined : NOTHING;
  }

  private solveType(goal: Formula, type: TypeBit): Found {
    switch (type) {
      case STRING:
        return solveString(goal, this);
      case NUMBER:
        return solveNumber(goal, this);
      case BOOLEAN:
        return solveBoolean(goal);
      case NULL:
        return solveNull(goal);
      case ARRAY:
        return solveByBranches(goal, 'array', solveArray, this);
      default:
        return solveByBranches(goal, 'object', solveObject, this);
    }
  }
}

/** Whether a value, if it is a string, has a UTF-8 form: lone halves of characters have none. */
function isUnicode(value: JsonValue): boolean {
  return typeof value !== 'string' || !/\p{Surrogate}/u.test(value);
}
