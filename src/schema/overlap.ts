import type { CompiledPattern } from '../pattern/compile.ts';
import { type AskOptions, memberOf } from '../sets/ask.ts';
import { TRUE } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { not } from '../sets/not.ts';
import { fails, holds, type Proof } from '../sets/proof.ts';
import { no } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';
import { matchesAgain, type QuestionOptions, unconfirmed } from './question.ts';
import type { Satisfiable } from './satisfiable.ts';
import { confirmedValid, refuse } from './witness.ts';

/** Whether some event (valid under the schema, if one is given) matches both patterns. */
export function overlap(
  a: CompiledPattern,
  b: CompiledPattern,
  schema?: CompiledSchema,
  options: QuestionOptions = {},
): Satisfiable {
  const answer = memberOf(and(schema?.formula ?? TRUE, a.formula, b.formula), options);
  if (answer.answer === 'no') return no('no event matches both patterns');
  if (answer.answer === 'unknown') return answer;
  const { witness } = answer;
  if (options.recheck === false) return answer;
  const both = matchesAgain(a.pattern, witness) === true && matchesAgain(b.pattern, witness) === true;
  if (both && (!schema || confirmedValid(schema, witness) === true)) return answer;
  refuse(schema?.schema ?? true, witness, 'a judge of the overlap');
  return unconfirmed();
}

/** Whether every event that `narrow` matches is one that `wide` matches. */
export function subsumes(wide: CompiledPattern, narrow: CompiledPattern, options: AskOptions = {}): Proof {
  const answer = memberOf(and(narrow.formula, not(wide.formula)), options);
  if (answer.answer !== 'yes') return answer.answer === 'no' ? holds : answer;
  const { witness } = answer;
  if (matchesAgain(narrow.pattern, witness) === true && matchesAgain(wide.pattern, witness) === false) {
    return fails(witness, 'this event matches the second pattern and not the first');
  }
  refuse(true, witness, 'the matcher');
  return unconfirmed();
}
