import { isObject, type JsonValue, setOwn } from '../../json/value.ts';

/** A copy that shares nothing: handlers may write into the events they get. */
export function copyJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isObject(value)) return value;
  const copy: Record<string, JsonValue> = {};
  for (const [name, item] of Object.entries(value)) setOwn(copy, name, copyJson(item));
  return copy;
}

/** A copy with another member or item; `undefined` leaves the member out. */
export function replaceIn(value: JsonValue, key: string | number, inner: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => (i === key ? (inner === undefined ? [] : [inner]) : [item]));
  }
  const copy: Record<string, JsonValue> = {};
  for (const [name, item] of Object.entries(value as object)) {
    if (name !== key) setOwn(copy, name, item);
    else if (inner !== undefined) setOwn(copy, name, inner);
  }
  return copy;
}
