import { isObject, type JsonValue } from '../json/value.ts';
import { compilePattern } from '../pattern/compile.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { unknown } from '../sets/verdict.ts';
import { type CompiledSchema, compileSchema } from './compiled.ts';
import type { QuestionOptions } from './question.ts';
import { type Satisfiable, satisfiable } from './satisfiable.ts';
import { judgeOf } from './validator.ts';

const compiled = new WeakMap<object, Map<boolean, CompiledSchema | undefined>>();

/** Compiles a schema that is asked about often; the same object once. Undefined if it is invalid. */
export function compiledOnce(schema: JsonValue, formatAssertion = true): CompiledSchema | undefined {
  if (!isObject(schema)) return compileSchema(schema, { formatAssertion }).value;
  const byFormat = compiled.get(schema) ?? new Map<boolean, CompiledSchema | undefined>();
  compiled.set(schema, byFormat);
  if (!byFormat.has(formatAssertion)) {
    byFormat.set(formatAssertion, compileSchema(schema, { formatAssertion }).value);
  }
  return byFormat.get(formatAssertion);
}

/** Whether a value is valid, as far as it can be decided: publishers validate, and refuse what is not. */
export function mayBeValid(schema: JsonValue, value: JsonValue): boolean {
  const known = compiledOnce(schema);
  return !known || judgeOf(known)(value) !== false;
}

/**
 * Whether some event is valid under a contract's schema and matches a pattern: {@link satisfiable} for schemas and
 * patterns as they come. Formats are asserted, for publishers validate them.
 */
export function decide(schema: JsonValue, pattern: Pattern, options: QuestionOptions = {}): Satisfiable {
  const contract = compiledOnce(schema);
  if (!contract) return unknown('the schema is not a valid JSON Schema');
  return satisfiable(contract, compilePattern(pattern), options);
}
