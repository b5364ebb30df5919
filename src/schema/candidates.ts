import { isObject, type JsonValue, own } from '../json/value.ts';
import { acceptedLeaves, acceptsAbsence } from '../pattern/compile-choice.ts';
import type { Choice, Condition, Pattern } from '../pattern/pattern.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';

/** The fields that nearly every event type fixes and nearly every rule asks for. */
const FIELDS = ['source', 'detail-type'] as const;

/** The texts a field can only have, for each of the fields; undefined if it is not fixed. */
type Fixed = readonly (ReadonlySet<string> | undefined)[];

/**
 * Finds, for a pattern, the schemas worth asking about: all but those whose `source` or `detail-type` the pattern
 * can never accept. What is left out has no valid and matching event; what is in may still have none. Building is
 * linear in the schemas; a look-up costs as much as it finds, and for operators one test for each different text.
 */
export class Candidates {
  private readonly all: readonly Fixed[];
  private readonly byField: readonly ByText[];

  constructor(schemas: readonly CompiledSchema[]) {
    this.all = schemas.map(fixedTexts);
    this.byField = FIELDS.map((_, i) => byText(this.all.map((fixed) => fixed[i])));
  }

  /** The positions of the schemas that may have an event for the pattern, ascending. */
  of(pattern: Pattern): number[] {
    const found = new Set<number>();
    for (const { conditions } of pattern.alternatives) {
      const lists = FIELDS.flatMap((field, i) => {
        const condition = conditions.find(({ path }) => path === field);
        return condition && !acceptsAbsence(condition) ? [this.accepting(i, condition)] : [];
      });
      const [first = this.all.keys(), ...others] = lists.sort((a, b) => a.size - b.size);
      for (const position of first) {
        if (others.every((list) => list.has(position))) found.add(position);
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** The schemas of which some text, fixed for the field, meets the condition, or that fix none. */
  private accepting(field: number, condition: Condition): ReadonlySet<number> {
    const { texts, free } = this.byField[field]!;
    const positions = new Set(free);
    const add = (list: readonly number[] = []) => {
      for (const position of list) positions.add(position);
    };
    if (condition.choices.every(isPlainText)) {
      for (const choice of condition.choices) if (isPlainText(choice)) add(texts.get(choice.value));
    } else {
      const leaves = acceptedLeaves(condition);
      for (const [text, list] of texts) if (evaluate(leaves, text) !== false) add(list);
    }
    return positions;
  }
}

/** Accepts its own text and no other. */
function isPlainText(choice: Choice): choice is Choice & { readonly kind: 'string' | 'exactly' } {
  return (choice.kind === 'string' && !choice.address) || choice.kind === 'exactly';
}

/** Which schemas have which texts, and those that may have any. */
interface ByText {
  readonly texts: ReadonlyMap<string, readonly number[]>;
  readonly free: readonly number[];
}

function byText(fixed: readonly (ReadonlySet<string> | undefined)[]): ByText {
  const texts = new Map<string, number[]>();
  const free: number[] = [];
  for (const [position, own] of fixed.entries()) {
    if (!own) free.push(position);
    for (const text of own ?? []) {
      const list = texts.get(text);
      if (list) list.push(position);
      else texts.set(text, [position]);
    }
  }
  return { texts, free };
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
