import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import { since } from '../dialect.ts';
import { NEVER } from './loss.ts';
import type { Rewriting, Row } from './rewriting.ts';

const ARRAY: JsonObject = { type: 'array' };

const items: Row = {
  write(value, at) {
    // Beside `prefixItems` it speaks of the rest.
    if (since(at.dialect, '2020-12') && Array.isArray(own(at.source, 'prefixItems'))) {
      at.target['additionalItems'] = typeof value === 'boolean' ? value : at.below(value, ['items']);
    } else if (Array.isArray(value)) tuple('items', value, at);
    else at.target['items'] = at.below(value, ['items']);
  },
};

function tuple(keyword: string, value: readonly JsonValue[], at: Rewriting): void {
  // The list must not be empty in draft 04; then everything is the rest.
  if (value.length === 0) return;
  at.target['items'] = value.map((schema, i) => at.below(schema, [keyword, String(i)]));
}

const prefixItems: Row = {
  write(value, at) {
    if (since(at.dialect, '2020-12') && Array.isArray(value)) tuple('prefixItems', value, at);
  },
};

const additionalItems: Row = {
  write(value, at) {
    if (since(at.dialect, '2020-12') || !Array.isArray(own(at.source, 'items'))) return;
    const list = own(at.source, 'items') as readonly JsonValue[];
    if (list.length === 0) at.target['items'] = at.below(value, ['additionalItems']);
    else
      at.target['additionalItems'] =
        typeof value === 'boolean' ? value : at.below(value, ['additionalItems']);
  },
};

/** No array, or not all items fail: the only way to say that one holds. */
const contains: Row = {
  from: 'draft-06',
  write(value, at) {
    const counts = since(at.dialect, '2019-09');
    const least = counts ? (numberAt(at.source, 'minContains') ?? 1) : 1;
    const most = counts ? numberAt(at.source, 'maxContains') : undefined;
    if (most !== undefined && most < least) {
      at.conjuncts.push({ not: ARRAY });
      return;
    }
    if (most === 0) at.conjuncts.push({ items: { not: at.below(value, ['contains'], true) } });
    else if (most !== undefined) at.lose('maxContains', 'counts items, which draft 04 cannot: left out');
    if (least >= 1) {
      const one = at.below(value, ['contains']);
      at.conjuncts.push({ anyOf: [{ not: ARRAY }, { not: { items: { not: one } } }] });
    }
    if (least > 1) {
      at.lose('minContains', 'counts items, which draft 04 cannot: one such item is asked for');
      at.conjuncts.push({ minItems: least });
    }
  },
};

function numberAt(schema: JsonObject, name: string): number | undefined {
  const value = own(schema, name);
  return typeof value === 'number' ? value : undefined;
}

const APPLYING = [
  ...['$ref', '$dynamicRef', '$recursiveRef', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'contains'],
  'dependentSchemas',
];

const unevaluatedItems: Row = {
  from: '2019-09',
  write(value, at) {
    if (value === true || (isObject(value) && Object.keys(value).length === 0)) return;
    const { source } = at;
    const alone = !APPLYING.some((keyword) => own(source, keyword) !== undefined);
    const items = own(source, 'items');
    const newer = since(at.dialect, '2020-12');
    const listed = newer ? own(source, 'prefixItems') : items;
    const rest = newer ? items : Array.isArray(items) ? own(source, 'additionalItems') : items;
    // Without keywords that apply other schemas, `items` and the like decide alone.
    if (!alone) at.lose('unevaluatedItems', 'depends on which other schemas hold: left out');
    else if (rest !== undefined) return;
    else if (Array.isArray(listed) && listed.length > 0)
      at.target['additionalItems'] = value === false ? false : at.below(value, ['unevaluatedItems']);
    else at.conjuncts.push({ items: value === false ? NEVER : at.below(value, ['unevaluatedItems']) });
  },
};

const plain = (name: string): Row => ({
  write(value, { target }) {
    target[name] = value;
  },
});

export const arrayRows: Readonly<Record<string, Row>> = {
  items,
  prefixItems,
  additionalItems,
  contains,
  unevaluatedItems,
  minItems: plain('minItems'),
  maxItems: plain('maxItems'),
  uniqueItems: plain('uniqueItems'),
};
