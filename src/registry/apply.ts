import { inParallel } from './in-parallel.ts';
import { contentHash } from './make-plan.ts';
import { changesSomething, type Plan, type PlanItem } from './plan.ts';
import { type RegistryService, type SchemaSummary, ServiceFailure } from './service.ts';

/** What became of one schema. */
export type SchemaFate =
  | {
      readonly name: string;
      /** unchanged: the registry said that it had this content, or an earlier run had done it. */
      readonly fate: 'created' | 'updated' | 'tagged' | 'deleted' | 'unchanged' | 'kept' | 'orphan';
      readonly pruned?: readonly string[];
    }
  | { readonly name: string; readonly fate: 'failed'; readonly reason: string };

export interface Applied {
  readonly registry: 'created' | 'there' | { readonly failed: string };
  readonly fates: readonly SchemaFate[];
}

/** A schema that is not as it was when the plan was made, nor as the plan wants it. */
export interface MovedOn {
  readonly name: string;
  readonly reason: string;
}

/**
 * Whether a plan that was made earlier still fits. What an interrupted run of the same plan has done already fits, too.
 */
export async function movedOn(
  plan: Plan,
  service: RegistryService,
  concurrency: number,
): Promise<readonly MovedOn[]> {
  const listed = await service.list(plan.registry);
  if (!listed && !plan.create) return [{ name: plan.registry, reason: 'there is no such registry any more' }];
  const there = new Map((listed ?? []).map((summary) => [summary.name, summary]));
  const answers = await inParallel(plan.items, concurrency, async (item): Promise<MovedOn | undefined> => {
    const reason = await whyMoved(item, there.get(item.name), plan, service);
    return reason === undefined ? undefined : { name: item.name, reason };
  });
  return answers.filter((answer) => answer !== undefined);
}

async function whyMoved(
  item: PlanItem,
  summary: SchemaSummary | undefined,
  { registry }: Plan,
  service: RegistryService,
): Promise<string | undefined> {
  switch (item.action) {
    case 'create': {
      if (!summary) return undefined;
      const remote = await service.describe(registry, item.name);
      const done = remote && contentHash(remote.content) === contentHash(item.schema.content);
      return done || !remote ? undefined : 'it was created since, with another content';
    }
    case 'update': {
      if (!summary) return 'it was deleted since';
      const remote = await service.describe(registry, item.name);
      if (!remote) return 'it was deleted since';
      const hash = contentHash(remote.content);
      if (hash === contentHash(item.schema.content)) return undefined;
      if (hash !== item.basis.hash)
        return `it has version ${remote.version} now, and not the content of the plan`;
      return undefined;
    }
    case 'delete':
      return !summary || isAsPlanned(item, summary) ? undefined : 'it was changed since';
    default:
      if (!summary) return 'it was deleted since';
      return isAsPlanned(item, summary) ? undefined : 'it was changed since';
  }
}

function isAsPlanned({ basis }: Exclude<PlanItem, { action: 'create' }>, summary: SchemaSummary): boolean {
  return basis.versionCount === summary.versionCount && basis.lastModified === summary.lastModified;
}

/**
 * Carries out a plan. Each schema is worked on by itself: one that fails does not stop the others. May be stopped and run
 * again at any point: every step counts as done where it was done before.
 */
export async function applyPlan(plan: Plan, service: RegistryService, concurrency: number): Promise<Applied> {
  const { registry, create } = plan;
  let made: 'created' | 'exists' | undefined;
  if (create) {
    try {
      made = await service.createRegistry(registry, create.description, create.tags);
    } catch (error) {
      const failed = reasonOf(error);
      const fates = plan.items.map(
        ({ name }): SchemaFate => ({ name, fate: 'failed', reason: 'there is no registry' }),
      );
      return { registry: { failed }, fates };
    }
  }
  const fates = await inParallel(plan.items, concurrency, async (item): Promise<SchemaFate> => {
    if (!changesSomething(item)) return { name: item.name, fate: item.action === 'keep' ? 'kept' : 'orphan' };
    try {
      return await carryOut(item, registry, service);
    } catch (error) {
      return { name: item.name, fate: 'failed', reason: reasonOf(error) };
    }
  });
  return { registry: made === 'created' ? 'created' : 'there', fates };
}

/** What the service refuses is the schema's fate; what is wrong with us is thrown. */
function reasonOf(error: unknown): string {
  if (error instanceof ServiceFailure) return error.message;
  throw error;
}

async function carryOut(item: PlanItem, registry: string, service: RegistryService): Promise<SchemaFate> {
  const { name } = item;
  switch (item.action) {
    case 'create': {
      if ((await service.create(registry, item.schema, item.tags)) === 'created')
        return { name, fate: 'created' };
      return { name, ...(await existing(item, registry, service)) };
    }
    case 'update': {
      for (const version of item.prune) await service.deleteVersion(registry, name, version);
      const answer = await service.update(registry, item.schema);
      if (Object.keys(item.tags).length > 0) await service.tag(item.arn, item.tags);
      const pruned = item.prune.length > 0 ? { pruned: item.prune } : {};
      return { name, fate: answer, ...pruned };
    }
    case 'tag':
      await service.tag(item.arn, item.tags);
      return { name, fate: 'tagged' };
    case 'delete':
      await service.delete(registry, name);
      return { name, fate: 'deleted' };
    default:
      return { name, fate: 'kept' };
  }
}

/**
 * A schema that was to be created and is there: by an earlier try whose answer was lost, or by somebody else. Another's
 * content is not written over.
 */
async function existing(
  item: Extract<PlanItem, { action: 'create' }>,
  registry: string,
  service: RegistryService,
): Promise<{ fate: 'unchanged' } | { fate: 'failed'; reason: string }> {
  const remote = await service.describe(registry, item.name);
  if (remote && contentHash(remote.content) === contentHash(item.schema.content)) {
    // The tags were part of the call that created it.
    return { fate: 'unchanged' };
  }
  return {
    fate: 'failed',
    reason: 'somebody else created it meanwhile, with another content: make a new plan',
  };
}
