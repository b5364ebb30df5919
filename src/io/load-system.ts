import type { SystemParts } from '../checks/run.ts';
import type { Config } from '../config/config.ts';
import { loadContracts, type SchemaDocument } from '../load/contracts/contracts.ts';
import { loadTemplates } from '../load/index.ts';
import { loadParsers } from '../publish/code/parsers.ts';
import { findConfig } from './config-file.ts';
import { gatherFiles, readNamed } from './gather.ts';
import type { World } from './world.ts';

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
}

/** Finds the config, the templates and the schemas, and reads them. What is wrong with them is among the findings. */
export async function loadSystem(
  world: Pick<World, 'cwd'>,
  { folder, named }: SystemPlace,
  configPath: string | undefined,
): Promise<LoadedSystem> {
  const found = await findConfig(world, folder, configPath);
  const files = gatherFiles(world, found.folder, found.config, named);
  const contracts = loadContracts(files.schemas);
  const { parameters, account, region } = found.config;
  const read = (path: string) => readNamed(world, path);
  const loaded = loadTemplates(files.templates, {
    parameters,
    readLocal: read,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  });
  const system: SystemParts = {
    parts: loaded.value,
    contracts: contracts.value,
    diagnostics: [
      ...found.diagnostics,
      ...files.diagnostics,
      ...contracts.diagnostics,
      ...loaded.diagnostics,
    ],
    templates: files.templates.length,
    schemas: contracts.value.length,
    resources: loaded.value.resources,
    sources: { read, parsers: await loadParsers() },
  };
  return { system, config: found.config, folder, root: found.folder, schemas: files.schemas };
}
