import { sha256 } from '../codegen/text.ts';
import { differenceWords } from '../contract/difference-words.ts';
import { answerFor } from '../contract/inclusion.ts';
import { type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Contract } from '../model/contract.ts';
import { inParallel } from './in-parallel.ts';
import { jsonDifferences } from './json-difference.ts';
import { INACTIVE_DAYS } from './limits.ts';
import { canonicalContent, readSchema, sameContent } from './normal-form.ts';
import type { Basis, Plan, PlanItem } from './plan.ts';
import type { RegistryService, SchemaContent, SchemaSummary, SchemaType, Tags } from './service.ts';
import type { WantedSchema } from './wanted.ts';

export interface PlanOptions {
  readonly registry: string;
  readonly type: SchemaType;
  readonly description: string;
  readonly tags: Tags;
  readonly deleteOrphans: boolean;
  /** Whether old versions may be deleted to make room. */
  readonly prune: boolean;
  /** The most versions that a schema may have, and the most schemas that a registry takes. */
  readonly versions: number;
  readonly schemas: number;
  /** Calls under way at a time. */
  readonly concurrency: number;
  /** Names of event types whose schema could not be made ready: what the registry has of them is no orphan. */
  readonly known: ReadonlySet<string>;
  readonly now: Date;
}

/**
 * Compares what the registry should have with what it has. Reads one page of the list for every hundred schemas, and each
 * schema that both have; the versions only of those that have no room for one more.
 */
export async function makePlan(
  wanted: readonly WantedSchema[],
  service: RegistryService,
  options: PlanOptions,
): Promise<Outcome<Plan>> {
  const { registry, type, tags } = options;
  const diagnostics: Diagnostic[] = [];
  const listed = await service.list(registry);
  const there = new Map((listed ?? []).map((summary) => [summary.name, summary]));
  const items = await inParallel(wanted, options.concurrency, async (one): Promise<PlanItem | undefined> => {
    const summary = there.get(one.schema.name);
    const remote = summary && (await service.describe(registry, summary.name));
    if (!summary || !remote) {
      const { schema, losses, contract } = one;
      return { action: 'create', name: schema.name, eventType: contract.id, schema, tags, losses };
    }
    return compared(one, summary, remote, service, options, diagnostics);
  });
  const names = new Set(wanted.map(({ schema }) => schema.name));
  const orphans = [...there.values()]
    .filter(({ name }) => !names.has(name) && !options.known.has(name))
    .map(
      (summary): PlanItem => ({
        action: options.deleteOrphans ? 'delete' : 'orphan',
        name: summary.name,
        basis: basisOf(summary, undefined),
      }),
    );
  const plan: Plan = {
    registry,
    type,
    create: listed ? undefined : { description: options.description, tags },
    items: [...items.filter((item) => item !== undefined), ...orphans].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
  };
  const count = plan.items.filter(({ action }) => action !== 'delete').length;
  if (count > options.schemas && wanted.length <= options.schemas)
    diagnostics.push(finding('registry/too-many-schemas', { count, limit: options.schemas }));
  return outcome(plan, diagnostics);
}

async function compared(
  { schema, value, contract, losses }: WantedSchema,
  summary: SchemaSummary,
  remote: SchemaContent,
  service: RegistryService,
  options: PlanOptions,
  diagnostics: Diagnostic[],
): Promise<PlanItem | undefined> {
  const { name } = schema;
  const eventType = contract.id;
  const read = readSchema(remote);
  const basis = basisOf(summary, remote);
  const tags = missing(options.tags, summary.tags);
  const same =
    sameContent(value, read, schema.type, remote.type) && schema.description === remote.description;
  if (same) {
    if (Object.keys(tags).length > 0)
      return { action: 'tag', name, eventType, tags, arn: summary.arn, basis };
    const inactive = inactiveDays(summary, options.now);
    if (inactive !== undefined)
      diagnostics.push(finding('registry/inactive', { name, days: inactive }, { span: contract.span }));
    return { action: 'keep', name, eventType, basis };
  }
  const compatibility = compatibilityOf(read.contract, contract);
  if (compatibility?.verdict === 'broken') {
    const params = { eventType, registry: options.registry, where: differenceWords(compatibility.break) };
    const extra = { span: contract.span, witness: compatibility.break.event, identity: eventType };
    diagnostics.push(finding('registry/breaking-update', params, extra));
  }
  const prune = await versionsToPrune(summary, service, options, diagnostics, contract);
  if (!prune) return undefined;
  return {
    action: 'update',
    name,
    eventType,
    schema,
    tags,
    arn: summary.arn,
    basis,
    losses,
    differences:
      read.value === undefined
        ? [{ pointer: '', before: remote.content, after: value }]
        : [
            ...jsonDifferences(read.value, value),
            ...(schema.description === remote.description
              ? []
              : [{ pointer: 'description', before: remote.description, after: schema.description }]),
          ],
    compatibility,
    prune,
  };
}

/** The oldest versions that must go for the new one to have room; undefined if they may not. */
async function versionsToPrune(
  { name, versionCount }: SchemaSummary,
  service: RegistryService,
  { registry, versions, prune }: PlanOptions,
  diagnostics: Diagnostic[],
  { span, id: eventType }: Contract,
): Promise<readonly string[] | undefined> {
  const tooMany = versionCount + 1 - versions;
  if (tooMany <= 0) return [];
  if (!prune) {
    const params = { name, eventType, count: versionCount, limit: versions };
    diagnostics.push(finding('registry/version-budget', params, { span }));
    return undefined;
  }
  const known = await service.versions(registry, name);
  // The newest stays, whatever the budget.
  return [...known]
    .sort((a, b) => Number(a) - Number(b))
    .slice(0, Math.min(known.length - 1, known.length + 1 - versions));
}

function compatibilityOf(before: Contract | undefined, after: Contract) {
  return before && before.id === after.id ? answerFor('backward', before, after) : undefined;
}

function basisOf({ versionCount, lastModified }: SchemaSummary, remote: SchemaContent | undefined): Basis {
  return {
    version: remote?.version,
    hash: remote && contentHash(remote.content),
    versionCount,
    lastModified,
  };
}

/** Of the canonical content: the layout of the text does not count. */
export function contentHash(content: string): string {
  return sha256(canonicalContent(content));
}

function missing(wanted: Tags, there: Tags): Tags {
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => there[key] !== value));
}

/** Days since the last change, if they are many. */
function inactiveDays({ lastModified }: SchemaSummary, now: Date): number | undefined {
  if (lastModified === undefined) return undefined;
  const days = Math.floor((now.getTime() - Date.parse(lastModified)) / 86_400_000);
  return days >= INACTIVE_DAYS ? days : undefined;
}
