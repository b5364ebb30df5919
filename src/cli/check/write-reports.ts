import type { CheckReport } from '../../checks/report.ts';
import { pathsFromRoot, writeTextFile } from '../../io/repository.ts';
import type { World } from '../../io/world.ts';
import type { ReportOptions } from '../../report/reporter.ts';
import { reporters } from '../../report/reporters.ts';
import { UsageError } from '../command.ts';
import { pageOfFinding } from '../finding-page.ts';
import { toolVersion } from '../version.ts';
import type { Output } from './outputs.ts';

/** Writes every report that was asked for, those to files first: what is read last then stands in the log last. */
export async function writeReports(
  report: CheckReport,
  outputs: readonly Output[],
  options: Pick<ReportOptions, 'verbose' | 'minSeverity'>,
  world: World,
): Promise<void> {
  const common: ReportOptions = {
    ...options,
    color: false,
    columns: world.columns,
    version: toolVersion(),
    pathOf: pathsFromRoot(world.cwd),
    pageOf: pageOfFinding,
  };
  for (const { format, file } of outputs) {
    if (file === undefined) continue;
    const text = reporters[format].report(report, common);
    try {
      writeTextFile(world.cwd, file, text);
    } catch (error) {
      throw new UsageError(`cannot write ${file}: ${(error as Error).message}`, { cause: error });
    }
  }
  for (const { format, file } of outputs) {
    if (file !== undefined) continue;
    await world.out(reporters[format].report(report, { ...common, color: world.color }));
  }
}
