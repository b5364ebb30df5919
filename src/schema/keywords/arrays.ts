import type { JsonValue } from '../../json/value.ts';
import { countedItems, items as everyItem, size, unique } from '../../sets/atoms.ts';
import { type Formula, TRUE } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { since } from '../dialect.ts';
import type { Keyword, Site } from '../keyword.ts';
import { isSchema } from '../subschemas.ts';
import { amount } from './amount.ts';

const MANY = Number.POSITIVE_INFINITY;

const prefixItems: Keyword = {
  name: 'prefixItems',
  from: '2020-12',
  compile(value, site) {
    if (!Array.isArray(value)) return site.invalid('prefixItems', 'a list of schemas');
    return tuple('prefixItems', value, site);
  },
};

function tuple(name: string, schemas: readonly JsonValue[], site: Site): Formula {
  return and(...schemas.map((schema, i) => everyItem(i, i, site.child(schema, name, String(i)))));
}

/** A schema for all items; before 2020-12 also a list of schemas, one for each position. */
const items: Keyword = {
  name: 'items',
  compile(value, site) {
    if (Array.isArray(value)) {
      if (since(site.dialect, '2020-12'))
        return site.invalid('items', 'a schema (a list is called prefixItems)');
      return tuple('items', value, site);
    }
    if (!isSchema(value)) return site.invalid('items', 'a schema');
    return everyItem(prefixLength(site), MANY, site.child(value, 'items'));
  },
};

function prefixLength({ schema, dialect }: Site): number {
  const prefix = since(dialect, '2020-12') ? schema['prefixItems'] : undefined;
  return Array.isArray(prefix) ? prefix.length : 0;
}

/** Says nothing unless `items` is a list. */
const additionalItems: Keyword = {
  name: 'additionalItems',
  until: '2019-09',
  compile(value, site) {
    const { items: listed } = site.schema;
    if (!Array.isArray(listed)) return TRUE;
    return everyItem(listed.length, MANY, site.child(value, 'additionalItems'));
  },
};

/** With its bounds, which say nothing without it. */
const contains: Keyword = {
  name: 'contains',
  compile(value, site) {
    const bounded = since(site.dialect, '2019-09');
    const { minContains, maxContains } = bounded ? site.schema : {};
    const from = minContains === undefined ? 1 : minContains;
    const to = maxContains === undefined ? MANY : maxContains;
    if (typeof from !== 'number') return site.invalid('minContains', 'a whole number, 0 or more');
    if (typeof to !== 'number') return site.invalid('maxContains', 'a whole number, 0 or more');
    return countedItems(site.child(value, 'contains'), from, to);
  },
};

const uniqueItems: Keyword = {
  name: 'uniqueItems',
  compile(value, site) {
    if (typeof value !== 'boolean') return site.invalid('uniqueItems', 'true or false');
    return value ? unique(true) : TRUE;
  },
};

export const arrayKeywords: readonly Keyword[] = [
  prefixItems,
  items,
  additionalItems,
  contains,
  uniqueItems,
  amount('minItems', (limit) => size(limit, MANY)),
  amount('maxItems', (limit) => size(0, limit)),
];
