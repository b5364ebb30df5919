import { parsePointer } from '../json/pointer.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import { type Dialect, dialectOf, idKeyword, NEWEST, since } from './dialect.ts';
import { metaschema } from './metaschemas.ts';
import { isSchema, subschemasOf } from './subschemas.ts';

/** A schema where it stands: what references in it start from, and how its keywords are to be read. */
export interface Place {
  readonly schema: JsonValue;
  readonly resource: Resource;
  /** Key and index steps from the root of the file. */
  readonly tokens: readonly string[];
}

/** A schema with an address of its own, and the schemas inside that have none. */
export interface Resource {
  readonly uri: string;
  readonly root: JsonValue;
  readonly tokens: readonly string[];
  readonly dialect: Dialect;
  /** Set where `$schema` names a language that is not known: its keywords may mean anything. */
  readonly unknownDialect?: string;
  readonly file: SchemaFile;
  readonly anchors: Map<string, Place>;
  readonly dynamicAnchors: Map<string, Place>;
}

/** A file of schemas, and the address that references to it use. */
export interface SchemaFile {
  readonly uri: string;
  readonly schema: JsonValue;
}

/** Where a schema without `$id` is taken to stand. */
export const NOWHERE = 'schema:///root';

/** All schemas of a question, by address. */
export class Library {
  private readonly resources = new Map<string, Resource>();
  readonly root: Place;
  readonly defaultDialect: Dialect;

  constructor(root: SchemaFile, others: readonly SchemaFile[], dialect: Dialect = NEWEST) {
    this.defaultDialect = dialect;
    for (const file of others) this.add(file);
    this.root = this.add(root);
  }

  /** Everything with an address that was met so far. */
  all(): readonly Resource[] {
    return [...this.resources.values()];
  }

  private add(file: SchemaFile): Place {
    const dialect = readDialect(file.schema, { dialect: this.defaultDialect });
    const resource = this.openResource(file, file.uri, file.schema, [], dialect);
    this.index({ schema: file.schema, resource, tokens: [] });
    return { schema: file.schema, resource: this.resourceAt(file.schema, resource), tokens: [] };
  }

  private openResource(
    file: SchemaFile,
    uri: string,
    root: JsonValue,
    tokens: readonly string[],
    { dialect, unknownDialect }: ReadDialect,
  ): Resource {
    const resource: Resource = {
      uri,
      root,
      tokens,
      dialect,
      ...(unknownDialect === undefined ? {} : { unknownDialect }),
      file,
      anchors: new Map(),
      dynamicAnchors: new Map(),
    };
    this.resources.set(uri, resource);
    return resource;
  }

  /** Notes the addresses and anchors of a schema and of all schemas inside. Iterative: depth is not bounded here. */
  private index(start: Place): void {
    const todo: Place[] = [start];
    for (let place = todo.pop(); place; place = todo.pop()) {
      const { schema, tokens } = place;
      if (!isObject(schema)) continue;
      const resource = this.enter(schema, place);
      this.noteAnchors(schema, { schema, resource, tokens });
      for (const { schema: inner, tokens: steps } of subschemasOf(schema)) {
        todo.push({ schema: inner, resource, tokens: [...tokens, ...steps] });
      }
    }
  }

  /** The resource of a schema: a new one if it has an address of its own. */
  private enter(schema: JsonObject, { resource, tokens }: Place): Resource {
    const id = own(schema, idKeyword(resource.dialect));
    if (typeof id !== 'string' || id.startsWith('#')) return resource;
    // Up to draft-07 everything beside a reference is ignored where addresses are concerned.
    if (typeof schema['$ref'] === 'string' && !since(resource.dialect, '2019-09')) return resource;
    const uri = resolveUri(id, resource.uri).replace(/#.*$/s, '');
    const known = this.resources.get(uri);
    if (known?.root === schema) return known;
    return this.openResource(resource.file, uri, schema, tokens, readDialect(schema, resource));
  }

  private noteAnchors(schema: JsonObject, place: Place): void {
    const { resource } = place;
    const { dialect } = resource;
    const id = own(schema, idKeyword(dialect));
    if (since(dialect, '2019-09')) {
      const anchor = own(schema, '$anchor');
      if (typeof anchor === 'string') resource.anchors.set(anchor, place);
    } else if (typeof id === 'string' && id.includes('#')) {
      resource.anchors.set(id.slice(id.indexOf('#') + 1), place);
    }
    const dynamic = own(schema, '$dynamicAnchor');
    if (typeof dynamic === 'string' && since(dialect, '2020-12')) {
      resource.anchors.set(dynamic, place);
      resource.dynamicAnchors.set(dynamic, place);
    }
  }

  /** The schema a reference means, read at a place; undefined if it is in none of the files. */
  resolve(reference: string, from: Resource): Place | undefined {
    const full = resolveUri(reference, from.uri);
    const hash = full.indexOf('#');
    const uri = hash < 0 ? full : full.slice(0, hash);
    const fragment = hash < 0 ? '' : decode(full.slice(hash + 1));
    const resource = this.resourceByUri(uri);
    if (!resource) return undefined;
    const tokens = parsePointer(fragment);
    return tokens ? this.walk(resource, tokens) : resource.anchors.get(fragment);
  }

  private resourceByUri(uri: string): Resource | undefined {
    const known = this.resources.get(uri);
    if (known) return known;
    const schema = metaschema(uri);
    if (schema === undefined) return undefined;
    this.add({ uri, schema });
    return this.resources.get(uri);
  }

  /** Follows a pointer; schemas with an address of their own on the way become the new start for references. */
  private walk(start: Resource, steps: readonly string[]): Place | undefined {
    let resource = start;
    let current = start.root;
    for (const [i, step] of steps.entries()) {
      const next = Array.isArray(current)
        ? current[Number(step)]
        : isObject(current)
          ? own(current, step)
          : undefined;
      if (next === undefined) return undefined;
      current = next;
      const at = { schema: current, resource, tokens: [...start.tokens, ...steps.slice(0, i + 1)] };
      if (isObject(current)) resource = this.enter(current, at);
    }
    if (!isSchema(current)) return undefined;
    return { schema: current, resource, tokens: [...start.tokens, ...steps] };
  }

  /** The place of a schema directly inside another. */
  inside(place: Place, schema: JsonValue, ...steps: readonly string[]): Place {
    return {
      schema,
      resource: this.resourceAt(schema, place.resource),
      tokens: [...place.tokens, ...steps],
    };
  }

  private resourceAt(schema: JsonValue, resource: Resource): Resource {
    return isObject(schema) ? this.enter(schema, { schema, resource, tokens: resource.tokens }) : resource;
  }
}

interface ReadDialect {
  readonly dialect: Dialect;
  readonly unknownDialect?: string;
}

function readDialect(schema: JsonValue, inherited: ReadDialect): ReadDialect {
  const uri = isObject(schema) ? own(schema, '$schema') : undefined;
  if (typeof uri !== 'string') return isObject(schema) ? { ...inherited, ...ofDocument(schema) } : inherited;
  const dialect = dialectOf(uri);
  return dialect ? { dialect } : { dialect: inherited.dialect, unknownDialect: uri };
}

/** OpenAPI documents name their own version. */
function ofDocument(schema: JsonObject): { dialect?: Dialect } {
  const version = own(schema, 'openapi') ?? own(schema, 'swagger');
  if (typeof version !== 'string') return {};
  return { dialect: /^[12]\.|^3\.0/.test(version) ? 'openapi-3.0' : NEWEST };
}

function resolveUri(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    return reference;
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
