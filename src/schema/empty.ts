import { memberOf } from '../sets/ask.ts';
import { fails, holds, type Proof } from '../sets/proof.ts';
import type { CompiledSchema } from './compiled.ts';
import { type QuestionOptions, unconfirmed } from './question.ts';
import { makeReadable } from './readable.ts';
import { confirmedValid, refuse } from './witness.ts';

/** Whether no value is valid under the schema; no: with a valid one. */
export function empty(schema: CompiledSchema, options: QuestionOptions = {}): Proof {
  const answer = memberOf(schema.formula, options);
  if (answer.answer !== 'yes') return answer.answer === 'no' ? holds : answer;
  const witness =
    options.readable === false ? answer.witness : makeReadable(answer.witness, schema.formula, schema);
  if (options.recheck !== false && confirmedValid(schema, witness) !== true) {
    refuse(schema.schema, witness, 'the validator');
    return unconfirmed();
  }
  return fails(witness, 'this value is valid');
}
