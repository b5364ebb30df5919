import { unintended } from '../checks/loop-finding.ts';
import { settingsOf, systemOf } from '../checks/run.ts';
import { Collector } from '../diagnostic/diagnostic.ts';
import { analyzeLoops } from '../graph/analyze.ts';
import { schemaOracle } from '../graph/oracle.ts';
import type { World } from '../io/world.ts';
import type { Analyse } from '../mend/plan-mends.ts';
import { UsageError } from './command.ts';
import { loadSystem } from './load-system.ts';

/** Reads and analyses a system, some of its files as if they were edited. */
export function analyzeEdited(
  world: World,
  positionals: readonly string[],
  configPath: string | undefined,
): Analyse {
  return async (texts) => {
    const { system, config, folder } = await loadSystem(world, positionals, configPath, { texts });
    if (system.parts.routes.length === 0)
      throw new UsageError(`no EventBridge rule, pipe or subscriber was found below ${folder}`);
    const { topology } = systemOf(system, config, new Collector());
    const settings = settingsOf(config);
    const oracle = schemaOracle(settings);
    const analysis = analyzeLoops(topology, settings, oracle);
    const endless = unintended(analysis, config)
      .filter(({ verdict }) => verdict.kind === 'endless')
      .sort((a, b) => a.hops.length - b.hops.length);
    return { analysis, oracle, endless };
  };
}
