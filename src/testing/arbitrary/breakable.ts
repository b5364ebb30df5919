import { printPointer } from '../../json/pointer.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { CompiledSchema } from '../../schema/compiled.ts';
import { NOWHERE, type Place } from '../../schema/library.ts';
import { namesOf } from '../../schema/names-of.ts';
import { anyItem, countedItems, each, items, size, some } from '../../sets/atoms.ts';
import { FALSE, type Formula } from '../../sets/formula.ts';
import { and, or } from '../../sets/junction.ts';
import { oneName } from '../../sets/names.ts';
import { not } from '../../sets/not.ts';

/** One thing a schema asks, and the values that break it and nothing else. */
export interface Breakable {
  readonly keyword: string;
  /** The address of the keyword, `#/properties/rating/maximum`; of a name in `required`, with the name. */
  readonly constraint: string;
  /** Where in the value, as in `items[].sku`. */
  readonly path: string;
  readonly formula: Formula;
}

/** Keywords that ask something by themselves; those that apply schemas elsewhere are looked into instead. */
const LEAVES: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'const', 'multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  ...['maxLength', 'minLength', 'pattern', 'format', 'maxItems', 'minItems', 'uniqueItems', 'contains'],
  ...[
    'minContains',
    'maxContains',
    'maxProperties',
    'minProperties',
    'dependentRequired',
    'dependentSchemas',
  ],
  ...[
    'dependencies',
    'propertyNames',
    'unevaluatedProperties',
    'unevaluatedItems',
    'anyOf',
    'oneOf',
    'not',
    'if',
  ],
]);

/** Schemas inside each other that are looked into, and constraints listed. */
const DEEPEST = 8;
const MOST = 300;
const MANY = Number.POSITIVE_INFINITY;

type Lift = (broken: Formula) => Formula;

/**
 * Every constraint of a schema that can be broken by itself. What a union's branches ask is not among them: a value
 * that breaks one may satisfy another; the union itself is.
 */
export function breakables({ root, library, compiler }: CompiledSchema): Breakable[] {
  const found: Breakable[] = [];
  const at = (place: Place, schema: JsonValue): Place => ({ ...place, schema });
  const set = (place: Place, schema: JsonValue): Formula => compiler.compile(at(place, schema));

  const visit = (place: Place, path: string, lift: Lift, way: readonly JsonValue[]): void => {
    const { schema } = place;
    if (!isObject(schema) || way.includes(schema) || way.length > DEEPEST) return;
    const deeper = [...way, schema];
    const add = (keyword: string, rest: JsonObject, more: readonly string[] = []): void => {
      if (found.length >= MOST) return;
      const broken = and(set(place, rest), not(set(place, schema)));
      const formula = broken === FALSE ? FALSE : lift(broken);
      const constraint = addressOf(place, keyword, more);
      if (formula !== FALSE) found.push({ keyword, constraint, path, formula });
    };
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === 'required' && Array.isArray(value)) {
        for (const [i, name] of value.entries()) {
          add(keyword, { ...schema, required: value.toSpliced(i, 1) }, [String(name)]);
        }
      } else if (LEAVES.has(keyword) && value !== true) add(keyword, without(schema, keyword));
      else if (keyword === 'uniqueItems' || value === false) add(keyword, without(schema, keyword));
    }
    for (const inner of innerPlaces(place, path)) {
      visit(
        inner.place,
        inner.path,
        (broken) => lift(and(set(place, inner.rest), inner.lift(broken))),
        deeper,
      );
    }
  };

  const inside = (place: Place, schema: JsonValue, ...steps: readonly string[]) =>
    library.inside(place, schema, ...steps);

  function* innerPlaces(place: Place, path: string): Generator<Inner> {
    const schema = place.schema as JsonObject;
    const { properties, allOf, prefixItems, additionalProperties } = schema;
    if (isObject(properties)) {
      for (const [name, inner] of Object.entries(properties)) {
        yield {
          place: inside(place, inner, 'properties', name),
          path: path === '' ? name : `${path}.${name}`,
          rest: { ...schema, properties: { ...properties, [name]: true } },
          lift: (broken) => some(oneName(name), broken),
        };
      }
    }
    if (isObject(additionalProperties) && schema['unevaluatedProperties'] === undefined) {
      const names = namesOf({ listed: keys(properties), patterns: keys(schema['patternProperties']) });
      const place2 = inside(place, additionalProperties, 'additionalProperties');
      const right = compiler.compile(place2);
      yield {
        place: place2,
        path: `${path}.*`,
        rest: without(schema, 'additionalProperties'),
        lift: (broken) => and(some(names, broken), each(names, or(right, broken))),
      };
    }
    const listed = Array.isArray(prefixItems)
      ? 'prefixItems'
      : Array.isArray(schema['items'])
        ? 'items'
        : undefined;
    const list = listed ? (schema[listed] as readonly JsonValue[]) : [];
    for (const [i, inner] of list.entries()) {
      yield {
        place: inside(place, inner, listed!, String(i)),
        path: `${path}[${i}]`,
        rest: { ...schema, [listed!]: list.with(i, true) },
        lift: (broken) => and(size(i + 1, MANY), items(i, i, broken), anyItem(i, i, broken)),
      };
    }
    if (isObject(schema['items']) && schema['unevaluatedItems'] === undefined) {
      const from = listed === 'prefixItems' ? list.length : 0;
      const inner = inside(place, schema['items'], 'items');
      const right = compiler.compile(inner);
      yield {
        place: inner,
        path: `${path}[]`,
        rest: without(schema, 'items'),
        lift: (broken) => {
          const one = from === 0 ? countedItems(broken, 1, 1) : anyItem(from, MANY, broken);
          return and(one, items(from, MANY, or(right, broken)));
        },
      };
    }
    if (Array.isArray(allOf)) {
      for (const [i, inner] of allOf.entries()) {
        yield {
          place: inside(place, inner, 'allOf', String(i)),
          path,
          rest: { ...schema, allOf: allOf.toSpliced(i, 1) },
          lift: (broken) => broken,
        };
      }
    }
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
    if (target) yield { place: target, path, rest: without(schema, '$ref'), lift: (broken) => broken };
  }

  visit(root, '', (broken) => broken, []);
  return found;
}

interface Inner {
  readonly place: Place;
  readonly path: string;
  /** The outer schema without what this inner one asks. */
  readonly rest: JsonObject;
  readonly lift: Lift;
}

function addressOf({ tokens, resource }: Place, keyword: string, more: readonly string[]): string {
  const pointer = printPointer([...tokens.slice(resource.tokens.length), keyword, ...more]);
  // Files without an address of their own are known by where they lie, below a made-up root.
  const uri = resource.uri === NOWHERE ? '' : resource.uri.replace(/^file:\/\/\/(?:_\/)+/, '');
  return `${uri}#${pointer}`;
}

function without(schema: JsonObject, keyword: string): JsonObject {
  const gone = keyword === 'if' ? ['if', 'then', 'else'] : [keyword];
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !gone.includes(name)));
}

function keys(value: JsonValue | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
