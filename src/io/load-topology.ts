import { dirname, resolve } from 'node:path';
import { systemOf } from '../checks/run.ts';
import { Collector } from '../diagnostic/diagnostic.ts';
import { printHoles } from '../json/holes.ts';
import type { Contract } from '../model/contract.ts';
import type { Topology } from '../model/topology.ts';
import { exists, isFolder } from './find-files.ts';
import { loadSystem } from './load-system.ts';

/** What pseudo parameters of templates stand for where the config does not say: the local bus publishes as this. */
const HERE = { account: '111122223333', region: 'us-east-1' };

/**
 * The topology of a system, from a folder with templates and schemas (and busproof.config.*, where there is one) or
 * from one template: rules, targets, components and event types, and what is declared or found out about who publishes
 * what, as `busproof check` has it. Throws when nothing is found; no network is used.
 */
export async function loadTopology(path = '.'): Promise<Topology> {
  const absolute = resolve(path);
  if (!exists(absolute)) throw new Error(`there is no file or folder "${path}"`);
  const place = isFolder(absolute)
    ? { folder: absolute, named: [] }
    : { folder: dirname(absolute), named: [absolute] };
  const { system, config } = await loadSystem({ cwd: process.cwd() }, { ...place, ...HERE }, undefined);
  const collector = new Collector();
  collector.add(...system.diagnostics);
  const { topology } = systemOf(system, config, collector);
  if (topology.routes.length > 0 || topology.contracts.length > 0) return topology;
  const problem = collector.diagnostics.find(({ severity }) => severity === 'error')?.message;
  throw new Error(
    `no EventBridge rule and no event schema was found in ${path}${problem === undefined ? '' : `: ${printHoles(problem)}`}`,
  );
}

/** The event types of a folder with schemas, or of the project whose config stands there. */
export async function loadContracts(path = '.'): Promise<readonly Contract[]> {
  return (await loadTopology(path)).contracts;
}
