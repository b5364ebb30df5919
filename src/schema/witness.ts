import type { JsonValue } from '../json/value.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { CompiledSchema } from './compiled.ts';
import { judgeOf } from './validator.ts';
import { usesWeakKeywords } from './weak-keywords.ts';

/**
 * Witnesses that a judge refused, since the start: each would be a mistake of ours, or of the judge. For tests,
 * which hold it to be zero.
 */
export const recheck = {
  failures: 0,
  examples: [] as { schema: JsonValue; witness: JsonValue; judge: string }[],
};

/** Whether a value is valid, by our own reading and by Ajv's; undefined where the two do not settle it. */
export function confirmedValid(schema: CompiledSchema, value: JsonValue): boolean | undefined {
  const own = evaluate(schema.formula, value);
  const judgement = judgeOf(schema)(value);
  if (own === judgement) return own;
  // Ajv could not compile the schema, or misreads keywords that are known to be misread: then our reading decides.
  if (judgement === undefined || usesWeakKeywords(schema)) return own;
  if (own === undefined) return judgement;
  return undefined;
}

/** Notes a witness that was refused. */
export function refuse(schema: JsonValue, witness: JsonValue, judge: string): void {
  recheck.failures++;
  if (recheck.examples.length < 20) recheck.examples.push({ schema, witness, judge });
}
