import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValueScope } from 'ajv/dist/compile/codegen/index.js';
import type { SchemaEnv } from 'ajv/dist/compile/index.js';
import Ajv04Module from 'ajv-draft-04';
import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import { type Dialect, dialectOf, NEWEST } from '../../schema/dialect.ts';
import { metaschema } from '../../schema/metaschemas.ts';
import { extentOf, inlineLimit } from './extent.ts';
import { formatDefinitions } from './formats.ts';

const Ajv04 = Ajv04Module as unknown as typeof Ajv;

/**
 * How validators judge: `format` asserted, members inherited from `Object.prototype` not taken for members, and
 * patterns that are only legal without the `u` flag read without it. The runtime has the words for what they find.
 */
const judging: Options = {
  strict: false,
  allErrors: true,
  ownProperties: true,
  logger: false,
  validateFormats: true,
  validateSchema: false,
  messages: false,
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

/** An instance of Ajv that gives away the code of what it compiles. */
export interface Instance {
  readonly ajv: Ajv;
  /** The code of every function compiled since the instance was asked for, by its schema. */
  readonly codes: Map<SchemaEnv, string>;
}

type Rules = Ajv['RULES'];

const instances = new Map<typeof Ajv, Instance & { readonly rules: Rules }>();

/**
 * An instance as new, for one schema: equal ids in two schemas do not meet, and names do not depend on what was
 * compiled before. To make one takes as long as to compile a small schema, so it is made once for each draft and
 * emptied. One with meta-schemas is made anew, as they stay when it is emptied, with names of their own.
 */
export function instanceFor(schema: JsonValue, meta: boolean): Instance {
  const Kind = kindOf(schema);
  const extent = extentOf(schema);
  const { keys } = extent;
  const instance = meta ? newInstance(Kind, true) : emptied(Kind, keys);
  // Counting what was evaluated doubles a validator; only these keywords ask for it.
  const { opts } = instance.ajv;
  opts.inlineRefs = inlineLimit(extent);
  opts.unevaluated &&= keys.has('unevaluatedProperties') || keys.has('unevaluatedItems');
  return instance;
}

function emptied(Kind: typeof Ajv, keys: ReadonlySet<string>): Instance {
  let known = instances.get(Kind);
  if (!known) {
    const fresh = newInstance(Kind, false);
    known = { ...fresh, rules: fresh.ajv.RULES };
    instances.set(Kind, known);
  }
  const { ajv, codes, rules } = known;
  codes.clear();
  ajv.removeSchema();
  ajv.opts.unevaluated = Kind !== Ajv && Kind !== Ajv04;
  const { scope } = ajv;
  const Scope = scope.constructor as typeof ValueScope;
  const empty = new Scope({ ...scope.opts, lines: true, scope: {} });
  Object.assign(ajv, { scope: empty, RULES: rulesFor(keys, rules) });
  return known;
}

/** Ajv asks every schema for the keyword of every rule: those that none of them has are left out. */
function rulesFor(keys: ReadonlySet<string>, all: Rules): Rules {
  const kept = new Map<object, unknown>();
  const few = <Group extends { rules: Rules['post']['rules'] }>(group: Group): Group => {
    const known = (kept.get(group) as Group | undefined) ?? {
      ...group,
      rules: group.rules.filter(
        ({ keyword, definition }) =>
          keys.has(keyword) || definition.implements?.some((other) => keys.has(other)),
      ),
    };
    kept.set(group, known);
    return known;
  };
  const types = Object.entries(all.types).map(([type, group]) => [
    type,
    typeof group === 'object' ? few(group) : group,
  ]);
  return { ...all, types: Object.fromEntries(types), rules: all.rules.map(few), post: few(all.post) };
}

/**
 * Ajv hands every validator's code to `new Function` when it has been through `process`. Here only the code is wanted:
 * an empty function in its place saves a fifth of the time. `source`, which keeps the code, too, would also write out
 * every schema as text.
 */
function newInstance(Kind: typeof Ajv, meta: boolean): Instance {
  const codes = new Map<SchemaEnv, string>();
  const process = (code: string, env?: SchemaEnv) => {
    if (env) codes.set(env, code);
    return 'return function validate() {}';
  };
  const ajv = new Kind({ ...judging, meta, code: { lines: true, optimize: false, regExp, process } });
  if (meta) addDraft06(ajv, Kind);
  for (const [name, format] of Object.entries(formatDefinitions())) ajv.addFormat(name, format as never);
  return { ajv, codes };
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
  return kindOfDialect(dialectOfSchema(schema) ?? NEWEST);
}

function kindOfDialect(dialect: Dialect): typeof Ajv {
  switch (dialect) {
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

const checkers = new Map<Dialect, ValidateFunction>();

/**
 * The function that checks schemas against the meta-schema of their dialect. Ajv's own would also count what was
 * evaluated, for which no meta-schema asks.
 */
function checkerOf(dialect: Dialect): ValidateFunction {
  const known = checkers.get(dialect);
  if (known) return known;
  const old = /^draft/.test(dialect);
  const address = old
    ? `http://json-schema.org/${dialect}/schema`
    : `https://json-schema.org/draft/${dialect}/schema`;
  const root = metaschema(address) as JsonObject;
  const Kind = kindOfDialect(dialect);
  const ajv = new Kind({
    strict: false,
    logger: false,
    validateFormats: false,
    validateSchema: false,
    meta: false,
  });
  ajv.opts.unevaluated = false;
  const vocabularies = own(root, 'allOf');
  for (const vocabulary of Array.isArray(vocabularies) ? vocabularies : []) {
    const reference = own(vocabulary as JsonObject, '$ref') as string;
    ajv.addSchema(metaschema(new URL(reference, address).href) as never);
  }
  const check = ajv.compile(root);
  checkers.set(dialect, check);
  return check;
}

/** What is wrong with a schema, as the facts of the finding schema/invalid. */
export interface SchemaProblem {
  readonly pointer: string;
  readonly keyword: string;
  readonly expected: string;
}

/** What is wrong with a schema, by the meta-schema of its dialect; undefined when nothing is. */
export function schemaProblem(schema: JsonValue): SchemaProblem | undefined {
  if (typeof schema === 'boolean') return undefined;
  // A `$schema` that is not known is read as the newest draft.
  const check = checkerOf(dialectOfSchema(schema) ?? NEWEST);
  if (check(schema)) return undefined;
  const { instancePath: pointer = '', message = '' } = check.errors?.[0] ?? {};
  const keyword = pointer.slice(pointer.lastIndexOf('/') + 1) || 'schema';
  const expected = message.startsWith('must be ') ? message.slice('must be '.length) : `valid: it ${message}`;
  return { pointer, keyword, expected };
}
