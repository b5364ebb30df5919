import { isObject, type JsonValue, own } from '../json/value.ts';
import type { Library, Place } from './library.ts';

/** Schemas that are applied to a value in one place, at most. */
const MOST = 60;

/**
 * The schemas that may apply to the same value as a schema: itself, what it refers to, and its alternatives and
 * conjuncts. Without regard to whether they hold: for hints, not for proofs.
 */
export function appliedAt(places: readonly Place[], library: Library): Place[] {
  const found: Place[] = [];
  const seen = new Set<JsonValue>();
  const todo = [...places].reverse();
  for (let place = todo.pop(); place && found.length < MOST; place = todo.pop()) {
    const { schema } = place;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    found.push(place);
    const more: Place[] = [];
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
    if (target) more.push(target);
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const list = own(schema, keyword);
      if (Array.isArray(list)) {
        for (const [i, inner] of list.entries()) more.push(library.inside(place, inner, keyword, String(i)));
      }
    }
    for (const keyword of ['then', 'else']) {
      const inner = own(schema, keyword);
      if (inner !== undefined) more.push(library.inside(place, inner, keyword));
    }
    todo.push(...more.reverse());
  }
  return found;
}

/** The schemas for a member of an object, or an item of an array, by the schemas for the whole. */
export function schemasBelow(places: readonly Place[], step: string | number, library: Library): Place[] {
  return places.flatMap((place) => {
    const { schema } = place;
    if (!isObject(schema)) return [];
    if (typeof step === 'string') {
      const properties = own(schema, 'properties');
      const inner = isObject(properties) ? own(properties, step) : undefined;
      if (inner !== undefined) return [library.inside(place, inner, 'properties', step)];
      const rest = own(schema, 'additionalProperties');
      return isObject(rest) ? [library.inside(place, rest, 'additionalProperties')] : [];
    }
    for (const keyword of ['prefixItems', 'items'] as const) {
      const inner = own(schema, keyword);
      if (Array.isArray(inner) && inner[step] !== undefined) {
        return [library.inside(place, inner[step], keyword, String(step))];
      }
      if (isObject(inner)) return [library.inside(place, inner, keyword)];
    }
    return [];
  });
}
