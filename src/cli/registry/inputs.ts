import { resolve } from 'node:path';
import { withSeverity } from '../../checks/accept.ts';
import type { Config } from '../../config/config.ts';
import { Collector, type Diagnostic } from '../../diagnostic/diagnostic.ts';
import { findConfig } from '../../io/config-file.ts';
import { isFolder } from '../../io/find-files.ts';
import { gatherFiles, schemaPathsOf } from '../../io/gather.ts';
import { loadSchemasSdk, schemasService } from '../../io/schemas-service.ts';
import type { World } from '../../io/world.ts';
import { own } from '../../json/value.ts';
import { loadContracts, type SchemaDocument } from '../../load/contracts/contracts.ts';
import type { Contract } from '../../model/contract.ts';
import { isSafeName, limits } from '../../registry/limits.ts';
import { schemaName } from '../../registry/names.ts';
import type { RegistryService, SchemaType } from '../../registry/service.ts';
import { type WantedSchema, wantedSchemas } from '../../registry/wanted.ts';
import { printFinding } from '../../report/text.ts';
import { UsageError } from '../command.ts';

/** The options that all actions share. */
export interface RegistryArgs {
  readonly registry: string | undefined;
  readonly type: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly config: string | undefined;
  readonly 'allow-lossy': boolean;
  readonly 'delete-orphans': boolean;
  readonly 'prune-versions': boolean;
}

/** A folder's schemas and settings. */
export interface RegistryInputs {
  readonly config: Config;
  /** The folder that paths in the config count from. */
  readonly root: string;
  /** The first folder of schemas, absolute. */
  readonly schemasFolder: string;
  readonly documents: readonly SchemaDocument[];
  readonly contracts: readonly Contract[];
  readonly type: SchemaType;
  readonly diagnostics: readonly Diagnostic[];
}

export const usualConcurrency = 8;

export async function readInputs(
  world: World,
  folder: string | undefined,
  args: RegistryArgs,
): Promise<RegistryInputs> {
  const start = resolve(world.cwd, folder ?? '.');
  if (!isFolder(start)) throw new UsageError(`there is no folder "${folder}"`);
  const found = await findConfig(world, start, args.config);
  const { config } = found;
  const files = gatherFiles(world, found.folder, { ...config, templates: [] }, []);
  const contracts = loadContracts(files.schemas, { examine: false });
  const type = (args.type ?? config.registry.type ?? 'JSONSchemaDraft4') as SchemaType;
  const [schemasFolder = found.folder] = schemaPathsOf(found.folder, config);
  return {
    config,
    root: found.folder,
    schemasFolder,
    documents: files.schemas,
    contracts: contracts.value,
    type,
    diagnostics: [...found.diagnostics, ...files.diagnostics, ...contracts.diagnostics],
  };
}

/** The registry that is kept in step: it must be named, for a wrong guess would fill another. */
export function registryName(args: RegistryArgs, { registry }: Config): string {
  const name = args.registry ?? registry.name;
  if (name === undefined || name === '')
    throw new UsageError('say which registry: --registry NAME, or registry: { name: NAME } in the config');
  if (!isSafeName(name, limits.registryName))
    throw new UsageError(
      `"${name}" is no name of a registry: at most 64 letters, digits, ".", "_", "-" and "@", no digit first`,
    );
  return name;
}

/** What should be in the registry, with all findings; places inside invalid schemas are looked up only then. */
export function wantedOf(
  inputs: RegistryInputs,
  args: RegistryArgs,
): { readonly wanted: readonly WantedSchema[]; readonly diagnostics: readonly Diagnostic[] } {
  const collector = new Collector();
  collector.add(...inputs.diagnostics);
  const { registry } = inputs.config;
  const wanted = collector.take(
    wantedSchemas(inputs.contracts, {
      type: inputs.type,
      allowLossy: args['allow-lossy'],
      names: registry.names,
      schemas: registry.schemas ?? limits.schemas,
    }),
  );
  if (collector.diagnostics.some(({ code }) => code === 'registry/not-convertible'))
    collector.add(
      ...loadContracts(inputs.documents).diagnostics.filter(({ code }) => code === 'schema/invalid'),
    );
  return { wanted, diagnostics: collector.diagnostics };
}

/** The names under which the repository's event types stand in the registry, whether they can go up or not. */
export function knownNames({ contracts, config }: RegistryInputs): ReadonlySet<string> {
  return new Set(contracts.map(({ id, type }) => String(own(config.registry.names, id) ?? schemaName(type))));
}

/**
 * The registry of an account, or behind an endpoint. The SDK finds credentials as it always does; an endpoint on this
 * machine needs none.
 */
export async function connectRegistry(
  world: World,
  args: Pick<RegistryArgs, 'endpoint' | 'region'>,
  config: Config,
): Promise<RegistryService & { close(): void }> {
  const { endpoint } = args;
  if (endpoint !== undefined && !URL.canParse(endpoint))
    throw new UsageError(`--endpoint is a URL such as http://127.0.0.1:8770; "${endpoint}" is not`);
  const sdk = await loadSchemasSdk();
  if (!sdk)
    throw new UsageError(
      'the registry needs the package @aws-sdk/client-schemas: npm install --save-dev @aws-sdk/client-schemas',
    );
  const local =
    endpoint !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
  const { env } = world;
  const region =
    args.region ?? config.registry.region ?? env['AWS_REGION'] ?? (local ? 'us-east-1' : undefined);
  const client = new sdk.SchemasClient({
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(local ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {}),
    maxAttempts: 1,
  });
  return { ...schemasService(sdk, client), close: () => client.destroy() };
}

/** Prints findings; true when one of them is an error. */
export async function tell(
  world: World,
  diagnostics: readonly Diagnostic[],
  config: Config,
): Promise<boolean> {
  const { color, columns } = world;
  const shown = diagnostics.flatMap((each) => withSeverity(each, config));
  for (const each of shown) await world.out(`${printFinding(each, { color, columns, verbose: true })}\n\n`);
  return shown.some(({ severity }) => severity === 'error');
}
