import { createRequire } from 'node:module';
import type { JsonValue } from '../json/value.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Dialect } from './dialect.ts';
import { NOWHERE } from './library.ts';
import { mentions } from './weak-keywords.ts';

const require = createRequire(import.meta.url);

/** What the validator says of a value; undefined where it could not compile the schema or broke on the value. */
export type Judgement = boolean | undefined;

interface Ajv {
  addSchema(schema: unknown, key: string): unknown;
  compile(schema: unknown): (value: unknown) => unknown;
  removeSchema(schema: unknown): unknown;
}
type AjvClass = new (options: Record<string, unknown>) => Ajv;

/** The module of the validator for each dialect. Loaded when a witness is first checked: it takes a while. */
const MODULES: Readonly<Record<Dialect, string>> = {
  'draft-04': 'ajv-draft-04',
  'openapi-3.0': 'ajv-draft-04',
  'draft-06': 'ajv',
  'draft-07': 'ajv',
  '2019-09': 'ajv/dist/2019.js',
  '2020-12': 'ajv/dist/2020.js',
};

/** Keys that give a schema an address. */
const NAMES = new Set(['$id', 'id', '$anchor', '$dynamicAnchor', '$recursiveAnchor']);

const OPTIONS = {
  strict: false,
  allErrors: false,
  ownProperties: true,
  logger: false,
  validateSchema: false,
  addUsedSchema: false,
  multipleOfPrecision: 12,
};

function create(dialect: Dialect, formats: boolean): Ajv {
  const loaded = require(MODULES[dialect]) as { default?: AjvClass } & AjvClass;
  const Class = loaded.default ?? loaded;
  const ajv = new Class({ ...OPTIONS, validateFormats: formats });
  if (dialect === 'draft-06') addMetaschema(ajv, 'ajv/dist/refs/json-schema-draft-06.json');
  if (formats) {
    const module = require('ajv-formats') as { default?: (ajv: Ajv) => void } & ((ajv: Ajv) => void);
    (module.default ?? module)(ajv);
  }
  return ajv;
}

function addMetaschema(ajv: Ajv, module: string): void {
  (ajv as unknown as { addMetaSchema(schema: unknown): void }).addMetaSchema(require(module));
}

const judges = new WeakMap<CompiledSchema, (value: JsonValue) => Judgement>();

/**
 * Ajv's judgement of values under a schema, in the schema's dialect; compiled once, when it is first asked for.
 * Members are looked up as own properties (`toString` is an ordinary name).
 */
export function judgeOf(schema: CompiledSchema): (value: JsonValue) => Judgement {
  const known = judges.get(schema);
  if (known) return known;
  const judge = compile(schema);
  judges.set(schema, judge);
  return judge;
}

function compile({
  schema,
  dialect,
  formatAssertion,
  files,
}: CompiledSchema): (value: JsonValue) => Judgement {
  if (typeof schema === 'boolean') return () => schema;
  let validate: (value: unknown) => unknown;
  try {
    if (files.length === 1 && files[0]!.uri === NOWHERE && !mentions(schema, NAMES)) {
      const ajv = common(dialect, formatAssertion);
      validate = ajv.compile(schema);
      ajv.removeSchema(schema);
      return judging(validate);
    }
    // An instance of its own: equal addresses in different questions are no trouble.
    const ajv = create(dialect, formatAssertion);
    for (const file of files.slice(1)) ajv.addSchema(file.schema, file.uri);
    const own = files[0]!;
    if (own.uri !== NOWHERE && typeof schema === 'object') ajv.addSchema(schema, own.uri);
    validate = ajv.compile(schema);
  } catch {
    return () => undefined;
  }
  return judging(validate);
}

const instances = new Map<string, Ajv>();

/** Making a validator takes longer than most schemas do; those without addresses can share one. */
function common(dialect: Dialect, formats: boolean): Ajv {
  const key = `${dialect} ${formats}`;
  const known = instances.get(key);
  if (known) return known;
  const ajv = create(dialect, formats);
  instances.set(key, ajv);
  return ajv;
}

/** A crash of the validator's own code is no judgement. */
function judging(validate: (value: unknown) => unknown): (value: JsonValue) => Judgement {
  return (value) => {
    try {
      return validate(value) === true;
    } catch {
      return undefined;
    }
  };
}
