import type { JsonValue } from '../../json/value.ts';
import { numbers } from '../../sets/atoms.ts';
import { TRUE } from '../../sets/formula.ts';
import {
  multiplesOf,
  NO_NUMBER,
  type NumberSet,
  numbersFrom,
  numbersUpTo,
} from '../../sets/numbers/number-set.ts';
import type { Keyword, Site } from '../keyword.ts';

/** A keyword whose value is a number. */
function bound(name: string, set: (limit: number, site: Site) => NumberSet, from?: Keyword['from']): Keyword {
  return {
    name,
    ...(from ? { from } : {}),
    compile: (value: JsonValue, site) =>
      typeof value === 'number' ? numbers(set(value, site)) : site.invalid(name, 'a number'),
  };
}

const minimum = bound('minimum', (limit, { schema }) =>
  numbersFrom(limit, schema['exclusiveMinimum'] === true),
);
const maximum = bound('maximum', (limit, { schema }) =>
  numbersUpTo(limit, schema['exclusiveMaximum'] === true),
);

/** Up to draft-04, and in OpenAPI 3.0, a flag of `minimum` and `maximum`; a bound of its own since draft-06. */
function exclusive(name: string, set: (limit: number) => NumberSet): Keyword {
  return {
    name,
    compile(value, site) {
      const flag = site.dialect === 'draft-04' || site.dialect === 'openapi-3.0';
      if (flag) return typeof value === 'boolean' ? TRUE : site.invalid(name, 'true or false');
      return typeof value === 'number' ? numbers(set(value)) : site.invalid(name, 'a number');
    },
  };
}

const exclusiveMinimum = exclusive('exclusiveMinimum', (value) => numbersFrom(value, true));
const exclusiveMaximum = exclusive('exclusiveMaximum', (value) => numbersUpTo(value, true));

const multipleOf: Keyword = {
  name: 'multipleOf',
  compile: (value, site) =>
    typeof value === 'number' && value > 0
      ? numbers(multiplesOf(value) ?? NO_NUMBER)
      : site.invalid('multipleOf', 'a number above 0'),
};

export const numberKeywords: readonly Keyword[] = [
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
  multipleOf,
];
