import { withSeverity } from '../../checks/accept.ts';
import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { World } from '../../io/world.ts';
import { readSchema } from '../../registry/normal-form.ts';
import type { PlanItem } from '../../registry/plan.ts';
import { trafficFindings } from '../../registry/traffic.ts';
import { findingJson } from '../../report/json.ts';
import { type ExitCode, UsageError } from '../command.ts';
import { toolVersion } from '../version.ts';
import { type RegistryArgs, type RegistryInputs, readInputs, tell } from './inputs.ts';
import { planFor } from './plan.ts';
import { everySchema } from './pull.ts';

export interface DriftArgs extends RegistryArgs {
  readonly discovered: string | undefined;
  readonly format: string | undefined;
}

/** Where schema discovery puts what it sees. */
const DISCOVERED = 'discovered-schemas';

/** `registry drift`: where the repository, the registry and what discovery has seen differ. Changes nothing. */
export async function runDrift(world: World, folder: string | undefined, args: DriftArgs): Promise<ExitCode> {
  const inputs = await readInputs(world, folder, args);
  const json = args.format === 'json';
  const planned = await planFor(world, inputs, { ...args, format: args.format, 'prune-versions': true });
  if (!planned) return 1;
  const { plan } = planned;
  const findings = plan.items.flatMap((item) => outOfStep(item, plan.registry, inputs));
  const discovered = args.discovered ?? DISCOVERED;
  const traffic = await everySchema(world, discovered, args, inputs);
  // Without discovery there is no registry of what it saw; one that was named must be there.
  if (!traffic && args.discovered !== undefined) throw new UsageError(`there is no registry "${discovered}"`);
  const seen = (traffic ?? []).flatMap((schema): Diagnostic[] => {
    const { contract: found } = readSchema(schema);
    if (!found) return [finding('registry/not-an-event', { registry: discovered, name: schema.name })];
    const contract = inputs.contracts.find(({ id }) => id === found.id);
    if (contract) return [...trafficFindings(contract, found)];
    return [finding('registry/undescribed', { eventType: found.id, registry: discovered })];
  });
  const shown = [...findings, ...seen].flatMap((each) => withSeverity(each, inputs.config));
  const drifted = shown.some(({ severity }) => severity !== 'info');
  if (json) {
    const value = {
      formatVersion: 1,
      tool: { name: 'busproof', version: toolVersion() },
      registry: plan.registry,
      discovered,
      drift: drifted,
      findings: shown.map(findingJson),
    };
    await world.out(`${JSON.stringify(value, undefined, 2)}\n`);
  } else {
    await tell(world, [...findings, ...seen], inputs.config);
    const kept = plan.items.filter(({ action }) => action === 'keep').length;
    const seenTypes = traffic === undefined ? 'not there' : `${plural(traffic.length, 'event type')} seen`;
    await world.out(
      `${plan.registry}: ${kept} in step, ${findings.length} not. ${discovered}: ${seenTypes}, ${plural(seen.length, 'difference')}.\n`,
    );
  }
  return drifted ? 1 : 0;
}

const differs: Readonly<Partial<Record<PlanItem['action'], 'missing' | 'different' | 'orphan' | 'tags'>>> = {
  create: 'missing',
  update: 'different',
  tag: 'tags',
  orphan: 'orphan',
  delete: 'orphan',
};

function outOfStep(item: PlanItem, registry: string, { contracts }: RegistryInputs): Diagnostic[] {
  const how = differs[item.action];
  if (!how) return [];
  const contract = 'eventType' in item ? contracts.find(({ id }) => id === item.eventType) : undefined;
  const extra = contract ? { span: contract.span } : {};
  return [finding('registry/out-of-step', { name: item.name, registry, how }, extra)];
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
