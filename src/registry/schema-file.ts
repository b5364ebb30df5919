import { isObject, type JsonObject, type JsonValue, own, setOwn } from '../json/value.ts';
import { schemaLayout } from '../load/contracts/layouts.ts';
import type { EventType } from '../model/event-type.ts';
import { fromOpenApi } from '../schema/convert/from-openapi.ts';

/** A schema of the registry as a file of the repository. */
export interface PulledSchema {
  readonly type: EventType;
  readonly value: JsonObject;
}

const NEWEST = 'https://json-schema.org/draft/2020-12/schema';
const COMPONENTS = '#/components/schemas/';
/** Keywords of AWS's envelope; a schema with others says something of its own about whole events. */
const USUAL = new Set([
  'type',
  'required',
  'properties',
  'title',
  'description',
  '$schema',
  'definitions',
  '$defs',
]);
const MEMBERS = new Set(
  'account detail detail-type id region resources source time version replay-name'.split(' '),
);

/**
 * What `pull` writes: the schema of `detail` with the event type in the two keywords, OpenAPI 3 as JSON Schema 2020-12,
 * draft 04 as it is. A schema that says more about the envelope than AWS does stays a schema of whole events. Undefined
 * if the content describes no event type.
 */
export function schemaFile(content: JsonValue, name: string): PulledSchema | undefined {
  const layout = schemaLayout(content, `${name}.json`);
  if (!layout || !isObject(content)) return undefined;
  const { type } = layout;
  const openApi = layout.at.length > 0 || typeof own(content, 'openapi') === 'string';
  const document = openApi ? asJsonSchema(content) : content;
  if (!document) return undefined;
  const pool = openApi ? '$defs' : poolOf(document);
  const usual = layout.describes === 'event' && isUsualEnvelope(document);
  const root = usual ? detailOf(document, pool) : { schema: withoutPool(document), moved: undefined };
  const reachable = reachableFrom(root.schema, document, pool, root.moved);
  const moved = (value: JsonValue) => withMoved(value, root.moved) as JsonObject;
  const dialect = own(document, '$schema');
  const definitions = Object.fromEntries(
    Object.entries(reachable).map(([key, value]) => [key, moved(value)]),
  );
  const { $schema: _, ...schema } = moved(root.schema);
  return {
    type,
    value: {
      ...(typeof dialect === 'string' ? { $schema: dialect } : {}),
      'x-amazon-events-source': type.source,
      'x-amazon-events-detail-type': type.detailType,
      ...schema,
      ...(Object.keys(definitions).length > 0 ? { [pool]: definitions } : {}),
    },
  };
}

/** An OpenAPI document as one JSON Schema: the event at the root, the other components under `$defs`. */
function asJsonSchema(content: JsonObject): JsonObject | undefined {
  const components = own(content, 'components');
  const schemas = isObject(components) ? own(components, 'schemas') : undefined;
  const event = isObject(schemas) ? own(schemas, 'AWSEvent') : undefined;
  if (!isObject(schemas) || !isObject(event)) return undefined;
  const rename = (reference: string) =>
    reference === `${COMPONENTS}AWSEvent` ? '#' : reference.replace(COMPONENTS, '#/$defs/');
  const $defs: Record<string, JsonValue> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (name !== 'AWSEvent') setOwn($defs, name, fromOpenApi(schema, rename));
  }
  return { $schema: NEWEST, ...(fromOpenApi(event, rename) as JsonObject), $defs };
}

function poolOf(document: JsonObject): '$defs' | 'definitions' {
  return own(document, '$defs') !== undefined ? '$defs' : 'definitions';
}

function withoutPool(document: JsonObject): JsonObject {
  const { $defs: _, definitions: __, ...rest } = document;
  return rest;
}

/**
 * Whether the envelope says of its members what AWS says: a type, a format. What discovery infers from empty
 * `resources` ("objects") counts as that.
 */
function isUsualEnvelope(document: JsonObject): boolean {
  const properties = own(document, 'properties');
  if (!isObject(properties)) return false;
  const keys = Object.keys(document).filter((key) => !key.startsWith('x-amazon-events-'));
  if (!keys.every((key) => USUAL.has(key))) return false;
  const required = own(document, 'required');
  if (Array.isArray(required) && !required.every((name) => typeof name === 'string' && MEMBERS.has(name)))
    return false;
  return Object.entries(properties).every(([name, schema]) => {
    if (!MEMBERS.has(name)) return false;
    if (name === 'detail') return true;
    return isObject(schema) && Object.keys(schema).every((key) => isPlain(name, key, own(schema, key)!));
  });
}

function isPlain(name: string, key: string, value: JsonValue): boolean {
  if (key === 'type') return value === (name === 'resources' ? 'array' : 'string');
  if (key === 'enum' || key === 'const') return name === 'source' || name === 'detail-type';
  return ['format', 'items', 'title', 'description', 'example', 'examples'].includes(key);
}

/** The schema of `detail`, and the reference that now means the root. */
function detailOf(document: JsonObject, pool: string): { schema: JsonObject; moved: string | undefined } {
  const properties = own(document, 'properties') as JsonObject;
  const detail = own(properties, 'detail');
  if (!isObject(detail)) return { schema: { type: 'object' }, moved: undefined };
  const reference = own(detail, '$ref');
  const others = Object.keys(detail).length > 1;
  const target = typeof reference === 'string' && !others ? inPool(reference, document, pool) : undefined;
  return isObject(target)
    ? { schema: target, moved: reference as string }
    : { schema: detail, moved: undefined };
}

function inPool(reference: string, document: JsonObject, pool: string): JsonValue | undefined {
  const schemas = own(document, pool);
  const prefix = `#/${pool}/`;
  if (!reference.startsWith(prefix) || !isObject(schemas)) return undefined;
  return own(schemas, nameIn(reference, prefix));
}

/** The name of a definition in a reference that leads to it or into it. */
function nameIn(reference: string, prefix: string): string {
  const token = reference.slice(prefix.length).split('/')[0]!;
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return token;
  }
}

/** The definitions that a schema leads to. */
function reachableFrom(
  start: JsonObject,
  document: JsonObject,
  pool: string,
  moved: string | undefined,
): Record<string, JsonValue> {
  const found: Record<string, JsonValue> = {};
  const todo: JsonValue[] = [start];
  const prefix = `#/${pool}/`;
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (Array.isArray(next)) todo.push(...next);
    else if (isObject(next)) {
      for (const [key, value] of Object.entries(next)) {
        if (key !== '$ref' || typeof value !== 'string') todo.push(value);
        else if (value !== moved && !(moved !== undefined && value.startsWith(`${moved}/`))) {
          const name = value.startsWith(prefix) ? nameIn(value, prefix) : undefined;
          const target = name === undefined ? undefined : inPool(`${prefix}${encode(name)}`, document, pool);
          if (name === undefined || target === undefined || Object.hasOwn(found, name)) continue;
          setOwn(found, name, target);
          todo.push(target);
        }
      }
    }
  }
  return found;
}

function encode(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** References to the definition that became the root. */
function withMoved(value: JsonValue, moved: string | undefined): JsonValue {
  if (moved === undefined) return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withMoved(item, moved));
  if (!isObject(value)) return value;
  const written: Record<string, JsonValue> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && inner === moved) written[key] = '#';
    else if (key === '$ref' && typeof inner === 'string' && inner.startsWith(`${moved}/`))
      written[key] = `#${inner.slice(moved.length)}`;
    else setOwn(written, key, withMoved(inner, moved));
  }
  return written;
}
