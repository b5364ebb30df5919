import { canonicalJson, isObject, type JsonValue, own } from '../json/value.ts';
import type { Library, Place } from './library.ts';
import { type Holder, holderOf, isSchema } from './subschemas.ts';

/** Keywords that say nothing about an instance, or only where something stands. */
const SILENT = new Set(
  (
    'title description $comment examples example default deprecated readOnly writeOnly $id id $schema $anchor ' +
    '$defs definitions $vocabulary contentEncoding contentMediaType contentSchema'
  ).split(' '),
);

/**
 * A text for the meaning of a schema with all it refers to: equal texts, equal sets, wherever the schemas stand and
 * whatever they are called. Two versions of a recursive schema so share what did not change. Undefined if the
 * schema is larger than `longest` characters, refers to what was not given, or refers dynamically.
 */
export function contentKey(place: Place, library: Library, longest: number): string | undefined {
  const numbers = new Map<JsonValue, number>();
  const todo: Place[] = [];
  const numberOf = (target: Place): number => {
    const known = numbers.get(target.schema);
    if (known !== undefined) return known;
    numbers.set(target.schema, todo.length);
    return todo.push(target) - 1;
  };
  numberOf(place);
  let text = '';
  for (let next = 0; next < todo.length; next++) {
    const part = print(todo[next]!, library, numberOf);
    if (part === undefined) return undefined;
    text += `${todo[next]!.resource.dialect}:${part}\n`;
    if (text.length > longest) return undefined;
  }
  return text;
}

function print(place: Place, library: Library, numberOf: (target: Place) => number): string | undefined {
  const { schema, resource } = place;
  if (!isObject(schema)) return JSON.stringify(schema);
  if (resource.unknownDialect !== undefined) return undefined;
  const parts: string[] = [];
  for (const keyword of Object.keys(schema).sort()) {
    if (SILENT.has(keyword)) continue;
    const value = own(schema, keyword)!;
    let part: string | undefined;
    if (keyword === '$ref') {
      const target = typeof value === 'string' ? library.resolve(value, resource) : undefined;
      part = target && String(numberOf(target));
    } else if (keyword === '$dynamicRef' || keyword === '$recursiveRef') {
      return undefined;
    } else {
      part = printValue(value, holderOf(keyword), place, keyword, library, numberOf);
    }
    if (part === undefined) return undefined;
    parts.push(`${JSON.stringify(keyword)}:${part}`);
  }
  return `{${parts.join()}}`;
}

function printValue(
  value: JsonValue,
  holder: Holder | undefined,
  place: Place,
  keyword: string,
  library: Library,
  numberOf: (target: Place) => number,
): string | undefined {
  const inner = (schema: JsonValue, ...steps: string[]) =>
    isSchema(schema)
      ? print(library.inside(place, schema, keyword, ...steps), library, numberOf)
      : canonicalJson(schema);
  if (!holder) return canonicalJson(value);
  let parts: (string | undefined)[];
  if (holder === 'map') {
    if (!isObject(value)) return canonicalJson(value);
    const names = Object.keys(value).sort();
    parts = names.map((name) => join(JSON.stringify(name), inner(value[name]!, name)));
  } else if (Array.isArray(value)) {
    parts = value.map((schema, i) => inner(schema, String(i)));
  } else {
    return inner(value);
  }
  return parts.includes(undefined) ? undefined : `[${parts.join()}]`;
}

function join(name: string, schema: string | undefined): string | undefined {
  return schema === undefined ? undefined : `${name}:${schema}`;
}
