import { createRequire } from 'node:module';
import type * as Sdk from '@aws-sdk/client-schemas';
import {
  type RegistryService,
  type SchemaContent,
  type SchemaSummary,
  ServiceFailure,
  type Tags,
} from '../registry/service.ts';

/** The registry's client as far as it is used; the one of `@aws-sdk/client-schemas` is one. */
export type SchemasClient = Pick<Sdk.SchemasClient, 'send'>;

export interface RetrySettings {
  /** Tries of a call, the first one included. */
  readonly attempts: number;
  /** Milliseconds before the second try, at most; doubled for each further one. */
  readonly delay: number;
}

export const usualRetry: RetrySettings = { attempts: 8, delay: 100 };

const LONGEST_DELAY = 5_000;

/** Loads the SDK, which only those have installed who use the registry; undefined if it is not there. */
export async function loadSchemasSdk(): Promise<typeof Sdk | undefined> {
  try {
    createRequire(import.meta.url).resolve('@aws-sdk/client-schemas');
  } catch {
    return undefined;
  }
  return import('@aws-sdk/client-schemas');
}

/**
 * The registry through a client of the SDK. Throttling, failures of the service and lost connections are tried again
 * after a random wait; answers that say that something is as it should be already are successes. The client should not
 * try again by itself.
 */
export function schemasService(
  sdk: typeof Sdk,
  client: SchemasClient,
  retry: RetrySettings = usualRetry,
): RegistryService {
  const call = <T>(operation: string, send: () => Promise<T>, settled: Settled<T> = {}): Promise<T> =>
    withRetry(operation, send, retry, settled);
  return {
    async list(RegistryName) {
      const found: SchemaSummary[] = [];
      let NextToken: string | undefined;
      do {
        const command = new sdk.ListSchemasCommand({ RegistryName, Limit: 100, NextToken });
        const page = await call<Sdk.ListSchemasResponse | undefined>(
          'ListSchemas',
          () => client.send(command),
          {
            NotFoundException: undefined,
          },
        );
        if (!page) return undefined;
        found.push(...(page.Schemas ?? []).map(summaryOf));
        NextToken = page.NextToken || undefined;
      } while (NextToken !== undefined);
      return found;
    },
    async describe(RegistryName, SchemaName, SchemaVersion) {
      const command = new sdk.DescribeSchemaCommand({ RegistryName, SchemaName, SchemaVersion });
      const answer = await call<Sdk.DescribeSchemaResponse | undefined>(
        'DescribeSchema',
        () => client.send(command),
        { NotFoundException: undefined },
      );
      return answer && contentOf(answer, SchemaName);
    },
    async versions(RegistryName, SchemaName) {
      const found: string[] = [];
      let NextToken: string | undefined;
      do {
        const command = new sdk.ListSchemaVersionsCommand({
          RegistryName,
          SchemaName,
          Limit: 100,
          NextToken,
        });
        const page = await call<Sdk.ListSchemaVersionsResponse>(
          'ListSchemaVersions',
          () => client.send(command),
          {
            NotFoundException: {},
          },
        );
        found.push(...(page.SchemaVersions ?? []).flatMap(({ SchemaVersion }) => SchemaVersion ?? []));
        NextToken = page.NextToken || undefined;
      } while (NextToken !== undefined);
      return found.sort((a, b) => Number(b) - Number(a));
    },
    async createRegistry(RegistryName, Description, tags) {
      const command = new sdk.CreateRegistryCommand({ RegistryName, Description, Tags: { ...tags } });
      return call<'created' | 'exists'>(
        'CreateRegistry',
        async () => {
          await client.send(command);
          return 'created';
        },
        { ConflictException: 'exists' },
      );
    },
    async create(RegistryName, { name: SchemaName, type, content, description }, tags) {
      const command = new sdk.CreateSchemaCommand({
        RegistryName,
        SchemaName,
        Type: type,
        Content: content,
        Description: description,
        Tags: { ...tags },
      });
      return call<'created' | 'exists'>(
        'CreateSchema',
        async () => {
          await client.send(command);
          return 'created';
        },
        // Not among the operation's errors in the service's model; it comes all the same.
        { ConflictException: 'exists' },
      );
    },
    async update(RegistryName, { name: SchemaName, type, content, description }) {
      const command = new sdk.UpdateSchemaCommand({
        RegistryName,
        SchemaName,
        Type: type,
        Content: content,
        Description: description,
      });
      return call<'updated' | 'unchanged'>(
        'UpdateSchema',
        async () => {
          await client.send(command);
          return 'updated';
        },
        // The same content: the service answers 304, of which the SDK makes an unknown error.
        { 304: 'unchanged' },
      );
    },
    async tag(ResourceArn, tags) {
      const command = new sdk.TagResourceCommand({ ResourceArn, Tags: { ...tags } });
      await call<unknown>('TagResource', () => client.send(command));
    },
    async delete(RegistryName, SchemaName) {
      const command = new sdk.DeleteSchemaCommand({ RegistryName, SchemaName });
      await call<unknown>('DeleteSchema', () => client.send(command), { NotFoundException: undefined });
    },
    async deleteVersion(RegistryName, SchemaName, SchemaVersion) {
      const command = new sdk.DeleteSchemaVersionCommand({ RegistryName, SchemaName, SchemaVersion });
      await call<unknown>('DeleteSchemaVersion', () => client.send(command), {
        NotFoundException: undefined,
      });
    },
  };
}

