import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { EventType } from '../../model/event-type.ts';

/** Where in a schema file the event is described, and of which type it is. */
export interface SchemaLayout {
  readonly type: EventType;
  /** JSON Pointer tokens of the schema that describes `event` or `detail`. */
  readonly at: readonly string[];
  readonly describes: 'event' | 'detail';
}

/**
 * Recognises the ways in which event schemas are kept:
 *
 * - `x-amazon-events-source` and `x-amazon-events-detail-type` at the root: AWS's own mark. The root describes the
 *   event if it has a property `detail` beside `source` or `detail-type`, otherwise `detail` itself;
 * - OpenAPI 3 with `components.schemas.AWSEvent`, as schema discovery writes it;
 * - properties `source` and `detail-type` fixed by `const` or a one-item `enum`;
 * - the file name `source@DetailType.json`, the registry's own naming: the root describes `detail`, unless it has
 *   the properties of an envelope.
 *
 * A file that is none of these is no event schema (shared definitions are such files): undefined.
 */
export function schemaLayout(schema: JsonValue, path: string): SchemaLayout | undefined {
  if (!isObject(schema)) return undefined;
  const discovered = at(schema, 'components', 'schemas', 'AWSEvent');
  if (isObject(discovered)) {
    const type = markedType(discovered) ?? fixedType(discovered);
    return type && { type, at: ['components', 'schemas', 'AWSEvent'], describes: 'event' };
  }
  const type = markedType(schema) ?? fixedType(schema) ?? namedType(path);
  return type && { type, at: [], describes: isEnvelope(schema) ? 'event' : 'detail' };
}

function markedType(schema: JsonObject): EventType | undefined {
  const source = own(schema, 'x-amazon-events-source');
  const detailType = own(schema, 'x-amazon-events-detail-type');
  return typeof source === 'string' && typeof detailType === 'string' ? { source, detailType } : undefined;
}

function fixedType(schema: JsonObject): EventType | undefined {
  const source = onlyValue(at(schema, 'properties', 'source'));
  const detailType = onlyValue(at(schema, 'properties', 'detail-type'));
  return source !== undefined && detailType !== undefined ? { source, detailType } : undefined;
}

function namedType(path: string): EventType | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(\.schema)?\.(json|ya?ml)$/i, '');
  const divider = name.lastIndexOf('@');
  if (divider <= 0 || divider === name.length - 1) return undefined;
  return { source: name.slice(0, divider), detailType: name.slice(divider + 1) };
}

function isEnvelope(schema: JsonObject): boolean {
  const properties = own(schema, 'properties');
  if (!isObject(properties) || !Object.hasOwn(properties, 'detail')) return false;
  return Object.hasOwn(properties, 'source') || Object.hasOwn(properties, 'detail-type');
}

function onlyValue(schema: JsonValue | undefined): string | undefined {
  if (!isObject(schema)) return undefined;
  const options = own(schema, 'enum');
  const value =
    own(schema, 'const') ?? (Array.isArray(options) && options.length === 1 ? options[0] : undefined);
  return typeof value === 'string' ? value : undefined;
}

function at(value: JsonValue, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(
    (part, key) => (isObject(part) ? own(part, key) : undefined),
    value,
  );
}
