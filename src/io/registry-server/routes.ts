import {
  type Body,
  Refusal,
  type RegistryStore,
  type StoredRegistry,
  type StoredSchema,
  tagsIn,
} from './store.ts';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Body;
}

type Handler = (store: RegistryStore, names: readonly string[], question: Question) => Answer;

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: Handler;
}

const REGISTRY = '/v1/registries/name/([^/]+)';
const SCHEMA = `${REGISTRY}/schemas/name/([^/]+)`;

function route(operation: string, method: string, path: string, answer: Handler): Route {
  return { operation, method, path: new RegExp(`^${path}$`), answer };
}

/** The operations of the service that are answered, with the method and path of its published model. */
const routes: readonly Route[] = [
  route('ListRegistries', 'GET', '/v1/registries', (store, _, { query }) => {
    const prefix = query.get('registryNamePrefix') ?? '';
    const scope = query.get('scope');
    const all = [...store.registries.values()].filter(
      ({ name }) =>
        name.startsWith(prefix) && (scope === null || (scope === 'AWS') === (name === 'aws.events')),
    );
    const { items, NextToken } = page(all, query);
    return ok({
      NextToken,
      Registries: items.map(({ name, arn, tags }) => ({ RegistryName: name, RegistryArn: arn, tags })),
    });
  }),
  route('CreateRegistry', 'POST', REGISTRY, (store, [name], { body }) => ({
    status: 201,
    body: shownRegistry(store.createRegistry(name!, body)),
  })),
  route('DescribeRegistry', 'GET', REGISTRY, (store, [name]) => ok(shownRegistry(store.registry(name!)))),
  route('DeleteRegistry', 'DELETE', REGISTRY, (store, [name]) => {
    store.deleteRegistry(name!);
    return { status: 204 };
  }),
  route('ListSchemas', 'GET', `${REGISTRY}/schemas`, (store, [registry], { query }) => {
    const prefix = query.get('schemaNamePrefix') ?? '';
    const all = [...store.registry(registry!).schemas.values()].filter(({ name }) => name.startsWith(prefix));
    const { items, NextToken } = page(all, query);
    return ok({
      NextToken,
      Schemas: items.map(({ name, arn, tags, versions, lastModified }) => ({
        SchemaName: name,
        SchemaArn: arn,
        tags,
        VersionCount: versions.length,
        LastModified: lastModified,
      })),
    });
  }),
  route('CreateSchema', 'POST', SCHEMA, (store, [registry, name], { body }) => ({
    status: 201,
    body: shownSchema(store.createSchema(registry!, name!, body)),
  })),
  route('UpdateSchema', 'PUT', SCHEMA, (store, [registry, name], { body }) => {
    const schema = store.updateSchema(registry!, name!, body);
    return schema ? ok(shownSchema(schema)) : { status: 304 };
  }),
  route('DescribeSchema', 'GET', SCHEMA, (store, [registry, name], { query }) => {
    const schema = store.schema(registry!, name!);
    const wanted = query.get('schemaVersion');
    const version = schema.versions.findLast((one) => wanted === null || one.version === wanted);
    if (!version) throw new Refusal(404, 'NotFoundException', `Schema ${name} has no version ${wanted}.`);
    return ok({ ...shownSchema(schema, version), Content: version.content });
  }),
  route('DeleteSchema', 'DELETE', SCHEMA, (store, [registry, name]) => {
    store.deleteSchema(registry!, name!);
    return { status: 204 };
  }),
  route('ListSchemaVersions', 'GET', `${SCHEMA}/versions`, (store, [registry, name], { query }) => {
    const schema = store.schema(registry!, name!);
    const versions = schema.versions.map((one) => ({ ...one, name: one.version.padStart(6, '0') }));
    const { items, NextToken } = page(versions, query);
    return ok({
      NextToken,
      SchemaVersions: items.map(({ version, type }) => ({
        SchemaName: schema.name,
        SchemaArn: schema.arn,
        SchemaVersion: version,
        Type: type,
      })),
    });
  }),
  route('DeleteSchemaVersion', 'DELETE', `${SCHEMA}/version/([^/]+)`, (store, [registry, name, version]) => {
    store.deleteVersion(registry!, name!, version!);
    return { status: 204 };
  }),
  route('ListTagsForResource', 'GET', '/tags/(.+)', (store, [arn]) => ok({ tags: store.tagged(arn!).tags })),
  route('TagResource', 'POST', '/tags/(.+)', (store, [arn], { body }) => {
    const one = store.tagged(arn!);
    one.tags = tagsIn({ ...one.tags, ...tagsIn((body as { tags?: unknown }).tags ?? body.Tags) });
    return { status: 204 };
  }),
  route('UntagResource', 'DELETE', '/tags/(.+)', (store, [arn], { query }) => {
    const one = store.tagged(arn!);
    const keys = new Set(query.getAll('tagKeys'));
    one.tags = Object.fromEntries(Object.entries(one.tags).filter(([key]) => !keys.has(key)));
    return { status: 204 };
  }),
];

/** The operation that a request asks for; undefined if it is none that is answered here. */
export function operationOf(
  question: Question,
): { operation: string; answer: (store: RegistryStore) => Answer } | undefined {
  for (const { operation, method, path, answer } of routes) {
    const found = method === question.method ? path.exec(question.path) : null;
    if (!found) continue;
    const names = found.slice(1).map(decodeURIComponent);
    const body = { ...question.body, Tags: (question.body as { tags?: unknown }).tags };
    return { operation, answer: (store) => answer(store, names, { ...question, body }) };
  }
  return undefined;
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** A page of a list by name. The token is opaque to callers: the last name that was given. */
function page<T extends { readonly name: string }>(
  all: readonly T[],
  query: URLSearchParams,
): { items: readonly T[]; NextToken?: string } {
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 10), 1), 100);
  const token = query.get('nextToken');
  const after = token === null ? undefined : Buffer.from(token, 'base64url').toString('utf8');
  const rest = [...all]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => after === undefined || name > after);
  const items = rest.slice(0, limit);
  const more = rest.length > limit;
  return { items, ...(more ? { NextToken: Buffer.from(items.at(-1)!.name).toString('base64url') } : {}) };
}

function shownRegistry({ name, arn, description, tags }: StoredRegistry) {
  return { RegistryName: name, RegistryArn: arn, Description: description, tags };
}

function shownSchema(
  { name, arn, description, tags, versions, lastModified }: StoredSchema,
  { version, type, created } = versions.at(-1)!,
) {
  return {
    SchemaName: name,
    SchemaArn: arn,
    Description: description,
    tags,
    SchemaVersion: version,
    Type: type,
    LastModified: lastModified,
    VersionCreatedDate: created,
  };
}
