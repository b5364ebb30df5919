import { isObject, type JsonValue } from '../json/value.ts';

/** How a keyword holds schemas: as its value, in a list, under names, or in a mix of these. */
export type Holder = 'one' | 'list' | 'map' | 'oneOrList';

const HOLDERS: Readonly<Record<string, Holder>> = {
  additionalItems: 'one',
  additionalProperties: 'one',
  contains: 'one',
  contentSchema: 'one',
  else: 'one',
  if: 'one',
  not: 'one',
  propertyNames: 'one',
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: 'one',
  unevaluatedItems: 'one',
  unevaluatedProperties: 'one',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  prefixItems: 'list',
  items: 'oneOrList',
  $defs: 'map',
  definitions: 'map',
  dependentSchemas: 'map',
  patternProperties: 'map',
  properties: 'map',
  dependencies: 'map',
};

/** How a keyword holds schemas, or undefined if its value is data. */
export function holderOf(keyword: string): Holder | undefined {
  return Object.hasOwn(HOLDERS, keyword) ? HOLDERS[keyword] : undefined;
}

export interface Subschema {
  readonly schema: JsonValue;
  /** From the schema that holds it. */
  readonly tokens: readonly string[];
}

/** The schemas directly inside a schema, in the order of the text. Values of other keywords are data. */
export function* subschemasOf(schema: JsonValue): Generator<Subschema> {
  if (!isObject(schema)) return;
  for (const [keyword, value] of Object.entries(schema)) {
    const holder = holderOf(keyword);
    if (!holder) continue;
    if (holder === 'map') {
      if (!isObject(value)) continue;
      for (const [name, inner] of Object.entries(value)) {
        if (isSchema(inner)) yield { schema: inner, tokens: [keyword, name] };
      }
    } else if (Array.isArray(value)) {
      if (holder === 'one') continue;
      for (const [i, inner] of value.entries()) {
        if (isSchema(inner)) yield { schema: inner, tokens: [keyword, String(i)] };
      }
    } else if (holder !== 'list' && isSchema(value)) {
      yield { schema: value, tokens: [keyword] };
    }
  }
}

/** Whether a value can be a schema at all. */
export function isSchema(value: JsonValue | undefined): value is JsonValue {
  return typeof value === 'boolean' || isObject(value);
}
