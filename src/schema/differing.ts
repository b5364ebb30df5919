import { printPointer } from '../json/pointer.ts';
import { isObject, type JsonValue, own } from '../json/value.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { Reason } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';
import { enterScope, OUTSIDE, type Scope } from './scope.ts';

/** Where in a schema, and where in a value that is not valid under it, the two part. */
export function differingKeyword(schema: CompiledSchema, value: JsonValue): Reason {
  const found = refusedAt(schema, value);
  if (!found) return { text: 'the value is not valid under the second schema' };
  const { place, keyword, at } = found;
  const asked = isObject(place.schema) ? own(place.schema, keyword) : place.schema;
  const pointer = printPointer([...place.tokens, ...(keyword === '' ? [] : [keyword])]);
  const where = at.length === 0 ? 'the value' : at.join('.');
  const shown = JSON.stringify(asked) ?? '';
  const text = `${where} is not valid under "${keyword}": ${shown.length > 80 ? `${shown.slice(0, 77)}…` : shown} (${pointer})`;
  const span = schema.compiler.spanOf(place, keyword);
  return { text, keyword: pointer, path: at.join('.'), ...(span ? { places: [span] } : {}) };
}

/** The first keyword that a value fails; undefined if none can be named. */
export function refusedAt(schema: CompiledSchema, value: JsonValue): Failure | undefined {
  return firstFailure(schema, schema.root, OUTSIDE, value, []);
}

/** Schemas inside schemas that are followed. */
const MAX_DEPTH = 60;

/** The keyword that refuses a value, the schema it stands in, and the steps to the part of the value it refuses. */
export interface Failure {
  readonly place: Place;
  readonly keyword: string;
  readonly at: readonly (string | number)[];
}

/** The first keyword that the value fails, as deep as properties, items, conjuncts and references lead. */
function firstFailure(
  schema: CompiledSchema,
  place: Place,
  outer: Scope,
  value: JsonValue,
  at: readonly (string | number)[],
  depth = 0,
): Failure | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { library } = schema;
  const scope = enterScope(outer, place.resource);
  if (place.schema === false) return { place, keyword: '', at };
  for (const { keyword, formula } of schema.compiler.parts(place, scope)) {
    if (evaluate(formula, value) !== false) continue;
    const inner = isObject(place.schema) ? own(place.schema, keyword) : undefined;
    for (const { target, steps, step } of targetsOf(keyword, inner, value)) {
      const next =
        typeof target === 'string'
          ? library.resolve(target, place.resource)
          : library.inside(place, target, ...steps);
      const below = step === undefined ? value : (value as { [key: string | number]: JsonValue })[step]!;
      const path = step === undefined ? at : [...at, step];
      const failure = next && firstFailure(schema, next, scope, below, path, depth + 1);
      if (failure) return failure;
    }
    return { place, keyword, at };
  }
  return undefined;
}

interface Target {
  /** A schema, or a reference to one. */
  readonly target: JsonValue;
  readonly steps: readonly string[];
  /** The member or item it applies to; the value itself if not given. */
  readonly step?: string | number;
}

function targetsOf(keyword: string, inner: JsonValue | undefined, value: JsonValue): Target[] {
  if (keyword === '$ref' && typeof inner === 'string') return [{ target: inner, steps: [] }];
  if (keyword === 'allOf' && Array.isArray(inner)) {
    return inner.map((target: JsonValue, i) => ({ target, steps: [keyword, String(i)] }));
  }
  if (keyword === 'properties' && isObject(inner) && isObject(value)) {
    const names = Object.keys(inner).filter((name) => Object.hasOwn(value, name));
    return names.map((name) => ({ target: inner[name]!, steps: [keyword, name], step: name }));
  }
  if (keyword === 'items' && isObject(inner) && Array.isArray(value)) {
    return value.map((_, i) => ({ target: inner, steps: [keyword], step: i }));
  }
  return [];
}
