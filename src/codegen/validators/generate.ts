import type { JsonValue } from '../../json/value.ts';
import { compiled } from './compile.ts';
import { constantEvaluations, shortened } from './fold.ts';
import { indent } from './indent.ts';
import { SchemaParts } from './parts.ts';
import { trimmed } from './trim.ts';

/** The code of a validator. */
export interface ValidatorCode {
  /** Declares `validator`, a function; ends with a newline. */
  readonly body: string;
  /** Names it imports of the runtime. */
  readonly imports: readonly string[];
}

/**
 * The validator of a schema as code that needs neither Ajv nor `new Function`. Throws an Error that says why where Ajv
 * cannot compile the schema.
 */
export function generateValidator(schema: JsonValue): ValidatorCode {
  const { name, statements, schemas, imports } = compiled(trimmed(schema));
  const parts = new SchemaParts(schemas);
  const lines: string[] = [];
  for (const statement of statements) {
    if ('constant' in statement) lines.push(statement.constant);
    else shortened(statement.code, parts, lines);
  }
  const body = [
    ...parts.declarations,
    ...constantEvaluations(lines),
    '',
    `export const validator: Validator = ${name};`,
  ];
  return { body: indent(body), imports: [...imports].sort() };
}
