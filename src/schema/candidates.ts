import { isObject, type JsonValue, own } from '../json/value.ts';
import { acceptedLeaves, acceptsAbsence } from '../pattern/compile-choice.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { Formula } from '../sets/formula.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';

/** The fields that nearly every event type fixes and nearly every rule asks for. */
const FIELDS = ['source', 'detail-type'] as const;

/** The texts a field can only have, for each of the fields; undefined if it is not fixed. */
type Fixed = readonly (ReadonlySet<string> | undefined)[];

/**
 * Finds, for a pattern, the schemas worth asking about: all but those whose `source` or `detail-type` the pattern
 * can never accept. What is left out has no valid and matching event; what is in may still have none. Building is
 * linear in the schemas; a look-up costs one test for each different text, and one for each schema that is found.
 */
export class Candidates {
  private readonly all: readonly { readonly schema: CompiledSchema; readonly fixed: Fixed }[];
  private readonly texts: readonly (readonly string[])[];

  constructor(schemas: readonly CompiledSchema[]) {
    this.all = schemas.map((schema) => ({ schema, fixed: fixedTexts(schema) }));
    this.texts = FIELDS.map((_, i) => [...new Set(this.all.flatMap(({ fixed }) => [...(fixed[i] ?? [])]))]);
  }

  /** The positions of the schemas that may have an event for the pattern, ascending. */
  of(pattern: Pattern): number[] {
    const found = new Set<number>();
    for (const { conditions } of pattern.alternatives) {
      const accepted = FIELDS.map((field, i) => {
        const condition = conditions.find(({ path }) => path === field);
        if (!condition || acceptsAbsence(condition)) return undefined;
        const leaves = acceptedLeaves(condition);
        return new Set(this.texts[i]!.filter((text) => mayAccept(leaves, text)));
      });
      for (const [position, { fixed }] of this.all.entries()) {
        if (accepted.every((texts, i) => meet(texts, fixed[i]))) found.add(position);
      }
    }
    return [...found].sort((a, b) => a - b);
  }
}

function mayAccept(leaves: Formula, text: string): boolean {
  return evaluate(leaves, text) !== false;
}

function meet(accepted: ReadonlySet<string> | undefined, fixed: ReadonlySet<string> | undefined): boolean {
  if (!accepted || !fixed) return true;
  for (const text of fixed) if (accepted.has(text)) return true;
  return false;
}

/** From `const` and `enum` of the fields' schemas, in the schema itself and in what it always applies. */
function fixedTexts(schema: CompiledSchema): Fixed {
  const places = alwaysApplied(schema, [schema.root]);
  return FIELDS.map((field) => {
    const below = alwaysApplied(
      schema,
      places.flatMap((place) => declared(schema, place, field)),
    );
    for (const { schema: inner } of below) {
      const values = isObject(inner) ? valuesOf(inner) : undefined;
      if (values?.every((value) => typeof value === 'string')) return new Set(values);
    }
    return undefined;
  });
}

/** The schema that `properties` has for a field, if it has one. */
function declared({ library }: CompiledSchema, place: Place, field: string): Place[] {
  const properties = isObject(place.schema) ? own(place.schema, 'properties') : undefined;
  const inner = isObject(properties) ? own(properties, field) : undefined;
  return inner === undefined ? [] : [library.inside(place, inner, 'properties', field)];
}

function valuesOf(schema: { readonly [key: string]: JsonValue }): readonly JsonValue[] | undefined {
  const constant = own(schema, 'const');
  if (constant !== undefined) return [constant];
  const list = own(schema, 'enum');
  return Array.isArray(list) ? list : undefined;
}

/** Schemas together with those they refer to or hold in `allOf`: all of them must accept the value. */
function alwaysApplied({ library }: CompiledSchema, start: readonly Place[]): Place[] {
  const found: Place[] = [];
  const seen = new Set<JsonValue>();
  const todo = [...start];
  for (let place = todo.pop(); place; place = todo.pop()) {
    const { schema } = place;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    found.push(place);
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
    if (target) todo.push(target);
    const conjuncts = own(schema, 'allOf');
    for (const [i, inner] of Array.isArray(conjuncts) ? conjuncts.entries() : []) {
      todo.push(library.inside(place, inner, 'allOf', String(i)));
    }
  }
  return found;
}
