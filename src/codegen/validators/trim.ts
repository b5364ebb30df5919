import { isObject, type JsonObject, type JsonValue } from '../../json/value.ts';
import { subschemasOf } from '../../schema/subschemas.ts';

/** Keywords that say nothing about validity. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'default',
  'examples',
  'example',
  '$comment',
  'deprecated',
  'readOnly',
  'writeOnly',
]);

/**
 * A schema without what does not validate, so that validators do not carry it along. Only schemas are trimmed: a
 * property that is called `title` stays, and so does what stands in places that are no schemas (references may lead
 * there).
 */
export function trimmed(schema: JsonValue, depth = 0): JsonValue {
  if (!isObject(schema) || depth > 200) return schema;
  const copy: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!ANNOTATIONS.has(keyword)) Object.defineProperty(copy, keyword, plain(value));
  }
  for (const { schema: inner, tokens } of subschemasOf(schema)) {
    const [keyword, name] = tokens as [string, string?];
    const small = trimmed(inner, depth + 1);
    if (name === undefined) copy[keyword] = small;
    else {
      const held = copy[keyword] as JsonObject | readonly JsonValue[];
      copy[keyword] = Array.isArray(held)
        ? held.map((item, i) => (String(i) === name ? small : item))
        : withMember(held as JsonObject, name, small);
    }
  }
  return copy;
}

function withMember(object: JsonObject, name: string, value: JsonValue): JsonObject {
  const copy = Object.create(null) as Record<string, JsonValue>;
  for (const [key, member] of Object.entries(object)) copy[key] = key === name ? value : member;
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(copy)) Object.defineProperty(result, key, plain(copy[key]!));
  return result;
}

function plain(value: JsonValue): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}
