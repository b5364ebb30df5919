import { canonicalJson, isObject, type JsonValue, own } from '../json/value.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';

/** What a schema says about a field of its values. */
export interface FieldFacts {
  /** Whether some part of the schema speaks of it; `free` where the object it is in has no declared fields at all. */
  readonly declared: 'yes' | 'no' | 'free';
  /** The names that are declared beside it, where it is not. */
  readonly siblings: readonly string[];
  /** Where the path leaves what is declared: so many of its steps are known. */
  readonly depth: number;
  /** The only values it can have, where the schema lists them. */
  readonly values?: readonly JsonValue[];
}

/**
 * Follows a path of names into a schema, as an event pattern follows it into an event: through references, through
 * every branch of `allOf`, `anyOf`, `oneOf` and `if`, and through arrays. Reads what is written; proves nothing.
 */
export function fieldFacts(schema: CompiledSchema, path: readonly string[]): FieldFacts {
  let places = spokenOf(schema, [schema.root]);
  for (const [depth, name] of path.entries()) {
    const { inner, free, names } = stepInto(schema, places, name);
    if (free) return { declared: 'free', siblings: [], depth };
    if (inner.length === 0) return { declared: 'no', siblings: names, depth };
    places = inner;
  }
  const values = listedValues(schema, places);
  return { declared: 'yes', siblings: [], depth: path.length, ...(values ? { values } : {}) };
}

/** The schemas of one member, in every part that speaks of it. Unexpanded, so that what must hold stays apart. */
function stepInto(
  schema: CompiledSchema,
  places: readonly Place[],
  name: string,
): { readonly inner: Place[]; readonly free: boolean; readonly names: string[] } {
  const inner: Place[] = [];
  const names = new Set<string>();
  let open = false;
  for (const place of spokenOf(schema, places)) {
    if (!isObject(place.schema)) continue;
    const { library } = schema;
    const properties = own(place.schema, 'properties');
    if (isObject(properties)) {
      for (const each of Object.keys(properties)) names.add(each);
      const found = own(properties, name);
      if (found !== undefined) inner.push(library.inside(place, found, 'properties', name));
    }
    // Names that are not listed one by one may be any: then nothing is misspelt.
    if (own(place.schema, 'patternProperties') !== undefined) open = true;
    if (isObject(own(place.schema, 'additionalProperties'))) open = true;
    if (isObject(own(place.schema, 'unevaluatedProperties'))) open = true;
    const unread = own(place.schema, '$dynamicRef') ?? own(place.schema, '$recursiveRef');
    if (unread !== undefined) open = true;
    const reference = own(place.schema, '$ref');
    if (typeof reference === 'string' && !library.resolve(reference, place.resource)) open = true;
  }
  return { inner, names: [...names], free: inner.length === 0 && (open || names.size === 0) };
}

const branches = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const singles = ['then', 'else', 'if', 'items', 'contains', 'additionalItems'] as const;

/** Schemas with all that they refer to and branch into, at the same place of the value or in its arrays. */
export function spokenOf({ library }: CompiledSchema, start: readonly Place[]): Place[] {
  const found: Place[] = [];
  const seen = new Set<JsonValue>();
  const todo = [...start];
  for (let place = todo.pop(); place; place = todo.pop()) {
    const { schema } = place;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    found.push(place);
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
    if (target) todo.push(target);
    for (const keyword of branches) {
      const list = own(schema, keyword);
      for (const [i, each] of Array.isArray(list) ? list.entries() : [])
        todo.push(library.inside(place, each, keyword, String(i)));
    }
    for (const keyword of singles) {
      const each = own(schema, keyword);
      if (Array.isArray(each))
        for (const [i, item] of each.entries()) todo.push(library.inside(place, item, keyword, String(i)));
      else if (isObject(each)) todo.push(library.inside(place, each, keyword));
    }
    const dependent = own(schema, 'dependentSchemas');
    if (isObject(dependent)) {
      for (const [name, each] of Object.entries(dependent))
        todo.push(library.inside(place, each, 'dependentSchemas', name));
    }
  }
  return found;
}

/** The union of the values that the parts list; undefined when a part lists none and so may allow others. */
function listedValues(schema: CompiledSchema, places: readonly Place[]): JsonValue[] | undefined {
  const values = new Map<string, JsonValue>();
  for (const place of places) {
    const listed = valuesAt(schema, place, 0);
    if (!listed) return undefined;
    for (const value of listed) values.set(canonicalJson(value), value);
  }
  return values.size === 0 ? undefined : [...values.values()];
}

/** The values a schema can have, where it lists them itself, by reference, in `allOf`, in all branches or in items. */
function valuesAt(schema: CompiledSchema, place: Place, depth: number): readonly JsonValue[] | undefined {
  const { schema: text } = place;
  if (!isObject(text) || depth > 20) return undefined;
  const { library } = schema;
  const constant = own(text, 'const');
  if (constant !== undefined) return [constant];
  const list = own(text, 'enum');
  if (Array.isArray(list)) return list;
  const reference = own(text, '$ref');
  const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
  const referred = target && valuesAt(schema, target, depth + 1);
  if (referred) return referred;
  const all = own(text, 'allOf');
  for (const [i, each] of Array.isArray(all) ? all.entries() : []) {
    const found = valuesAt(schema, library.inside(place, each, 'allOf', String(i)), depth + 1);
    if (found) return found;
  }
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const any = own(text, keyword);
    if (!Array.isArray(any) || any.length === 0) continue;
    const each = any.map((one, i) =>
      valuesAt(schema, library.inside(place, one, keyword, String(i)), depth + 1),
    );
    if (each.every((values) => values !== undefined)) return each.flat();
  }
  const items = own(text, 'items');
  if (own(text, 'type') === 'array' && isObject(items) && own(text, 'prefixItems') === undefined)
    return valuesAt(schema, library.inside(place, items, 'items'), depth + 1);
  return undefined;
}
