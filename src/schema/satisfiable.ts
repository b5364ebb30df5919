import type { JsonValue } from '../json/value.ts';
import type { CompiledPattern } from '../pattern/compile.ts';
import { memberWithin } from '../sets/ask.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import type { No, Reason, Unknown } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';
import { declaredKeys, hasUndeclaredDots } from './declared-keys.ts';
import { empty } from './empty.ts';
import { explainEmptiness } from './explain.ts';
import { matchesAgain, type QuestionOptions, unconfirmed } from './question.ts';
import { makeReadable } from './readable.ts';
import { confirmedValid, refuse } from './witness.ts';

export type Satisfiable = SatisfiableYes | No | Unknown;

export interface SatisfiableYes {
  readonly answer: 'yes';
  readonly witness: JsonValue;
  /** Every such event has a key with a dot that the schema does not declare, standing for nested fields. */
  readonly onlyWithDottedKeys?: true;
}

/**
 * Whether some event is valid under the schema and matches the pattern. yes: with one, judged again by Ajv and by
 * the reference matcher. no: proven; the reason is worked out when it is read. unknown: what was not decided.
 */
export function satisfiable(
  schema: CompiledSchema,
  pattern: CompiledPattern,
  options: QuestionOptions = {},
): Satisfiable {
  const ready = readyWitness(schema, pattern, options);
  if (ready !== undefined) return { answer: 'yes', witness: ready };
  const answer = askMatching(schema, pattern.formula, pattern, options);
  if (answer.answer === 'unknown') return answer;
  if (answer.answer === 'no') return emptiness(() => explainEmptiness(schema, pattern));
  const declared = declaredKeys(schema);
  if (!hasUndeclaredDots(answer.witness, declared)) return answer;
  const dotted = { key: declared.key, allowed: (name: string) => declared.has(name) };
  const plain = askMatching(schema, pattern.with(dotted), pattern, options);
  if (plain.answer === 'yes') return plain;
  return plain.answer === 'no' ? { ...answer, onlyWithDottedKeys: true } : answer;
}

const simplest = new WeakMap<CompiledSchema, Map<string, JsonValue | undefined>>();

/** The simplest valid event of the schema, if it happens to match: most rules of an event type match all its events. */
function readyWitness(
  schema: CompiledSchema,
  { pattern }: CompiledPattern,
  options: QuestionOptions,
): JsonValue | undefined {
  const known = simplest.get(schema) ?? new Map<string, JsonValue | undefined>();
  simplest.set(schema, known);
  const care = `${options.recheck} ${options.readable}`;
  if (!known.has(care)) {
    const proof = empty(schema, options);
    const usable = proof.answer === 'no' && !hasUndeclaredDots(proof.counterexample, declaredKeys(schema));
    known.set(care, usable ? proof.counterexample : undefined);
  }
  const event = known.get(care);
  return event !== undefined && matchesAgain(pattern, event) === true ? event : undefined;
}

/** A member of a set of valid and matching events, made readable and judged. */
function askMatching(
  schema: CompiledSchema,
  matching: Formula,
  { pattern }: CompiledPattern,
  options: QuestionOptions,
): { answer: 'yes'; witness: JsonValue } | { answer: 'no' } | Unknown {
  const answer = memberWithin(schema.formula, matching, options);
  if (answer.answer !== 'yes') return answer;
  const witness =
    options.readable === false
      ? answer.witness
      : makeReadable(answer.witness, and(schema.formula, matching), schema);
  if (options.recheck === false) return { answer: 'yes', witness };
  const valid = confirmedValid(schema, witness);
  const matches = matchesAgain(pattern, witness);
  if (valid === true && matches === true) return { answer: 'yes', witness };
  refuse(schema.schema, witness, valid === true ? 'the matcher' : 'the validator');
  return unconfirmed();
}

/** A "no" whose reason is worked out when somebody reads it. */
function emptiness(explain: () => Reason): No {
  let reason: Reason | undefined;
  return {
    answer: 'no',
    get reason() {
      reason ??= explain();
      return reason;
    },
  };
}
