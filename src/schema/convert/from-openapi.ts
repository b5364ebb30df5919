import { isObject, type JsonObject, type JsonValue, own, setOwn } from '../../json/value.ts';
import { holderOf, isSchema } from '../subschemas.ts';

/** Keywords of OpenAPI that say nothing about a value. */
const ABOUT_DOCUMENTS = new Set(['nullable', 'discriminator', 'xml', 'externalDocs', 'example']);

/**
 * A schema object of OpenAPI 3.0 in the words of JSON Schema 2020-12, with the same meaning. `rename` gives what a
 * reference becomes.
 */
export function fromOpenApi(schema: JsonValue, rename: (reference: string) => string): JsonValue {
  if (!isObject(schema)) return schema;
  const reference = own(schema, '$ref');
  // OpenAPI 3.0 ignores what stands beside a reference.
  if (typeof reference === 'string') return { $ref: rename(reference) };
  const target: Record<string, JsonValue> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (ABOUT_DOCUMENTS.has(keyword)) continue;
    if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') continue;
    if (keyword === 'minimum' || keyword === 'maximum') {
      const exclusive = keyword === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
      target[own(schema, exclusive) === true ? exclusive : keyword] = value;
    } else setOwn(target, keyword, below(keyword, value, rename));
  }
  const type = own(schema, 'type');
  if (own(schema, 'nullable') === true && typeof type === 'string') target['type'] = [type, 'null'];
  const example = own(schema, 'example');
  if (example !== undefined && own(schema, 'examples') === undefined) target['examples'] = [example];
  return target;
}

function below(keyword: string, value: JsonValue, rename: (reference: string) => string): JsonValue {
  const holder = holderOf(keyword);
  if (!holder) return value;
  if (Array.isArray(value)) return value.map((inner: JsonValue) => fromOpenApi(inner, rename));
  if (holder !== 'map' || !isObject(value)) return isSchema(value) ? fromOpenApi(value, rename) : value;
  const written: JsonObject & Record<string, JsonValue> = {};
  for (const [name, inner] of Object.entries(value)) setOwn(written, name, fromOpenApi(inner, rename));
  return written;
}
