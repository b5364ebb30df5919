import { isObject, type JsonValue } from '../json/value.ts';
import { contains } from '../sets/strings/contains.ts';
import { parseRegex } from '../sets/strings/regex.ts';
import type { CompiledSchema } from './compiled.ts';
import { subschemasOf } from './subschemas.ts';

/** The keys with dots that a schema speaks about, anywhere in it. */
export interface DeclaredKeys {
  has(name: string): boolean;
  /** Whether there is any. */
  readonly some: boolean;
  readonly key: string;
}

const known = new WeakMap<CompiledSchema, DeclaredKeys>();

export function declaredKeys(schema: CompiledSchema): DeclaredKeys {
  const before = known.get(schema);
  if (before) return before;
  const declared = collect(schema);
  known.set(schema, declared);
  return declared;
}

function collect(schema: CompiledSchema): DeclaredKeys {
  const names = new Set<string>();
  const sources = new Set<string>();
  const todo: JsonValue[] = schema.files.map((file) => file.schema);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (!isObject(next)) continue;
    for (const name of keysOf(next['properties'])) if (name.includes('.')) names.add(name);
    for (const name of Array.isArray(next['required']) ? next['required'] : []) {
      if (typeof name === 'string' && name.includes('.')) names.add(name);
    }
    for (const source of keysOf(next['patternProperties'])) sources.add(source);
    for (const { schema: inner } of subschemasOf(next)) todo.push(inner);
  }
  const languages = [...sources].flatMap((source) => {
    const read = parseRegex(source);
    return 'invalid' in read ? [] : [read.language];
  });
  return {
    has: (name) => names.has(name) || languages.some((language) => contains(language, name)),
    some: names.size > 0 || languages.length > 0,
    key: `declared ${JSON.stringify([[...names].sort(), [...sources].sort()])}`,
  };
}

function keysOf(value: JsonValue | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

/** Whether a value has, at any depth, a key with a dot that is not declared. */
export function hasUndeclaredDots(value: JsonValue, declared: DeclaredKeys): boolean {
  if (Array.isArray(value)) return value.some((item) => hasUndeclaredDots(item, declared));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, inner]) => (name.includes('.') && !declared.has(name)) || hasUndeclaredDots(inner, declared),
  );
}
