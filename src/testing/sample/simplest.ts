import type { JsonValue } from '../../json/value.ts';
import { memberOf } from '../../sets/ask.ts';
import type { Formula } from '../../sets/formula.ts';

/** Steps that a question to the algebra may cost while a value is made up. */
const STEPS = 6_000;

/** The algebra's own member, the simplest; undefined if there is none, or none was found. */
export function simplest(goal: Formula): JsonValue | undefined {
  const answer = memberOf(goal, { steps: STEPS });
  return answer.answer === 'yes' ? answer.witness : undefined;
}

/** Whether a set is known to have no member. */
export function surelyEmpty(goal: Formula): boolean {
  return memberOf(goal, { steps: STEPS }).answer === 'no';
}
