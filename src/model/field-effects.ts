import { fieldAt } from '../json/fields.ts';
import type { JsonValue } from '../json/value.ts';
import type { FieldEffect } from './emission.ts';

type Effect = FieldEffect<JsonValue>;
type Effects = Readonly<Record<string, Effect>>;

const known = new WeakMap<Effects, Map<string, Effect>>();

/**
 * What becomes of one field of `detail` (a dotted path), by what is said of it and of the records around it: the later
 * one counts. A record that is copied holds what the received one held.
 */
export function effectAt(fields: Effects, path: string): Effect {
  const byPath = known.get(fields) ?? new Map<string, Effect>();
  known.set(fields, byPath);
  const before = byPath.get(path);
  if (before) return before;
  let found: Effect = { kind: 'any' };
  for (const [told, effect] of Object.entries(fields)) {
    if (told === path) found = effect;
    else if (path.startsWith(`${told}.`)) found = within(effect, told, path.slice(told.length + 1));
    // Then it is a record, of whose other fields nothing is known.
    else if (told.startsWith(`${path}.`)) found = { kind: 'any' };
  }
  byPath.set(path, found);
  return found;
}

/** What becomes of a field in a record, by what becomes of the record. */
export function within(effect: Effect, record: string, rest: string): Effect {
  switch (effect.kind) {
    case 'copy':
      return { kind: 'copy', from: inside(sourceOf(effect, record), rest) };
    case 'set': {
      const value = fieldAt(effect.value, rest.split('.'));
      return value === undefined ? { kind: 'absent' } : { kind: 'set', value };
    }
    // A number has no fields.
    case 'increment':
    case 'absent':
      return { kind: 'absent' };
    case 'any':
      return effect;
  }
}

/** The field of the received event that an effect on a field begins with: the one that is copied, else the same. */
export function sourceOf(effect: Effect, path: string): string {
  return effect.kind === 'copy' ? (effect.from ?? path) : path;
}

/** The path of a field in a record; all of `detail`, and all of the record, have an empty path. */
export function inside(record: string, path: string): string {
  return record === '' || path === '' ? record + path : `${record}.${path}`;
}

/** The names that lead to a field from `detail` on. */
export function namesOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('.');
}
