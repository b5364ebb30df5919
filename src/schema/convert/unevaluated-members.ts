import { isObject, own } from '../../json/value.ts';
import type { Library, Place } from '../library.ts';

/** Names and patterns that are evaluated whatever the object is like. */
export interface KnownMembers {
  readonly listed: readonly string[];
  readonly patterns: readonly string[];
}

/** Keywords under which what is evaluated depends on the object. */
const CONDITIONAL = ['anyOf', 'oneOf', 'if', 'not', 'dependentSchemas', '$dynamicRef', '$recursiveRef'];

/**
 * The members that `unevaluatedProperties` of a schema does not speak about, where `properties`, conjuncts and references
 * alone decide that; none: all are evaluated; undefined where it depends on the object.
 */
export function unevaluatedMembers(place: Place, library: Library): KnownMembers | 'none' | undefined {
  const listed = new Set<string>();
  const patterns = new Set<string>();
  const seen = new Set<unknown>();
  const todo: Place[] = [place];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { schema, resource } = next;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    if (CONDITIONAL.some((keyword) => own(schema, keyword) !== undefined)) return undefined;
    if (next !== place && own(schema, 'unevaluatedProperties') !== undefined) return undefined;
    if (own(schema, 'additionalProperties') !== undefined) return 'none';
    for (const name of keysAt(schema, 'properties')) listed.add(name);
    for (const pattern of keysAt(schema, 'patternProperties')) patterns.add(pattern);
    const all = own(schema, 'allOf');
    if (Array.isArray(all)) {
      for (const [i, inner] of all.entries()) todo.push(library.inside(next, inner, 'allOf', String(i)));
    }
    const reference = own(schema, '$ref');
    if (reference === undefined) continue;
    const target = typeof reference === 'string' ? library.resolve(reference, resource) : undefined;
    if (!target) return undefined;
    todo.push(target);
  }
  return { listed: [...listed], patterns: [...patterns] };
}

function keysAt(schema: { readonly [key: string]: unknown }, keyword: string): string[] {
  const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined;
  return isObject(value) ? Object.keys(value) : [];
}
