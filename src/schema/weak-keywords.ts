import { isObject, type JsonValue } from '../json/value.ts';
import type { CompiledSchema } from './compiled.ts';

/**
 * Keywords that Ajv 8 is known to misread in some combinations: `unevaluatedItems` beside `contains`, nested
 * `unevaluatedProperties`, references by dynamic scope, and `contains` beside `prefixItems`, which it lets the empty
 * array pass.
 */
const WEAK = new Set([
  'contains',
  'unevaluatedItems',
  'unevaluatedProperties',
  '$dynamicRef',
  '$recursiveRef',
]);

/** Neither alone: with both, the items before the end of a short array are not compared. */
const WEAK_TOGETHER = [new Set(['prefixItems']), new Set(['uniqueItems'])];

const known = new WeakMap<CompiledSchema, boolean>();

/** Whether Ajv's judgement under this schema is not to be trusted by itself. */
export function usesWeakKeywords(schema: CompiledSchema): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const weak = schema.files.some(
    ({ schema: file }) => mentions(file, WEAK) || WEAK_TOGETHER.every((keys) => mentions(file, keys)),
  );
  known.set(schema, weak);
  return weak;
}

/** Whether one of some keys is anywhere in a value. Linear, without recursion. */
export function mentions(value: JsonValue, keys: ReadonlySet<string>): boolean {
  const todo: JsonValue[] = [value];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (Array.isArray(next)) todo.push(...next);
    else if (isObject(next)) {
      for (const [key, inner] of Object.entries(next)) {
        if (keys.has(key)) return true;
        todo.push(inner);
      }
    }
  }
  return false;
}
