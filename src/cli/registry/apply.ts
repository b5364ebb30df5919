import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { finding } from '../../diagnostic/diagnostic.ts';
import { findConfig } from '../../io/config-file.ts';
import { exists, isFolder } from '../../io/find-files.ts';
import type { World } from '../../io/world.ts';
import { applyPlan, movedOn } from '../../registry/apply.ts';
import { isEmptyPlan, type Plan } from '../../registry/plan.ts';
import { parsePlanFile } from '../../registry/plan-file.ts';
import { appliedText, planText } from '../../report/registry.ts';
import { type ExitCode, UsageError } from '../command.ts';
import { connectRegistry, type RegistryArgs, readInputs, tell, usualConcurrency } from './inputs.ts';
import { planFor } from './plan.ts';

export interface ApplyArgs extends RegistryArgs {
  readonly yes: boolean;
  readonly format: string | undefined;
}

/** `registry apply`: carries out a plan that was written earlier, or makes one, shows it and carries it out. */
export async function runApply(world: World, named: string | undefined, args: ApplyArgs): Promise<ExitCode> {
  const path = resolve(world.cwd, named ?? '.');
  if (named !== undefined && !exists(path)) throw new UsageError(`there is no file or folder "${named}"`);
  return isFolder(path) ? applyFolder(world, named, args) : applyFile(world, path, named!, args);
}

async function applyFolder(world: World, folder: string | undefined, args: ApplyArgs): Promise<ExitCode> {
  const inputs = await readInputs(world, folder, args);
  const planned = await planFor(world, inputs, args);
  if (!planned) return 1;
  if (args.format !== 'json') await world.out(planText(planned.plan, world.color));
  return carryOut(world, planned.plan, args, inputs.config, false);
}

/** Does exactly what was shown when the plan was written, or nothing. */
async function applyFile(world: World, path: string, name: string, args: ApplyArgs): Promise<ExitCode> {
  const read = parsePlanFile(readFileSync(path, 'utf8'));
  if ('problem' in read) throw new UsageError(`${name} cannot be applied: ${read.problem}`);
  if (args.registry !== undefined && args.registry !== read.plan.registry)
    throw new UsageError(`the plan is for the registry ${read.plan.registry}, not for ${args.registry}`);
  const { config } = await findConfig(world, world.cwd, args.config);
  return carryOut(world, read.plan, args, config, true);
}

async function carryOut(
  world: World,
  plan: Plan,
  args: ApplyArgs,
  config: Config,
  fromFile: boolean,
): Promise<ExitCode> {
  if (isEmptyPlan(plan)) {
    if (args.format === 'json') await world.out(appliedJson(plan.registry, { registry: 'there', fates: [] }));
    return 0;
  }
  const deleted = plan.items.filter(({ action }) => action === 'delete').length;
  if (deleted > 0 && !args.yes) {
    const what = deleted === 1 ? '1 schema' : `${deleted} schemas`;
    throw new UsageError(`the plan deletes ${what} with all versions: nothing was done; confirm with --yes`);
  }
  const service = await connectRegistry(world, args, config);
  try {
    if (fromFile) {
      const moved = await movedOn(plan, service, usualConcurrency);
      const findings = moved.map(({ name, reason }) => finding('registry/moved-on', { name, reason }));
      if (await tell(args.format === 'json' ? { ...world, out: world.err } : world, findings, config)) {
        await world.err('busproof: nothing was done; make a new plan\n');
        return 1;
      }
    }
    const applied = await applyPlan(plan, service, usualConcurrency);
    await world.out(
      args.format === 'json'
        ? appliedJson(plan.registry, applied)
        : `${fromFile ? '' : '\n'}${appliedText(applied, plan.registry, world.color)}`,
    );
    const failed = applied.fates.some(({ fate }) => fate === 'failed');
    return failed || typeof applied.registry === 'object' ? 1 : 0;
  } finally {
    service.close();
  }
}

function appliedJson(name: string, { registry, fates }: Awaited<ReturnType<typeof applyPlan>>): string {
  const state =
    typeof registry === 'object' ? { fate: 'failed', reason: registry.failed } : { fate: registry };
  return `${JSON.stringify({ formatVersion: 1, registry: { name, ...state }, schemas: fates }, undefined, 2)}\n`;
}
