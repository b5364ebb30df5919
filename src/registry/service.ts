/** The two languages of the registry's schemas. */
export const schemaTypes = ['JSONSchemaDraft4', 'OpenApi3'] as const;
export type SchemaType = (typeof schemaTypes)[number];

export type Tags = Readonly<Record<string, string>>;

/** A schema as a list of the registry shows it. */
export interface SchemaSummary {
  readonly name: string;
  readonly arn: string;
  readonly tags: Tags;
  readonly versionCount: number;
  /** ISO 8601; undefined if the service does not say. */
  readonly lastModified: string | undefined;
}

/** One version of a schema, with its text. */
export interface SchemaContent {
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  /** Given by the service: a whole number as text. */
  readonly version: string;
  readonly content: string;
  readonly description: string;
}

export interface NewSchema {
  readonly name: string;
  readonly type: SchemaType;
  readonly content: string;
  readonly description: string;
}

/**
 * The EventBridge schema registry, as far as it is used here. Every call may be repeated: what was done already counts as
 * done. A call that fails for good is a {@link ServiceFailure}.
 */
export interface RegistryService {
  /** All schemas of a registry, by name; undefined if there is no such registry. */
  list(registry: string): Promise<readonly SchemaSummary[] | undefined>;
  /** A version of a schema, the newest if none is named; undefined if there is none. */
  describe(registry: string, name: string, version?: string): Promise<SchemaContent | undefined>;
  /** The versions of a schema, the newest first; empty if there is no such schema. */
  versions(registry: string, name: string): Promise<readonly string[]>;
  createRegistry(registry: string, description: string, tags: Tags): Promise<'created' | 'exists'>;
  /** exists: there is a schema of that name, perhaps by an earlier try. */
  create(registry: string, schema: NewSchema, tags: Tags): Promise<'created' | 'exists'>;
  /** unchanged: the registry had this content already. */
  update(registry: string, schema: NewSchema): Promise<'updated' | 'unchanged'>;
  tag(arn: string, tags: Tags): Promise<void>;
  delete(registry: string, name: string): Promise<void>;
  deleteVersion(registry: string, name: string, version: string): Promise<void>;
}

/** The service refused a call, or did not answer after all tries. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  /** The service's name for it (`ForbiddenException`), or the network's. */
  readonly code: string;

  constructor(operation: string, code: string, message: string, cause: unknown) {
    super(`${operation}: ${code}${message === '' || message === code ? '' : `: ${message}`}`, { cause });
    this.code = code;
  }
}
