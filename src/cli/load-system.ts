import { resolve } from 'node:path';
import { isAssembly } from '../io/cloud-assembly.ts';
import { exists, isFolder } from '../io/find-files.ts';
import {
  type LoadedSystem,
  type LoadSystemOptions,
  loadSystem as load,
  type SystemPlace,
} from '../io/load-system.ts';
import type { World } from '../io/world.ts';
import { UsageError } from './command.ts';

export type { LoadedSystem } from '../io/load-system.ts';

/** The system that a command line names: one folder, or template files. */
export function loadSystem(
  world: World,
  positionals: readonly string[],
  configPath: string | undefined,
  {
    place = {},
    ...options
  }: LoadSystemOptions & {
    /** Where the templates go, if the config does not say. */
    readonly place?: Pick<SystemPlace, 'account' | 'region'>;
  } = {},
): Promise<LoadedSystem> {
  return load(world, { ...target(world, positionals), ...place }, configPath, options);
}

/**
 * One folder, or template files; the config is looked for in the folder, or in the working folder. What CDK wrote is no
 * project's folder: nobody keeps a config in it.
 */
function target(world: World, positionals: readonly string[]): SystemPlace {
  for (const path of positionals) {
    if (!exists(resolve(world.cwd, path))) throw new UsageError(`there is no file or folder "${path}"`);
  }
  const [first, ...others] = positionals;
  if (first !== undefined && others.length === 0) {
    const folder = resolve(world.cwd, first);
    if (isFolder(folder) && !isAssembly(folder)) return { folder, named: [] };
  }
  return { folder: world.cwd, named: positionals };
}
