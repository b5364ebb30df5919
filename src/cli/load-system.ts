import { resolve } from 'node:path';
import type { SystemParts } from '../checks/run.ts';
import type { Config } from '../config/config.ts';
import { findConfig } from '../io/config-file.ts';
import { exists, isFolder } from '../io/find-files.ts';
import { gatherFiles, readNamed } from '../io/gather.ts';
import type { World } from '../io/world.ts';
import { loadContracts, type SchemaDocument } from '../load/contracts/contracts.ts';
import { loadTemplates } from '../load/index.ts';
import { loadParsers } from '../publish/code/parsers.ts';
import { UsageError } from './command.ts';

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

/** Finds the config, the templates and the schemas, and reads them. What is wrong with them is among the findings. */
export async function loadSystem(
  world: World,
  positionals: readonly string[],
  configPath: string | undefined,
): Promise<LoadedSystem> {
  const { folder, named } = target(world, positionals);
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

/** One folder, or template files; the config is looked for in the folder, or in the working folder. */
function target(world: World, positionals: readonly string[]): { folder: string; named: readonly string[] } {
  for (const path of positionals) {
    if (!exists(resolve(world.cwd, path))) throw new UsageError(`there is no file or folder "${path}"`);
  }
  const [first, ...others] = positionals;
  if (first !== undefined && others.length === 0 && isFolder(resolve(world.cwd, first))) {
    return { folder: resolve(world.cwd, first), named: [] };
  }
  return { folder: world.cwd, named: positionals };
}
