import type { JsonValue } from '../../json/value.ts';
import { numbers, oneOf } from '../../sets/atoms.ts';
import { and, or, typeIs } from '../../sets/junction.ts';
import { INTEGERS } from '../../sets/numbers/number-set.ts';
import { bitOf, NULL, NUMBER } from '../../sets/types.ts';
import type { Keyword } from '../keyword.ts';

/** https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1; OpenAPI 3.0 adds `nullable`. */
const type: Keyword = {
  name: 'type',
  compile(value, site) {
    const names = Array.isArray(value) ? value : [value];
    let mask = 0;
    let integer = false;
    for (const name of names) {
      const bit = typeof name === 'string' ? bitOf(name) : undefined;
      if (name === 'integer') integer = true;
      else if (bit === undefined) return site.invalid('type', 'the name of a type, or a list of such names');
      else mask |= bit;
    }
    if (site.schema['nullable'] === true && site.dialect === 'openapi-3.0') mask |= NULL;
    if (!integer || mask & NUMBER) return typeIs(mask);
    return or(typeIs(mask), and(typeIs(NUMBER), numbers(INTEGERS)));
  },
};

const enumeration: Keyword = {
  name: 'enum',
  compile(value, site) {
    return Array.isArray(value) ? oneOf(value) : site.invalid('enum', 'a list of values');
  },
};

const constant: Keyword = {
  name: 'const',
  compile: (value: JsonValue) => oneOf([value]),
};

export const valueKeywords: readonly Keyword[] = [type, enumeration, constant];
