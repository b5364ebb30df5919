import { isObject, type JsonObject, type JsonValue, setOwn } from '../../json/value.ts';
import type { Library, Place } from '../library.ts';

/** Keywords of a schema of names that say nothing, or nothing that a name could fail. */
const SILENT = new Set([
  'title',
  'description',
  'examples',
  'default',
  '$comment',
  '$schema',
  '$id',
  'id',
  '$anchor',
]);

/**
 * What `propertyNames` asks, as schemas of draft 04 for the object: a list of names, patterns and lengths can be said;
 * undefined for everything else. A name that is not listed has no place in an object closed by `additionalProperties`.
 */
export function conditionOnNames(place: Place, library: Library): readonly JsonObject[] | undefined {
  const { schema } = place;
  if (schema === true) return [];
  if (schema === false) return [closedTo({})];
  if (!isObject(schema)) return undefined;
  const conditions: JsonObject[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (SILENT.has(keyword) || keyword.startsWith('x-')) continue;
    const said = conditionOf(keyword, value, place, library);
    if (!said) return undefined;
    conditions.push(...said);
  }
  return conditions;
}

function conditionOf(
  keyword: string,
  value: JsonValue,
  place: Place,
  library: Library,
): readonly JsonObject[] | undefined {
  switch (keyword) {
    case 'type':
      return value === 'string' || (Array.isArray(value) && value.includes('string')) ? [] : [closedTo({})];
    case 'enum':
      return Array.isArray(value) ? [closedTo(members(value))] : undefined;
    case 'const':
      return [closedTo(members([value]))];
    case 'pattern':
      return typeof value === 'string' ? [closedTo({}, value)] : undefined;
    case 'minLength':
    case 'maxLength': {
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > 1000)
        return undefined;
      return [closedTo({}, keyword === 'minLength' ? `^[\\s\\S]{${value},}$` : `^[\\s\\S]{0,${value}}$`)];
    }
    case '$ref': {
      const target = typeof value === 'string' ? library.resolve(value, place.resource) : undefined;
      return target && target.schema !== place.schema ? conditionOnNames(target, library) : undefined;
    }
    default:
      return undefined;
  }
}

function members(values: readonly JsonValue[]): Record<string, JsonValue> {
  const found: Record<string, JsonValue> = {};
  for (const value of values) if (typeof value === 'string') setOwn(found, value, {});
  return found;
}

function closedTo(properties: JsonObject, pattern?: string): JsonObject {
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(pattern === undefined ? {} : { patternProperties: { [pattern]: {} } }),
    additionalProperties: false,
  };
}
