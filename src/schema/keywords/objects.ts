import { isObject, type JsonObject, type JsonValue } from '../../json/value.ts';
import { count, each, lazy, opaque, some } from '../../sets/atoms.ts';
import { FALSE, type Formula, TRUE } from '../../sets/formula.ts';
import { and, or, typeIs } from '../../sets/junction.ts';
import { namesIn, oneName } from '../../sets/names.ts';
import { restrict } from '../../sets/restrict.ts';
import { complement } from '../../sets/strings/boolean.ts';
import { languageOf, untestable } from '../../sets/strings-of.ts';
import { ANY_TYPE, OBJECT, STRING } from '../../sets/types.ts';
import type { Keyword, Site } from '../keyword.ts';
import { namesOf } from '../names-of.ts';
import { regexOf } from '../regexes.ts';
import { isSchema } from '../subschemas.ts';
import { amount } from './amount.ts';

const NOT_OBJECT = typeIs(ANY_TYPE & ~OBJECT);

/** It is no object, or it has a member of that name. */
function present(name: string): Formula {
  return or(NOT_OBJECT, some(oneName(name), TRUE));
}

function absent(name: string): Formula {
  return each(oneName(name), FALSE);
}

/** A keyword whose value holds schemas under names. */
function mapped(
  name: string,
  set: (inner: Formula, key: string, site: Site) => Formula,
  from?: Keyword['from'],
): Keyword {
  return {
    name,
    ...(from ? { from } : {}),
    compile(value, site) {
      if (!isObject(value)) return site.invalid(name, 'an object of schemas');
      return and(
        ...Object.entries(value).map(([key, schema]) => set(site.child(schema, name, key), key, site)),
      );
    },
  };
}

const properties = mapped('properties', (inner, name) => each(oneName(name), inner));

const patternProperties = mapped('patternProperties', (inner, source, site) => {
  const language = regexOf('patternProperties', source, site);
  return language ? each(namesIn(language), inner) : TRUE;
});

const additionalProperties: Keyword = {
  name: 'additionalProperties',
  compile(value, site) {
    return each(namesOf(declaredBy(site.schema)), site.child(value, 'additionalProperties'));
  },
};

/** Names and name patterns that `properties` and `patternProperties` of the same schema speak about. */
function declaredBy(schema: JsonObject): { listed: string[]; patterns: string[] } {
  const keys = (value: JsonValue | undefined) => (isObject(value) ? Object.keys(value) : []);
  return { listed: keys(schema['properties']), patterns: keys(schema['patternProperties']) };
}

const propertyNames: Keyword = {
  name: 'propertyNames',
  compile(value, site) {
    const of = site.child(value, 'propertyNames');
    // Not before it is needed: the schema of names may be one that is being compiled.
    return lazy(`names ${of.id}`, () => {
      const what = untestable(restrict(of, STRING));
      if (what !== undefined) return opaque(`names ${of.id}`, OBJECT, what);
      return each(namesIn(complement(languageOf(of))), FALSE);
    });
  },
};

const required: Keyword = {
  name: 'required',
  compile(value, site) {
    if (!isListOfNames(value)) return site.invalid('required', 'a list of names');
    return and(...value.map(present));
  },
};

function isListOfNames(value: JsonValue): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

const dependentRequired: Keyword = {
  name: 'dependentRequired',
  from: '2019-09',
  compile(value, site) {
    if (!isObject(value)) return site.invalid('dependentRequired', 'lists of names under names');
    return and(
      ...Object.entries(value).map(([name, others]) =>
        isListOfNames(others)
          ? or(absent(name), and(...others.map(present)))
          : site.invalid('dependentRequired', 'lists of names under names'),
      ),
    );
  },
};

const dependentSchemas = mapped('dependentSchemas', (inner, name) => or(absent(name), inner), '2019-09');

/** Split in two since 2019-09; validators go on reading it. */
const dependencies: Keyword = {
  name: 'dependencies',
  compile(value, site) {
    if (!isObject(value)) return site.invalid('dependencies', 'schemas or lists of names under names');
    return and(
      ...Object.entries(value).map(([name, asked]) =>
        isListOfNames(asked)
          ? or(absent(name), and(...asked.map(present)))
          : isSchema(asked)
            ? or(absent(name), site.child(asked, 'dependencies', name))
            : site.invalid('dependencies', 'schemas or lists of names under names'),
      ),
    );
  },
};

const MANY = Number.POSITIVE_INFINITY;

export const objectKeywords: readonly Keyword[] = [
  properties,
  patternProperties,
  additionalProperties,
  propertyNames,
  required,
  dependentRequired,
  dependentSchemas,
  dependencies,
  amount('minProperties', (limit) => count(limit, MANY)),
  amount('maxProperties', (limit) => count(0, limit)),
];
