import { _, Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Ajv04Module from 'ajv-draft-04';
import { isObject, type JsonValue, own } from '../../json/value.ts';
import { type Dialect, dialectOf } from '../../schema/dialect.ts';
import { metaschema } from '../../schema/metaschemas.ts';
import { formatDefinitions } from './formats.ts';

const Ajv04 = Ajv04Module as unknown as typeof Ajv;

/** Stands in generated code for the table of formats, until {@link formatCode} puts the formats themselves there. */
export const FORMATS_MARK = 'busproof:formats';

/**
 * How validators judge, whether they are generated or made at run time: `format` asserted, members inherited from
 * `Object.prototype` not taken for members, and patterns that are only legal without the `u` flag read without it.
 */
const judging: Options = {
  strict: false,
  allErrors: true,
  ownProperties: true,
  logger: false,
  validateFormats: true,
};

/** A pattern as JavaScript reads it: with `u`, or without where it is illegal with it. Throws where it is illegal. */
export function readPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

const regExp = Object.assign((pattern: string) => readPattern(pattern), { code: 'new RegExp' });

/**
 * Ajv hands every validator's code to `new Function` before it gives the code away. Here only the code is wanted: an
 * empty function in its place saves a fifth of the time.
 */
const nothingToRun = () => 'return function validate() {}';

/** An instance for one schema; instances share nothing, so that equal ids in two schemas do not meet. */
export function ajvFor(schema: JsonValue, purpose: 'judge' | 'generate', meta: boolean): Ajv {
  const Kind = kindOf(schema);
  const ajv = new Kind({
    ...judging,
    meta,
    validateSchema: false,
    // The runtime has the words for what validators find.
    messages: purpose === 'judge',
    code:
      purpose === 'generate'
        ? {
            source: true,
            esm: true,
            lines: true,
            optimize: false,
            regExp,
            formats: _`require(${FORMATS_MARK})`,
            process: nothingToRun,
          }
        : { regExp },
  });
  // Counting what was evaluated doubles a validator; only these keywords ask for it.
  if (!JSON.stringify(schema).includes('"unevaluated')) ajv.opts.unevaluated = false;
  if (meta) addDraft06(ajv, Kind);
  for (const [name, format] of Object.entries(formatDefinitions())) ajv.addFormat(name, format as never);
  return ajv;
}

/** Ajv's own class for draft 7 does draft 6, too, but for its meta-schema. */
function addDraft06(ajv: Ajv, Kind: typeof Ajv): void {
  if (Kind === Ajv) ajv.addMetaSchema(metaschema('http://json-schema.org/draft-06/schema') as never);
}

/** The dialect a schema is read in. */
export function dialectOfSchema(schema: JsonValue): Dialect | undefined {
  const uri = isObject(schema) ? own(schema, '$schema') : undefined;
  return typeof uri === 'string' ? dialectOf(uri) : undefined;
}

function kindOf(schema: JsonValue): typeof Ajv {
  switch (dialectOfSchema(schema)) {
    case 'draft-04':
      return Ajv04;
    case 'draft-06':
    case 'draft-07':
      return Ajv;
    case '2019-09':
      return Ajv2019 as unknown as typeof Ajv;
    default:
      return Ajv2020 as unknown as typeof Ajv;
  }
}

const checkers = new Map<typeof Ajv, Ajv>();

/** What is wrong with a schema, as the facts of the finding schema/invalid. */
export interface SchemaProblem {
  readonly pointer: string;
  readonly keyword: string;
  readonly expected: string;
}

/** What is wrong with a schema, by the meta-schema of its dialect; undefined when nothing is. */
export function schemaProblem(schema: JsonValue): SchemaProblem | undefined {
  const Kind = kindOf(schema);
  let ajv = checkers.get(Kind);
  if (!ajv) {
    ajv = new Kind({ strict: false, logger: false, allErrors: false, validateFormats: false });
    addDraft06(ajv, Kind);
    checkers.set(Kind, ajv);
  }
  // A `$schema` that is not known is read as the newest draft.
  const known = dialectOfSchema(schema) !== undefined;
  const asked = known || !isObject(schema) ? schema : withoutDialect(schema);
  if (ajv.validateSchema(asked as never)) return undefined;
  const { instancePath: pointer = '', message = '' } = ajv.errors?.[0] ?? {};
  const keyword = pointer.slice(pointer.lastIndexOf('/') + 1) || 'schema';
  const expected = message.startsWith('must be ') ? message.slice('must be '.length) : `valid: it ${message}`;
  return { pointer, keyword, expected };
}

function withoutDialect(schema: Readonly<Record<string, JsonValue>>): JsonValue {
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}
