import { createRequire } from 'node:module';
import type { JsonValue } from '../json/value.ts';
import { type CompiledSchema, fragmentOf } from './compiled.ts';
import type { Dialect } from './dialect.ts';
import { NOWHERE } from './library.ts';
import { namesIn, sliceFor } from './slice.ts';
import { validationCost } from './validation-cost.ts';
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
  messages: false,
  // Optimising takes time that grows with the square of the schema, for code that runs a few times.
  code: { optimize: false },
};

/** How multiples of fractions are told: by their decimals, or as doubles divide, where 0.3 is none of 0.1. */
export type Multiples = 'decimals' | 'doubles';

function create(dialect: Dialect, formats: boolean, multiples: Multiples, inlineRefs: boolean): Ajv {
  const loaded = require(MODULES[dialect]) as { default?: AjvClass } & AjvClass;
  const Class = loaded.default ?? loaded;
  const ajv = new Class({
    ...OPTIONS,
    validateFormats: formats,
    inlineRefs,
    multipleOfPrecision: multiples === 'decimals' ? 12 : false,
  });
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

/** Larger schemas, in objects and lists, are cut down to what concerns the value before they are compiled. */
const LARGE = 2_000;
/** Schemas applied to one value, beyond which the validator is not asked: it would not come back. */
const MOST_APPLIED = 2_000_000;

const REFERENCES = new Set(['$ref', '$dynamicRef', '$recursiveRef']);

type Judge = (value: JsonValue) => Judgement;

const judges: Readonly<Record<Multiples, WeakMap<CompiledSchema, Judge>>> = {
  decimals: new WeakMap(),
  doubles: new WeakMap(),
};

/**
 * Ajv's judgement of values under a schema, in the schema's dialect; compiled once, when it is first asked for.
 * Members are looked up as own properties (`toString` is an ordinary name).
 */
export function judgeOf(schema: CompiledSchema, multiples: Multiples = 'decimals'): Judge {
  const known = judges[multiples].get(schema);
  if (known) return known;
  const judge = guarded(
    schema,
    isLarge(schema) ? judgeBySlices(schema, multiples) : compileFiles(schema, multiples),
  );
  judges[multiples].set(schema, judge);
  return judge;
}

function isLarge({ files }: CompiledSchema): boolean {
  return files.reduce((sum, { schema }) => sum + partsOf(schema, LARGE), 0) >= LARGE;
}

/** Objects and lists in a value, up to a limit. */
function partsOf(value: JsonValue, limit: number): number {
  const todo: JsonValue[] = [value];
  let count = 0;
  for (let next = todo.pop(); next !== undefined && count < limit; next = todo.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    count++;
    for (const inner of Array.isArray(next) ? next : Object.values(next)) todo.push(inner);
  }
  return count;
}

/** Compiled anew for values with other member names. */
function judgeBySlices(schema: CompiledSchema, multiples: Multiples): Judge {
  let last: { readonly names: string; readonly judge: Judge } | undefined;
  return (value) => {
    const names = namesIn(value);
    const key = JSON.stringify([...names].sort());
    if (last?.names !== key) {
      const judge = compileFiles(schema, multiples, (file) => sliceFor(file, names));
      last = { names: key, judge };
    }
    return last.judge(value);
  };
}

function guarded(schema: CompiledSchema, judge: Judge): Judge {
  if (!schema.files.some((file) => mentions(file.schema, REFERENCES))) return judge;
  return (value) => (validationCost(schema, value) > MOST_APPLIED ? undefined : judge(value));
}

function compileFiles(
  { dialect, formatAssertion, files, root }: CompiledSchema,
  multiples: Multiples,
  cut?: (schema: JsonValue) => JsonValue,
): Judge {
  const read = cut ?? ((file: JsonValue) => file);
  const own = files[0]!;
  const whole = read(own.schema);
  // A part of a file is asked about by a reference to it.
  const schema = root.schema === own.schema ? whole : { $ref: `${own.uri}#${fragmentOf(root.tokens)}` };
  if (typeof schema === 'boolean') return () => schema;
  let validate: (value: unknown) => unknown;
  try {
    if (!cut && schema === whole && files.length === 1 && own.uri === NOWHERE && !mentions(schema, NAMES)) {
      const ajv = common(dialect, formatAssertion, multiples);
      validate = ajv.compile(schema);
      ajv.removeSchema(schema);
      return judging(validate);
    }
    // An instance of its own, without references written out in place if it is large: equal addresses in different questions are no trouble.
    const ajv = create(dialect, formatAssertion, multiples, !cut);
    for (const file of files.slice(1)) ajv.addSchema(read(file.schema), file.uri);
    if (schema !== whole || (own.uri !== NOWHERE && typeof whole === 'object')) ajv.addSchema(whole, own.uri);
    validate = ajv.compile(schema);
  } catch {
    return () => undefined;
  }
  return judging(validate);
}

/** Schemas that one instance compiles: it keeps code of all of them, also of those that were removed. */
const MOST_COMPILED = 300;

const instances = new Map<string, { readonly ajv: Ajv; compiled: number }>();

/** Making a validator takes longer than most schemas do; those without addresses can share one. */
function common(dialect: Dialect, formats: boolean, multiples: Multiples): Ajv {
  const key = `${dialect} ${formats} ${multiples}`;
  let shared = instances.get(key);
  if (!shared || shared.compiled >= MOST_COMPILED) {
    shared = { ajv: create(dialect, formats, multiples, true), compiled: 0 };
    instances.set(key, shared);
  }
  shared.compiled++;
  return shared.ajv;
}

/** A crash of the validator's own code is no judgement. */
function judging(validate: (value: unknown) => unknown): Judge {
  return (value) => {
    try {
      return validate(value) === true;
    } catch {
      return undefined;
    }
  };
}
