import { limits } from '../../registry/limits.ts';

/** An error as the service names it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const badRequest = (message: string) => new Refusal(400, 'BadRequestException', message);
const forbidden = (message: string) => new Refusal(403, 'ForbiddenException', message);
const notFound = (message: string) => new Refusal(404, 'NotFoundException', message);
const conflict = (message: string) => new Refusal(409, 'ConflictException', message);

export interface StoredVersion {
  readonly version: string;
  readonly type: string;
  readonly content: string;
  readonly created: string;
}

export interface StoredSchema {
  readonly name: string;
  readonly arn: string;
  description: string;
  tags: Record<string, string>;
  /** The oldest first; never empty. */
  versions: StoredVersion[];
  /** Counts on when versions are deleted. */
  next: number;
  lastModified: string;
}

export interface StoredRegistry {
  readonly name: string;
  readonly arn: string;
  description: string;
  tags: Record<string, string>;
  readonly schemas: Map<string, StoredSchema>;
}

export interface Quotas {
  readonly registries: number;
  readonly schemas: number;
  readonly versions: number;
}

export const usualQuotas: Quotas = { registries: 10, schemas: limits.schemas, versions: limits.versions };

const ACCOUNT = 'arn:aws:schemas:us-east-1:111122223333';
const TYPES: readonly unknown[] = ['JSONSchemaDraft4', 'OpenApi3'];

/** What the service itself fills; nobody else may write to it. */
const BUILT_IN = 'aws.events';

/** The registries of one account in memory, with the service's limits and refusals. */
export class RegistryStore {
  readonly registries = new Map<string, StoredRegistry>();
  readonly quotas: Quotas;
  private clock = Date.UTC(2026, 0, 1);

  constructor(quotas: Quotas = usualQuotas) {
    this.quotas = quotas;
    this.addRegistry(BUILT_IN, '', {});
    this.addRegistry('discovered-schemas', '', {});
  }

  private addRegistry(name: string, description: string, tags: Record<string, string>): StoredRegistry {
    const registry = { name, arn: `${ACCOUNT}:registry/${name}`, description, tags, schemas: new Map() };
    this.registries.set(name, registry);
    return registry;
  }

  /** Strictly later with each call, so that a change always shows. */
  private now(): string {
    this.clock += 1000;
    return new Date(this.clock).toISOString();
  }

  createRegistry(name: string, { Description, Tags }: Body): StoredRegistry {
    checkName(name, limits.registryName);
    if (this.registries.has(name)) throw conflict(`Registry ${name} already exists.`);
    if (this.registries.size - 2 >= this.quotas.registries)
      throw forbidden(`The quota of ${this.quotas.registries} registries is used up.`);
    return this.addRegistry(name, text(Description, limits.description), tagsIn(Tags));
  }

  registry(name: string): StoredRegistry {
    const registry = this.registries.get(name);
    if (!registry) throw notFound(`Registry with name ${name} does not exist.`);
    return registry;
  }

  deleteRegistry(name: string): void {
    const registry = this.writable(name);
    if (registry.schemas.size > 0) throw badRequest(`Registry ${name} is not empty.`);
    this.registries.delete(name);
  }

  private writable(name: string): StoredRegistry {
    const registry = this.registry(name);
    if (name === BUILT_IN) throw forbidden(`Registry ${name} belongs to AWS.`);
    return registry;
  }

  schema(registry: string, name: string): StoredSchema {
    const schema = this.registry(registry).schemas.get(name);
    if (!schema) throw notFound(`Schema with name ${name} does not exist.`);
    return schema;
  }

  createSchema(registryName: string, name: string, { Content, Type, Description, Tags }: Body): StoredSchema {
    const { schemas } = this.writable(registryName);
    checkName(name, limits.schemaName);
    const [content, type] = checkContent(Content, Type);
    if (schemas.has(name)) throw conflict(`Schema ${name} already exists.`);
    if (schemas.size >= this.quotas.schemas)
      throw forbidden(`The quota of ${this.quotas.schemas} schemas of a registry is used up.`);
    const now = this.now();
    const schema: StoredSchema = {
      name,
      arn: `${ACCOUNT}:schema/${registryName}/${name}`,
      description: text(Description, limits.description),
      tags: tagsIn(Tags),
      versions: [{ version: '1', type, content, created: now }],
      next: 2,
      lastModified: now,
    };
    schemas.set(name, schema);
    return schema;
  }

  /** Undefined if nothing is different: the service answers 304. */
  updateSchema(
    registryName: string,
    name: string,
    { Content, Type, Description }: Body,
  ): StoredSchema | undefined {
    this.writable(registryName);
    const schema = this.schema(registryName, name);
    const newest = schema.versions.at(-1)!;
    const [content, type] = checkContent(Content ?? newest.content, Type ?? newest.type);
    const description =
      Description === undefined ? schema.description : text(Description, limits.description);
    const sameText = content === newest.content && type === newest.type;
    if (sameText && description === schema.description) return undefined;
    const now = this.now();
    if (!sameText) {
      if (schema.versions.length >= this.quotas.versions)
        throw forbidden(`The quota of ${this.quotas.versions} versions of a schema is used up.`);
      schema.versions.push({ version: String(schema.next++), type, content, created: now });
    }
    schema.description = description;
    schema.lastModified = now;
    return schema;
  }

  deleteSchema(registryName: string, name: string): void {
    this.schema(registryName, name);
    this.writable(registryName).schemas.delete(name);
  }

  deleteVersion(registryName: string, name: string, version: string): void {
    this.writable(registryName);
    const schema = this.schema(registryName, name);
    if (!schema.versions.some((one) => one.version === version))
      throw notFound(`Schema ${name} has no version ${version}.`);
    if (schema.versions.length === 1) throw badRequest(`Version ${version} is the only one of ${name}.`);
    schema.versions = schema.versions.filter((one) => one.version !== version);
  }

  /** The tags of a registry or a schema, by its ARN. */
  tagged(arn: string): { tags: Record<string, string> } {
    for (const registry of this.registries.values()) {
      if (registry.arn === arn) return registry;
      for (const schema of registry.schemas.values()) if (schema.arn === arn) return schema;
    }
    throw notFound(`There is no resource ${arn}.`);
  }
}

/** The members of a request's body. */
export interface Body {
  readonly Content?: unknown;
  readonly Type?: unknown;
  readonly Description?: unknown;
  readonly Tags?: unknown;
}

function checkName(name: string, longest: number): void {
  if (!/^[A-Za-z_.@-][0-9A-Za-z_.@-]*$/.test(name) || name.length > longest)
    throw badRequest(`${name} is not a valid name.`);
}

function checkContent(content: unknown, type: unknown): [content: string, type: string] {
  if (typeof content !== 'string' || content.length === 0) throw badRequest('Content is missing.');
  if (content.length > limits.content)
    throw badRequest(`Content has more than ${limits.content} characters.`);
  if (typeof type !== 'string' || !TYPES.includes(type))
    throw badRequest('Type is not one of OpenApi3, JSONSchemaDraft4.');
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null) throw new Error('no object');
  } catch {
    throw badRequest('Content is not a JSON object.');
  }
  return [content, type];
}

function text(value: unknown, longest: number): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' || value.length > longest)
    throw badRequest(`A text has more than ${longest} characters.`);
  return value;
}

export function tagsIn(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > limits.tags) throw badRequest(`More than ${limits.tags} tags.`);
  for (const [key, one] of entries) {
    if (key.length > limits.tagKey || typeof one !== 'string' || one.length > limits.tagValue)
      throw badRequest(`The tag ${key} is not valid.`);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}