/** Errors, by name or status, that are answers after all. */
type Settled<T> = Readonly<Record<string | number, T>>;

async function withRetry<T>(
  operation: string,
  send: () => Promise<T>,
  { attempts, delay }: RetrySettings,
  settled: Settled<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const failure = failureOf(error);
      for (const key of [failure.name, failure.status]) {
        if (key !== undefined && Object.hasOwn(settled, key)) return settled[key] as T;
      }
      if (!failure.again || attempt >= attempts)
        throw new ServiceFailure(operation, failure.name, failure.message, error);
      // Full jitter: clients that were refused together do not come back together.
      const wait = Math.random() * Math.min(LONGEST_DELAY, delay * 2 ** (attempt - 1));
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

const AGAIN = new Set([
  ...['TooManyRequestsException', 'ThrottlingException', 'Throttling', 'RequestLimitExceeded'],
  ...['ServiceUnavailableException', 'InternalServerErrorException', 'RequestTimeout', 'TimeoutError'],
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'NetworkingError'],
]);

function failureOf(error: unknown): {
  name: string;
  status: number | undefined;
  message: string;
  again: boolean;
} {
  const { name, code, message, $metadata } = (error ?? {}) as {
    name?: string;
    code?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  const known = [name, code].find((one) => one !== undefined && AGAIN.has(one));
  const again = known !== undefined || status === 429 || (status !== undefined && status >= 500);
  const shown = known ?? (name === undefined || name === 'Error' ? (code ?? name ?? 'Error') : name);
  const hint = message === 'Region is missing' ? ': give --region, or set AWS_REGION' : '';
  return { name: shown, status, message: `${message ?? ''}${hint}`, again };
}

function summaryOf({
  SchemaName,
  SchemaArn,
  Tags,
  VersionCount,
  LastModified,
}: Sdk.SchemaSummary): SchemaSummary {
  return {
    name: SchemaName ?? '',
    arn: SchemaArn ?? '',
    tags: (Tags ?? {}) as Tags,
    versionCount: VersionCount ?? 0,
    lastModified: LastModified?.toISOString(),
  };
}

function contentOf(answer: Sdk.DescribeSchemaResponse, name: string): SchemaContent {
  return {
    name: answer.SchemaName ?? name,
    arn: answer.SchemaArn ?? '',
    type: answer.Type ?? '',
    version: answer.SchemaVersion ?? '',
    content: answer.Content ?? '',
    description: answer.Description ?? '',
  };
}
