import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';

/** A schema file as others may refer to it. */
export interface SchemaFile {
  /** Absolute URI: its `$id` (draft 4: `id`), or one made of its path. */
  readonly uri: string;
  readonly schema: JsonObject;
}

/** Deep enough that paths which climb out of the working folder (`../schemas`) do not climb out of the root. */
const WORKING_FOLDER = 'file:///_/_/_/_/_/_/_/_/_/_/_/_/';

function placeOf(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return new URL(path.startsWith('/') ? `file://${encoded}` : encoded, WORKING_FOLDER).href;
}

/** What relative ids count from: the place of the file, as the specification says, or one root for all files. */
export type IdBase = 'file' | 'root';

/** The URI by which a schema file is known. */
export function schemaUri(schema: JsonObject, path: string, base: IdBase): string {
  const place = placeOf(path);
  const id = idOf(schema);
  if (id === undefined) return place;
  return resolveUri(id, base === 'file' ? place : WORKING_FOLDER) ?? place;
}

function idOf(schema: JsonObject): string | undefined {
  const id = own(schema, '$id') ?? own(schema, 'id');
  return typeof id === 'string' ? id : undefined;
}

/**
 * What relative ids count from in these files. Many are written for validators that know no places, as in
 * `"$id": "common/user.json"`: if references find more when all ids count from one root, they do.
 */
export function idBaseOf(files: readonly { readonly schema: JsonObject; readonly path: string }[]): IdBase {
  const isRelative = ({ schema }: { schema: JsonObject }) =>
    !/^[a-z][a-z0-9+.-]*:/i.test(idOf(schema) ?? 'no:');
  if (!files.some(isRelative)) return 'file';
  const open = (base: IdBase) => {
    const read = files.map(({ schema, path }) => ({ schema, uri: schemaUri(schema, path, base) }));
    const known = new Map(read.map((file) => [file.uri, file]));
    return read.reduce((sum, file) => sum + leadingOut(file).filter((uri) => !known.has(uri)).length, 0);
  };
  const byPlace = open('file');
  return byPlace > 0 && open('root') < byPlace ? 'root' : 'file';
}

/** The files that a file refers to. */
function leadingOut({ schema, uri }: SchemaFile): string[] {
  return referencesOf(schema).flatMap((reference) => {
    const target = resolveUri(reference, uri)?.replace(/#.*$/s, '');
    const inside = target === undefined || target === '' || target === uri || hasResource(schema, target);
    return inside ? [] : [target];
  });
}

/** A text that speaks of schema files, with paths in place of the addresses made of them. */
export function withPaths(text: string): string {
  return text.replace(/file:\/\/\/(?:_\/)+/g, '');
}

/**
 * The files a schema refers to, directly or through others, as embedded resources: a map for `$defs` (or
 * `definitions`), each under its URI and with its `$id`, so that every `$ref` resolves without a file system.
 */
export function embedReferences(
  root: SchemaFile,
  files: ReadonlyMap<string, SchemaFile>,
): Record<string, JsonObject> {
  const resources: Record<string, JsonObject> = {};
  const open = [root];
  for (let file = open.pop(); file; file = open.pop()) {
    if (Object.hasOwn(resources, file.uri)) continue;
    resources[file.uri] = withId(file);
    for (const target of leadingOut(file)) {
      const found = files.get(target);
      if (found) open.push(found);
    }
  }
  return Object.fromEntries(Object.entries(resources).map(([uri, schema]) => [resourceName(uri), schema]));
}

/** Validators read `%` in a pointer twice, so that a name must not have any; the `$id` is what references go by. */
export function resourceName(uri: string): string {
  return uri.replaceAll('%', '~');
}

function withId({ schema, uri }: SchemaFile): JsonObject {
  const dialect = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  const id = /draft-04/.test(dialect) ? 'id' : '$id';
  const reference = own(schema, '$ref');
  if (typeof reference !== 'string' || !/draft-0[467]/.test(dialect)) return { ...schema, [id]: uri };
  // Up to draft-07 an address beside a reference does not count: the reference moves into an `allOf`.
  const { $ref: _moved, ...rest } = schema;
  const all = own(schema, 'allOf');
  return { ...rest, [id]: uri, allOf: [...(Array.isArray(all) ? all : []), { $ref: reference }] };
}

/** Whether a schema holds a resource of that URI inside itself (a subschema with its own `$id`). */
function hasResource(schema: JsonValue, uri: string): boolean {
  if (Array.isArray(schema)) return schema.some((item) => hasResource(item, uri));
  if (!isObject(schema)) return false;
  if (own(schema, '$id') === uri || own(schema, 'id') === uri) return true;
  return Object.values(schema).some((item) => hasResource(item, uri));
}

function referencesOf(schema: JsonValue, found: string[] = []): string[] {
  if (Array.isArray(schema)) for (const item of schema) referencesOf(item, found);
  else if (isObject(schema)) {
    for (const [key, item] of Object.entries(schema)) {
      const reference = key === '$ref' || key === '$dynamicRef' || key === '$recursiveRef';
      if (reference && typeof item === 'string') found.push(item);
      else if (key !== 'enum' && key !== 'const' && key !== 'examples') referencesOf(item, found);
    }
  }
  return found;
}

function resolveUri(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}
