import { isObject, type JsonObject, type JsonValue } from '../../json/value.ts';
import { subschemasOf } from '../../schema/subschemas.ts';

/** Keywords that say nothing about validity. */
const ANNOTATIONS: readonly string[] = [
  'title',
  'description',
  'default',
  'examples',
  'example',
  '$comment',
  'deprecated',
  'readOnly',
  'writeOnly',
];

/**
 * A schema without what does not validate, so that validators do not carry it along. Only schemas are trimmed: a
 * property that is called `title` stays, and so does what stands in places that are no schemas (references may lead
 * there).
 */
export function trimmed(schema: JsonValue): JsonValue {
  const text = JSON.stringify(schema);
  return without(
    ANNOTATIONS.filter((keyword) => !leadsInto(keyword, text)),
    schema,
    0,
  );
}

/** Whether a reference leads into such a keyword: `#/examples/0`. */
function leadsInto(keyword: string, text: string): boolean {
  return (
    text.includes(`/${keyword}`) &&
    new RegExp(`"\\$ref":"[^"]*/${keyword.replace('$', '\\$')}["/]`).test(text)
  );
}

function without(keywords: readonly string[], schema: JsonValue, depth: number): JsonValue {
  if (!isObject(schema) || depth > 200) return schema;
  const copy: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!keywords.includes(keyword)) put(copy, keyword, value);
  }
  for (const { schema: inner, tokens } of subschemasOf(schema)) {
    const [keyword, name] = tokens as [string, string?];
    const small = without(keywords, inner, depth + 1);
    if (name === undefined) copy[keyword] = small;
    else {
      // The first subschema of a list or a map makes a copy of it, the others find that copy.
      if (copy[keyword] === schema[keyword]) copy[keyword] = shallow(schema[keyword]!);
      put(copy[keyword] as Record<string, JsonValue>, name, small);
    }
  }
  return copy;
}

function shallow(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return [...value];
  const copy: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value as JsonObject)) put(copy, name, member);
  return copy;
}

/** Sets a member, also one called `__proto__`. */
function put(object: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
