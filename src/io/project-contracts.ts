import { join } from 'node:path';
import { type Config, defaultConfig, parseConfig } from '../config/config.ts';
import { parseData } from '../json/parse-data.ts';
import { loadContracts } from '../load/contracts/contracts.ts';
import type { Contract } from '../model/contract.ts';
import { configNames } from './config-file.ts';
import { exists } from './find-files.ts';
import { gatherFiles } from './gather.ts';
import { readDocument } from './world.ts';

const known = new Map<string, readonly Contract[]>();

/**
 * The contracts of the project in a folder, without waiting: for tests that name an event type where a list of tests
 * is built. A config in a programming language cannot be read so: it says what to call instead.
 */
export function projectContracts(folder = process.cwd()): readonly Contract[] {
  const before = known.get(folder);
  if (before) return before;
  const { schemas } = gatherFiles({ cwd: folder }, folder, { ...configOf(folder), templates: [] }, []);
  const contracts = loadContracts(schemas, { examine: false }).value;
  known.set(folder, contracts);
  return contracts;
}

function configOf(folder: string): Config {
  const name = configNames.find((each) => exists(join(folder, each)));
  if (name === undefined) return defaultConfig;
  if (!/\.(json|ya?ml)$/.test(name)) {
    throw new Error(
      `${name} cannot be read without waiting: give { contracts: await loadContracts() } with the event type`,
    );
  }
  const node = parseData(readDocument({ cwd: folder }, join(folder, name))).value;
  return node ? parseConfig(node).value : defaultConfig;
}
