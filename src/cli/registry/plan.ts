import { Collector } from '../../diagnostic/diagnostic.ts';
import { writeTextFile } from '../../io/repository.ts';
import type { World } from '../../io/world.ts';
import { limits } from '../../registry/limits.ts';
import { makePlan } from '../../registry/make-plan.ts';
import { isEmptyPlan, type Plan } from '../../registry/plan.ts';
import { printPlanFile } from '../../registry/plan-file.ts';
import type { RegistryService } from '../../registry/service.ts';
import { planText } from '../../report/registry.ts';
import { type ExitCode, UsageError } from '../command.ts';
import { toolVersion } from '../version.ts';
import {
  connectRegistry,
  knownNames,
  type RegistryArgs,
  type RegistryInputs,
  readInputs,
  registryName,
  tell,
  usualConcurrency,
  wantedOf,
} from './inputs.ts';

export interface PlanArgs extends RegistryArgs {
  readonly out: string | undefined;
  readonly check: boolean;
  readonly format: string | undefined;
}

/** `registry plan`: shows what would be done; with --check fails if there is something to do. */
export async function runPlan(world: World, folder: string | undefined, args: PlanArgs): Promise<ExitCode> {
  const inputs = await readInputs(world, folder, args);
  const planned = await planFor(world, inputs, args);
  if (!planned) return 1;
  const { plan } = planned;
  await world.out(args.format === 'json' ? printPlanFile(plan, toolVersion()) : planText(plan, world.color));
  if (args.out !== undefined) {
    writeTextFile(world.cwd, args.out, printPlanFile(plan, toolVersion()));
    await world.err(
      `busproof: the plan is in ${args.out}; "busproof registry apply ${args.out}" does just that\n`,
    );
  }
  return args.check && !isEmptyPlan(plan) ? 1 : 0;
}

/** The plan for a folder; undefined, after telling why, if something would be refused. No call that changes anything. */
export async function planFor(
  world: World,
  inputs: RegistryInputs,
  args: RegistryArgs & { readonly format?: string | undefined },
): Promise<{ readonly plan: Plan; readonly service: RegistryService } | undefined> {
  const { config } = inputs;
  const registry = registryName(args, config);
  if (inputs.contracts.length === 0)
    throw new UsageError(
      'no event schema was found: to begin with those of a registry, use busproof registry pull',
    );
  const { wanted, diagnostics } = wantedOf(inputs, args);
  const quiet = args.format === 'json' ? { ...world, out: world.err } : world;
  if (await tell(quiet, diagnostics, config)) return undefined;
  const service = await connectRegistry(world, args, config);
  try {
    const collector = new Collector();
    const plan = collector.take(
      await makePlan(wanted, service, {
        registry,
        type: inputs.type,
        description: config.registry.description ?? '',
        tags: config.registry.tags,
        deleteOrphans: args['delete-orphans'],
        prune: args['prune-versions'],
        versions: config.registry.versions ?? limits.versions,
        schemas: config.registry.schemas ?? limits.schemas,
        concurrency: usualConcurrency,
        known: knownNames(inputs),
        now: new Date(),
      }),
    );
    return (await tell(quiet, collector.diagnostics, config)) ? undefined : { plan, service };
  } finally {
    service.close();
  }
}
