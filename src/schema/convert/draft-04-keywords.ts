import { equalJson, isObject, type JsonValue, own, setOwn } from '../../json/value.ts';
import type { Dialect } from '../dialect.ts';
import { isSchema } from '../subschemas.ts';
import { arrayRows } from './draft-04-arrays.ts';
import { referenceRows } from './draft-04-references.ts';
import { NEVER } from './loss.ts';
import { conditionOnNames } from './name-conditions.ts';
import type { Row } from './rewriting.ts';
import { unevaluatedMembers } from './unevaluated-members.ts';

/** Keeps the value as it is. */
function keep(name: string): Row {
  return { write: (value, { target }) => setOwn(target, name, value) };
}

const silent: Row = { write: () => {} };

/** A map of schemas under names. */
function map(name: string): Row {
  return {
    write(value, at) {
      if (!isObject(value)) return;
      const written: Record<string, JsonValue> = {};
      for (const [key, schema] of Object.entries(value)) setOwn(written, key, at.below(schema, [name, key]));
      at.target[name] = written;
    },
  };
}

/** A list of alternatives or conjuncts. */
function list(name: 'allOf' | 'anyOf'): Row {
  return {
    write(value, at) {
      if (!Array.isArray(value) || value.length === 0) return;
      const written = value.map((schema: JsonValue, i) => at.below(schema, [name, String(i)]));
      if (name === 'anyOf') at.target[name] = written;
      else at.conjuncts.push(...written);
    },
  };
}

/** One schema or a boolean, which draft 04 allows here. */
function oneOrFlag(name: string): Row {
  return {
    write(value, at) {
      at.target[name] = typeof value === 'boolean' ? value : at.below(value, [name]);
    },
  };
}

const oneOf: Row = {
  write(value, at) {
    if (!Array.isArray(value) || value.length === 0) return;
    const branches = value.map((schema: JsonValue, i) => at.below(schema, ['oneOf', String(i)]));
    if (value.every((schema: JsonValue, i) => at.exactBelow(schema, ['oneOf', String(i)]))) {
      at.target['oneOf'] = branches;
      return;
    }
    at.lose('oneOf', 'has a branch that cannot be said exactly: "anyOf" takes its place', 'lossy');
    if (at.bound !== 'lower') at.conjuncts.push({ anyOf: branches });
  },
};

/** `if A then B else C`: (not A or B) and (A or C). */
const condition: Row = {
  from: 'draft-07',
  write(value, at) {
    const { source, conjuncts } = at;
    const [yes, no] = [own(source, 'then'), own(source, 'else')];
    if (yes !== undefined)
      conjuncts.push({ anyOf: [{ not: at.below(value, ['if'], true) }, at.below(yes, ['then'])] });
    if (no !== undefined) conjuncts.push({ anyOf: [at.below(value, ['if']), at.below(no, ['else'])] });
  },
};

/** Numbers since draft 06, flags beside `minimum` and `maximum` before. */
function exclusive(name: 'exclusiveMinimum' | 'exclusiveMaximum', bound: 'minimum' | 'maximum'): Row {
  return {
    write(value, { source, target }) {
      if (typeof value === 'boolean') target[name] = value;
      if (typeof value !== 'number') return;
      const inclusive = own(source, bound);
      const weaker =
        typeof inclusive === 'number' && (bound === 'minimum' ? inclusive > value : inclusive < value);
      if (weaker) return;
      target[bound] = value;
      target[name] = true;
    },
  };
}

/** The inclusive bound, unless the exclusive one is the stricter. */
function inclusive(name: 'minimum' | 'maximum', exclusiveName: string): Row {
  return {
    write(value, { source, target }) {
      const other = own(source, exclusiveName);
      const stricter =
        typeof other === 'number' &&
        typeof value === 'number' &&
        (name === 'minimum' ? other >= value : other <= value);
      if (!stricter) target[name] = value;
    },
  };
}

const enumeration: Row = {
  write(value, { target, conjuncts }) {
    if (!Array.isArray(value)) return;
    const different: JsonValue[] = [];
    for (const one of value as readonly JsonValue[]) {
      if (!different.some((other) => equalJson(one, other))) different.push(one);
    }
    if (different.length === 0) conjuncts.push(NEVER);
    else if (target['enum'] === undefined) target['enum'] = different;
    else conjuncts.push({ enum: different });
  },
};

const constant: Row = {
  from: 'draft-06',
  write(value, at) {
    enumeration.write([value], at);
  },
};

