import type { JsonValue } from '../json/value.ts';
import type { CompiledPattern } from '../pattern/compile.ts';
import { memberOf } from '../sets/ask.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { not } from '../sets/not.ts';
import { fails, holds, type Proof } from '../sets/proof.ts';
import type { CompiledSchema } from './compiled.ts';
import { differingKeyword } from './differing.ts';
import { matchesAgain, type QuestionOptions, unconfirmed } from './question.ts';
import { makeReadable } from './readable.ts';
import { confirmedValid, refuse } from './witness.ts';

/** Whether every value valid under `sub` is valid under `sup`; no: with one that is not. */
export function includes(sub: CompiledSchema, sup: CompiledSchema, options: QuestionOptions = {}): Proof {
  return every(
    sub,
    sup.formula,
    options,
    (value) => confirmedValid(sup, value),
    (value) => {
      const { text, ...rest } = differingKeyword(sup, value);
      return fails(value, text, rest);
    },
  );
}

/** Whether every event valid under the schema matches the pattern. */
export function alwaysMatches(
  schema: CompiledSchema,
  { pattern, formula }: CompiledPattern,
  options: QuestionOptions = {},
): Proof {
  return every(
    schema,
    formula,
    options,
    (value) => matchesAgain(pattern, value),
    (value) => fails(value, 'this event is valid and does not match'),
  );
}

function every(
  sub: CompiledSchema,
  whole: Formula,
  options: QuestionOptions,
  inWhole: (value: JsonValue) => boolean | undefined,
  failing: (value: JsonValue) => Proof,
): Proof {
  const difference = and(sub.formula, not(whole));
  const answer = memberOf(difference, options);
  if (answer.answer !== 'yes') return answer.answer === 'no' ? holds : answer;
  const witness = options.readable === false ? answer.witness : makeReadable(answer.witness, difference, sub);
  if (options.recheck !== false && (confirmedValid(sub, witness) !== true || inWhole(witness) !== false)) {
    refuse(sub.schema, witness, 'a judge of the difference');
    return unconfirmed();
  }
  return failing(witness);
}
