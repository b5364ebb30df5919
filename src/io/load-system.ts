import type { SystemParts } from '../checks/run.ts';
import type { Config } from '../config/config.ts';
import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { type Document, documentOf } from '../json/document.ts';
import { looksLikeSnapshot, type Snapshot } from '../load/account/snapshot.ts';
import { loadContracts, type SchemaDocument } from '../load/contracts/contracts.ts';
import { loadTemplates } from '../load/index.ts';
import type { TopologyParts } from '../model/topology.ts';
import { runsJava } from '../publish/assess.ts';
import { loadParsers, type Parsers } from '../publish/code/parsers.ts';
import { type FoundConfig, findConfig } from './config-file.ts';
import { type GatheredFiles, gatherFiles, namesBeside, readNamed } from './gather.ts';
import { scriptsBelow } from './scripts.ts';
import { shownPath, type World } from './world.ts';

/** A system as a folder, or the named template files, have it. */
export interface LoadedSystem {
  readonly system: SystemParts;
  readonly config: Config;
  readonly folder: string;
  /** The folder that paths in the config count from. */
  readonly root: string;
  /** The files of the schemas, read. */
  readonly schemas: readonly SchemaDocument[];
}

/** Where a system is looked for: a folder, and the templates in place of those the config names. */
export interface SystemPlace {
  /** Absolute. */
  readonly folder: string;
  readonly named: readonly string[];
  /** The account and Region, where the config does not name them. */
  readonly account?: string;
  readonly region?: string;
}

export interface LoadSystemOptions {
  /** An account that was looked at: it takes the place of the folder's templates, and joins those that are named. */
  readonly deployed?: Snapshot;
  /** Texts in the place of those of template files, by the path that documents have: what if a file were edited? */
  readonly texts?: ReadonlyMap<string, string>;
}

/** Finds the config, the templates and the schemas, and reads them. What is wrong with them is among the findings. */
export async function loadSystem(
  world: Pick<World, 'cwd'>,
  place: SystemPlace,
  configPath: string | undefined,
  options: LoadSystemOptions = {},
): Promise<LoadedSystem> {
  const { deployed } = options;
  const { folder, named } = place;
  const found = await findConfig(world, folder, configPath);
  const wanted = deployed && named.length === 0 ? { ...found.config, templates: [] } : found.config;
  const files = gatherFiles(world, found.folder, wanted, named);
  const { loadAccounts } =
    deployed || files.templates.some(({ text }) => looksLikeSnapshot(text))
      ? await import('./load-accounts.ts')
      : {};
  const loaded = systemOfFiles(world, place, {
    ...options,
    found,
    files,
    ...(loadAccounts ? { loadAccounts } : {}),
  });
  const java = loaded.system.resources?.some(runsJava) ?? false;
  return withParsers(loaded, await loadParsers({ java }));
}

/** A system with what its code is read with. */
export function withParsers(loaded: LoadedSystem, parsers: Parsers): LoadedSystem {
  const { system } = loaded;
  return { ...loaded, system: { ...system, sources: { ...system.sources, parsers } } };
}

/** What a system is put together from once everything that may have to be waited for is there. */
export interface SystemFiles extends LoadSystemOptions {
  readonly found: FoundConfig;
  readonly files: GatheredFiles;
  /** Where there is none, snapshots are passed over. */
  readonly loadAccounts?: typeof import('./load-accounts.ts').loadAccounts;
}

/** The system that files make; its code is not read yet. */
export function systemOfFiles(
  world: Pick<World, 'cwd'>,
  place: SystemPlace,
  { found, files, deployed, texts, loadAccounts }: SystemFiles,
): LoadedSystem {
  const edited = (document: Document): Document => {
    const text = texts?.get(document.path);
    return text === undefined ? document : documentOf(document.path, text);
  };
  const { folder, named } = place;
  const chosen = named.length > 0 || found.config.templates !== undefined;
  const { templates, snapshots, passedOver } = sortSnapshots(files.templates.map(edited), chosen);
  const contracts = loadContracts(files.schemas);
  const { parameters, account = place.account, region = place.region } = found.config;
  const read = (path: string) => {
    const document = readNamed(world, path);
    return document && edited(document);
  };
  const loaded = loadTemplates(templates, {
    parameters,
    readLocal: read,
    namesIn: (path) => namesBeside(world, path),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  });
  const accounts =
    deployed || snapshots.length > 0
      ? loadAccounts?.([...(deployed ? [deployed] : []), ...snapshots], {
          folder: shownPath(world.cwd, found.folder),
          ...(region === undefined ? {} : { region }),
        })
      : undefined;
  const system: SystemParts = {
    parts: accounts ? joined(accounts.parts, loaded.value) : loaded.value,
    contracts: contracts.value,
    diagnostics: [
      ...found.diagnostics,
      ...files.diagnostics,
      ...contracts.diagnostics,
      ...loaded.diagnostics,
      ...(accounts?.diagnostics ?? []),
      ...passedOver,
    ],
    templates: templates.length,
    accounts: accounts?.snapshots ?? 0,
    schemas: contracts.value.length,
    resources: [...(accounts?.parts.resources ?? []), ...loaded.value.resources],
    sources: { read, scripts: scriptsBelow(world.cwd, found.folder) },
  };
  return { system, config: found.config, folder, root: found.folder, schemas: files.schemas };
}

/** Snapshots that merely lie beside templates are of something else than those: they are checked when named. */
function sortSnapshots(
  documents: readonly Document[],
  chosen: boolean,
): { templates: readonly Document[]; snapshots: readonly Document[]; passedOver: readonly Diagnostic[] } {
  const snapshots = documents.filter(({ text }) => looksLikeSnapshot(text));
  if (snapshots.length === 0) return { templates: documents, snapshots, passedOver: [] };
  const templates = documents.filter((document) => !snapshots.includes(document));
  if (chosen || templates.length === 0) return { templates, snapshots, passedOver: [] };
  const passedOver = snapshots.map(({ path }) => finding('snapshot/not-checked', { path }));
  return { templates, snapshots: [], passedOver };
}

/** What is declared at an ARN stands before what another source only mentions by it. */
function joined(deployed: TopologyParts, declared: TopologyParts): TopologyParts {
  return {
    buses: [...deployed.buses, ...declared.buses],
    routes: [...deployed.routes, ...declared.routes],
    components: [...deployed.components, ...declared.components],
    contracts: declared.contracts,
    emissions: [...deployed.emissions, ...declared.emissions],
  };
}
