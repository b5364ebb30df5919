import { isObject, type JsonObject, type JsonValue } from '../json/value.ts';
import { holderOf, isSchema } from './subschemas.ts';

/**
 * A schema for judging values that have no other member names than these: what it asks of members with other names
 * is left out. Judges take long over schemas of many thousand members, of which a value mostly has a few.
 */
export function sliceFor(schema: JsonValue, names: ReadonlySet<string>): JsonValue {
  const kept = new Set(names);
  for (const name of referredNames(schema)) kept.add(name);
  return slice(schema, kept);
}

/** Every member name anywhere in a value. */
export function namesIn(value: JsonValue): ReadonlySet<string> {
  const names = new Set<string>();
  const todo: JsonValue[] = [value];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (Array.isArray(next)) todo.push(...next);
    else if (isObject(next)) {
      for (const [name, inner] of Object.entries(next)) {
        names.add(name);
        todo.push(inner);
      }
    }
  }
  return names;
}

/** Names on the way of references by pointer: what they lead to must stay where it is. */
function referredNames(schema: JsonValue): Set<string> {
  const names = new Set<string>();
  const todo: JsonValue[] = [schema];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (Array.isArray(next)) todo.push(...next);
    else if (isObject(next)) {
      for (const [name, inner] of Object.entries(next)) {
        if (name.endsWith('Ref') || name === '$ref') for (const step of stepsOf(inner)) names.add(step);
        todo.push(inner);
      }
    }
  }
  return names;
}

function stepsOf(reference: JsonValue): string[] {
  if (typeof reference !== 'string') return [];
  const fragment = reference.slice(reference.indexOf('#') + 1);
  return fragment.split('/').map((step) => {
    const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
    try {
      return decodeURIComponent(plain);
    } catch {
      return plain;
    }
  });
}

function slice(schema: JsonValue, names: ReadonlySet<string>): JsonValue {
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, sliceValue(keyword, value, names)]),
  );
}

function sliceValue(keyword: string, value: JsonValue, names: ReadonlySet<string>): JsonValue {
  const holder = holderOf(keyword);
  if (!holder) return value;
  if (Array.isArray(value)) return value.map((inner: JsonValue) => slice(inner, names));
  if (!isObject(value)) return value;
  if (holder !== 'map') return slice(value, names);
  return sliceMap(keyword, value, names);
}

function sliceMap(keyword: string, value: JsonObject, names: ReadonlySet<string>): JsonValue {
  const members = Object.entries(value).map(([name, inner]): [string, JsonValue] => {
    if (keyword === 'properties' && !names.has(name)) return [name, {}];
    return [name, isSchema(inner) ? slice(inner, names) : inner];
  });
  return Object.fromEntries(members);
}
