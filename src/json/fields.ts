import { isObject, type JsonObject, type JsonValue, own, setOwn } from './value.ts';

/** What an object holds where a path of names leads; undefined for nothing. */
export function fieldAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const name of path) current = isObject(current) ? own(current, name) : undefined;
  return current;
}

/** A copy of an object that holds a value where a path of names leads; undefined takes the member away. */
export function withField(
  object: JsonObject,
  [name = '', ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonObject {
  const current = own(object, name);
  const missing = value === undefined && !isObject(current);
  const next =
    rest.length === 0 ? value : missing ? current : withField(isObject(current) ? current : {}, rest, value);
  const copy: Record<string, JsonValue> = {};
  for (const [key, each] of Object.entries(object)) if (key !== name) setOwn(copy, key, each);
  if (next !== undefined) setOwn(copy, name, next);
  return copy;
}
