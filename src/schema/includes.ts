import type { JsonValue } from '../json/value.ts';
import type { CompiledPattern } from '../pattern/compile.ts';
import { memberOf } from '../sets/ask.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { not } from '../sets/not.ts';
import { fails, holds, type Proof } from '../sets/proof.ts';
import { unknown } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';
import { differingKeyword } from './differing.ts';
import { makeReadable } from './readable.ts';
import { matchesAgain, type QuestionOptions } from './satisfiable.ts';
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

function unconfirmed() {
  return unknown('a value was found, but an independent judge did not confirm it');
}
