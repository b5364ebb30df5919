import { isObject, type JsonValue, own } from '../json/value.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';
import { subschemasOf } from './subschemas.ts';

/** Different pairs of a schema and a part of the value that are looked at; of more, the cost is not known. */
const MOST_PAIRS = 50_000;

/**
 * How many schemas a validator that remembers nothing applies to a value, at most. References that lead to the same
 * schema from several sides, and that again and again, make it grow beyond every bound.
 */
export function validationCost({ library, root }: CompiledSchema, value: JsonValue): number {
  const known = new Map<JsonValue, Map<JsonValue, number>>();
  let pairs = 0;
  const costOf = (place: Place, part: JsonValue): number => {
    const { schema } = place;
    if (!isObject(schema)) return 1;
    const byPart = known.get(schema) ?? new Map<JsonValue, number>();
    known.set(schema, byPart);
    const before = byPart.get(part);
    if (before !== undefined) return before;
    if (pairs++ > MOST_PAIRS) return Number.POSITIVE_INFINITY;
    // A circle is counted once.
    byPart.set(part, 0);
    let cost = 1;
    for (const reference of [own(schema, '$ref'), own(schema, '$dynamicRef'), own(schema, '$recursiveRef')]) {
      const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
      if (target) cost += costOf(target, part);
    }
    for (const { schema: inner, tokens } of subschemasOf(schema)) {
      for (const below of partsFor(tokens, part)) {
        cost += costOf(library.inside(place, inner, ...tokens), below);
      }
    }
    byPart.set(part, cost);
    return cost;
  };
  return costOf(root, value);
}

const HERE = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentSchemas',
  'dependencies',
]);
const NOWHERE = new Set(['$defs', 'definitions', 'propertyNames', 'contentSchema']);

/** The parts of a value that a schema under a keyword may be applied to. */
function partsFor([keyword, name]: readonly string[], part: JsonValue): readonly JsonValue[] {
  if (HERE.has(keyword!)) return [part];
  if (NOWHERE.has(keyword!)) return [];
  if (keyword === 'properties') {
    const inner = isObject(part) ? own(part, name!) : undefined;
    return inner === undefined ? [] : [inner];
  }
  if (Array.isArray(part)) return /tems$|contains/.test(keyword!) ? part : [];
  return isObject(part) && /ropert/.test(keyword!) ? Object.values(part) : [];
}