const type: Row = {
  write(value, { target, conjuncts }) {
    if (Array.isArray(value) && value.length === 0) conjuncts.push(NEVER);
    else target['type'] = Array.isArray(value) ? [...new Set(value)] : value;
  },
};

const required: Row = {
  write(value, { target }) {
    if (Array.isArray(value) && value.length > 0) target['required'] = [...new Set(value)];
  },
};

/** The old keyword and the two that it was split into. */
function dependent(name: string, from?: Dialect): Row {
  return {
    ...(from ? { from } : {}),
    write(value, at) {
      if (!isObject(value)) return;
      const written: Record<string, JsonValue> = {};
      for (const [key, asked] of Object.entries(value)) {
        if (Array.isArray(asked)) {
          if (asked.length > 0) setOwn(written, key, [...new Set(asked)]);
        } else if (isSchema(asked)) setOwn(written, key, at.below(asked, [name, key]));
      }
      if (Object.keys(written).length === 0) return;
      if (at.target['dependencies'] === undefined) at.target['dependencies'] = written;
      else at.conjuncts.push({ dependencies: written });
    },
  };
}

const propertyNames: Row = {
  from: 'draft-06',
  write(value, at) {
    const said = conditionOnNames(at.library.inside(at.place, value, 'propertyNames'), at.library);
    if (said) at.conjuncts.push(...said);
    else at.lose('propertyNames', 'asks more of names than draft 04 can say: left out');
  },
};

const unevaluatedProperties: Row = {
  from: '2019-09',
  write(value, at) {
    if (value === true || (isObject(value) && Object.keys(value).length === 0)) return;
    const known = unevaluatedMembers(at.place, at.library);
    if (known === 'none') return;
    if (!known) {
      at.lose('unevaluatedProperties', 'depends on which other schemas hold: left out');
      return;
    }
    const members: Record<string, JsonValue> = {};
    for (const name of known.listed) setOwn(members, name, {});
    const patterns: Record<string, JsonValue> = {};
    for (const pattern of known.patterns) setOwn(patterns, pattern, {});
    at.conjuncts.push({
      properties: members,
      ...(known.patterns.length > 0 ? { patternProperties: patterns } : {}),
      additionalProperties: value === false ? false : at.below(value, ['unevaluatedProperties']),
    });
  },
};

const not: Row = {
  write(value, at) {
    at.target['not'] = at.below(value, ['not'], true);
  },
};

const nullable: Row = {
  write(value, { target, source, dialect }) {
    if (dialect !== 'openapi-3.0' || value !== true || own(source, 'type') === undefined) return;
    // `type` may come after it in the text.
    const types = own(source, 'type')!;
    target['type'] = [...(Array.isArray(types) ? types : [types]), 'null'];
  },
};

/** After `nullable` has spoken, `type` must not take it back. */
const typeOnce: Row = {
  write(value, at) {
    const both = at.dialect === 'openapi-3.0' && own(at.source, 'nullable') === true;
    if (!both) type.write(value, at);
  },
};

/** Every keyword that draft 04 can carry, and those that must be said in another way. Others are annotations. */
export const draftFourKeywords: Readonly<Record<string, Row>> = {
  ...referenceRows,
  title: keep('title'),
  description: keep('description'),
  default: keep('default'),
  format: keep('format'),
  example: keep('example'),
  examples: keep('examples'),
  type: typeOnce,
  nullable,
  enum: enumeration,
  const: constant,
  multipleOf: keep('multipleOf'),
  minimum: inclusive('minimum', 'exclusiveMinimum'),
  maximum: inclusive('maximum', 'exclusiveMaximum'),
  exclusiveMinimum: exclusive('exclusiveMinimum', 'minimum'),
  exclusiveMaximum: exclusive('exclusiveMaximum', 'maximum'),
  minLength: keep('minLength'),
  maxLength: keep('maxLength'),
  pattern: keep('pattern'),
  minProperties: keep('minProperties'),
  maxProperties: keep('maxProperties'),
  required,
  properties: map('properties'),
  patternProperties: map('patternProperties'),
  additionalProperties: oneOrFlag('additionalProperties'),
  propertyNames,
  dependencies: dependent('dependencies'),
  dependentRequired: dependent('dependentRequired', '2019-09'),
  dependentSchemas: dependent('dependentSchemas', '2019-09'),
  unevaluatedProperties,
  ...arrayRows,
  allOf: list('allOf'),
  anyOf: list('anyOf'),
  oneOf,
  not,
  if: condition,
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: silent,
  else: silent,
};
