import { settingsOf, systemOf } from '../checks/run.ts';
import { Collector } from '../diagnostic/diagnostic.ts';
import { atLeast } from '../diagnostic/severity.ts';
import { analyzeLoops, type LoopAnalysis } from '../graph/analyze.ts';
import { schemaOracle } from '../graph/oracle.ts';
import type { World } from '../io/world.ts';
import { UsageError } from './command.ts';
import { loadSystem } from './load-system.ts';

/** Loads a system and follows its events, for commands that show rather than judge. Errors in files are counted only. */
export async function analyzeSystem(
  world: World,
  positionals: readonly string[],
  configPath: string | undefined,
): Promise<LoopAnalysis> {
  const { system, config, folder } = await loadSystem(world, positionals, configPath);
  if (system.parts.routes.length === 0)
    throw new UsageError(`no EventBridge rule, pipe or subscriber was found below ${folder}`);
  const collector = new Collector();
  collector.add(...system.diagnostics);
  const { topology } = systemOf(system, config, collector);
  const settings = settingsOf(config);
  const errors = collector.diagnostics.filter(({ severity }) => atLeast(severity, 'error')).length;
  if (errors > 0) {
    const found = errors === 1 ? 'an error was' : `${errors} errors were`;
    await world.err(`busproof: ${found} found on the way: busproof check tells more\n`);
  }
  return analyzeLoops(topology, settings, schemaOracle(settings));
}
