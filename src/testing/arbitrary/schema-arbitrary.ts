import type * as fc from 'fast-check';
import { isObject, type JsonValue, own } from '../../json/value.ts';
import { type CompiledSchema, compileSchema } from '../../schema/compiled.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { makeReadable } from '../../schema/readable.ts';
import { judgeOf } from '../../schema/validator.ts';
import { mentions } from '../../schema/weak-keywords.ts';
import { evaluate } from '../../sets/evaluate.ts';
import type { Formula } from '../../sets/formula.ts';
import { type Members, memberArbitrary } from './member-arbitrary.ts';
import { UnsupportedArbitraryError } from './unsupported.ts';

export interface SchemaArbitraryOptions {
  /** Of schemas without `$schema`; 2020-12 if not said. */
  readonly dialect?: Dialect;
  /** Schemas that references lead to, by their addresses. */
  readonly schemas?: Readonly<Record<string, JsonValue>>;
}

/**
 * Values that are valid under a JSON Schema (draft-04 to 2020-12, formats asserted), each confirmed by Ajv. Throws
 * {@link UnsupportedArbitraryError} for an invalid schema, for one that nothing satisfies, and where no value is found.
 */
export function schemaArbitrary(
  schema: JsonValue,
  options: SchemaArbitraryOptions = {},
): fc.Arbitrary<JsonValue> {
  return memberArbitrary(membersOf(compileForValues(schema, options), nameOf(schema)));
}

export function compileForValues(schema: JsonValue, options: SchemaArbitraryOptions = {}): CompiledSchema {
  const files = Object.entries(options.schemas ?? {}).map(([uri, given]) => ({ uri, schema: given }));
  const { value, diagnostics } = compileSchema(schema, {
    dialect: options.dialect,
    formatAssertion: true,
    files,
  });
  if (value) return value;
  const problem = diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'not a JSON Schema';
  throw new UnsupportedArbitraryError(nameOf(schema), problem);
}

/** The values of a schema, or those of them in a smaller set. */
export function membersOf(
  compiled: CompiledSchema,
  what: string,
  formula: Formula = compiled.formula,
): Members {
  const judge = judgeOf(compiled);
  // Validators differ in what they take for a multiple of 0.1: here all of them have to agree.
  const divides = compiled.files.some(({ schema }) => mentions(schema, MULTIPLES));
  const judgeDoubles = divides ? judgeOf(compiled, 'doubles') : undefined;
  return {
    what,
    formula,
    schema: compiled,
    accepts(value) {
      const judgement = judge(value);
      if (judgement === false || judgeDoubles?.(value) === false) return false;
      if (judgement === true && formula === compiled.formula) return true;
      return evaluate(formula, value) === true;
    },
    examples: examplesOf(compiled.schema),
    readable: (value) => makeReadable(value, formula, compiled),
  };
}

const MULTIPLES: ReadonlySet<string> = new Set(['multipleOf']);

function examplesOf(schema: JsonValue): readonly JsonValue[] {
  const examples = isObject(schema) ? own(schema, 'examples') : undefined;
  return Array.isArray(examples) ? examples : [];
}

function nameOf(schema: JsonValue): string {
  const title = isObject(schema) ? (own(schema, 'title') ?? own(schema, '$id')) : undefined;
  return typeof title === 'string' ? `the schema ${title}` : 'the schema';
}
