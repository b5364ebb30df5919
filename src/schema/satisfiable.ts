import type { JsonValue } from '../json/value.ts';
import type { CompiledPattern } from '../pattern/compile.ts';
import { matchValue } from '../pattern/match.ts';
import { type AskOptions, memberOf } from '../sets/ask.ts';
import { OutOfBudget } from '../sets/budget.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { type No, type Reason, type Unknown, unknown } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';
import { declaredKeys, hasUndeclaredDots } from './declared-keys.ts';
import { explainEmptiness } from './explain.ts';
import { makeReadable } from './readable.ts';
import { confirmedValid, refuse } from './witness.ts';

export interface QuestionOptions extends AskOptions {
  /** Whether witnesses are judged by Ajv and the reference matcher too; true if not said. */
  readonly recheck?: boolean | undefined;
  /** Whether a witness is made easier to read, with the schema's examples; true if not said. */
  readonly readable?: boolean | undefined;
}

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
  const answer = askMatching(schema, and(schema.formula, pattern.formula), pattern, options);
  if (answer.answer === 'unknown') return answer;
  if (answer.answer === 'no') return emptiness(() => explainEmptiness(schema, pattern));
  const declared = declaredKeys(schema);
  if (!hasUndeclaredDots(answer.witness, declared)) return answer;
  const dotted = { key: declared.key, allowed: (name: string) => declared.has(name) };
  const plain = askMatching(schema, and(schema.formula, pattern.with(dotted)), pattern, options);
  if (plain.answer === 'yes') return plain;
  return plain.answer === 'no' ? { ...answer, onlyWithDottedKeys: true } : answer;
}

/** A member of a set of valid and matching events, made readable and judged. */
function askMatching(
  schema: CompiledSchema,
  formula: Formula,
  { pattern }: CompiledPattern,
  options: QuestionOptions,
): { answer: 'yes'; witness: JsonValue } | { answer: 'no' } | Unknown {
  const answer = memberOf(formula, options);
  if (answer.answer !== 'yes') return answer;
  const witness = options.readable === false ? answer.witness : makeReadable(answer.witness, formula, schema);
  if (options.recheck === false) return { answer: 'yes', witness };
  const valid = confirmedValid(schema, witness);
  const matches = matchesAgain(pattern, witness);
  if (valid === true && matches === true) return { answer: 'yes', witness };
  refuse(schema.schema, witness, valid === true ? 'the matcher' : 'the validator');
  return unknown('an event was found, but an independent judge did not confirm it');
}

export function matchesAgain(pattern: CompiledPattern['pattern'], event: JsonValue): boolean | undefined {
  try {
    return matchValue(pattern, event);
  } catch (error) {
    if (error instanceof OutOfBudget) return undefined;
    throw error;
  }
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
