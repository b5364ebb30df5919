import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault, RegistryServer } from '../../src/io/registry-server/server.ts';
import type { JsonObject } from '../../src/json/value.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import { applyPlan, movedOn } from '../../src/registry/apply.ts';
import { makePlan, type PlanOptions } from '../../src/registry/make-plan.ts';
import { isEmptyPlan } from '../../src/registry/plan.ts';
import { parsePlanFile, printPlanFile } from '../../src/registry/plan-file.ts';
import { type SchemaType, schemaTypes } from '../../src/registry/service.ts';
import { type WantedSchema, wantedSchemas } from '../../src/registry/wanted.ts';
import { documents, eventSchema } from '../contract/support.ts';
import { type Started, started } from './support.ts';

const LIMIT = 5;

function contractsFor(types: Readonly<Record<string, JsonObject>>) {
  const files = Object.entries(types).map(([name, detail]) => [
    `${name}.json`,
    eventSchema(`shop@${name}`, detail),
  ]);
  return loadContracts(documents(Object.fromEntries(files))).value;
}

const made = new Map<string, readonly WantedSchema[]>();

/** The same schemas over and over: converted once. */
function wantedFor(types: Readonly<Record<string, JsonObject>>, type: SchemaType): readonly WantedSchema[] {
  const key = JSON.stringify([types, type]);
  const known =
    made.get(key) ??
    wantedSchemas(contractsFor(types), { type, allowLossy: false, names: {}, schemas: 1000 }).value;
  made.set(key, known);
  return known;
}

function detail(version: number): JsonObject {
  return { type: 'object', properties: { n: { type: 'integer', minimum: version } }, required: ['n'] };
}

function planOptions(more: Partial<PlanOptions> = {}): PlanOptions {
  return {
    registry: 'shop',
    type: 'JSONSchemaDraft4',
    description: 'a shop',
    tags: { team: 'a' },
    deleteOrphans: false,
    prune: true,
    versions: LIMIT,
    schemas: 100,
    concurrency: 4,
    known: new Set(),
    now: new Date('2026-02-01'),
    ...more,
  };
}

/** How one schema of the registry is before: absent, or so many versions, the newest of which is one of these. */
interface Before {
  readonly versions: number;
  readonly newest: 'wanted' | 'in other words' | 'other' | 'no event';
  readonly tags: Readonly<Record<string, string>>;
}

interface Start {
  readonly registry: boolean;
  readonly type: SchemaType;
  readonly schemas: Readonly<Record<string, Before | undefined>>;
  readonly orphans: number;
  readonly deleteOrphans: boolean;
  /** By the number of the request. */
  readonly faults: readonly (Fault | undefined)[];
  /** From this request on nothing is answered: the command was stopped. */
  readonly stopAt: number;
  readonly fromFile: boolean;
}

const names = ['A', 'B', 'C', 'D'] as const;

const before = fc.record({
  versions: fc.integer({ min: 1, max: LIMIT }),
  newest: fc.constantFrom('wanted', 'in other words', 'other', 'no event'),
  tags: fc.constantFrom({}, { team: 'a' }, { team: 'b', cost: 'x' }),
}) satisfies fc.Arbitrary<Before>;

const start: fc.Arbitrary<Start> = fc.record({
  registry: fc.boolean(),
  type: fc.constantFrom(...schemaTypes),
  schemas: fc.record(Object.fromEntries(names.map((name) => [name, fc.option(before, { nil: undefined })]))),
  orphans: fc.integer({ min: 0, max: 2 }),
  deleteOrphans: fc.boolean(),
  faults: fc.array(
    fc.option(
      fc.record({
        kind: fc.constantFrom('throttled', 'failed', 'cut'),
        when: fc.constantFrom('before', 'after'),
      }) satisfies fc.Arbitrary<Fault>,
      { nil: undefined, freq: 2 },
    ),
    { maxLength: 40 },
  ),
  stopAt: fc.integer({ min: 0, max: 60 }),
  fromFile: fc.boolean(),
});

function prepare(server: RegistryServer, { registry, type, schemas, orphans }: Start): void {
  const { store } = server;
  if (!registry) return;
  store.createRegistry('shop', {});
  const put = (name: string, contents: readonly string[], tags: Readonly<Record<string, string>>) => {
    const [first = '', ...rest] = contents;
    store.createSchema('shop', name, { Content: first, Type: type, Tags: tags });
    for (const Content of rest) store.updateSchema('shop', name, { Content });
  };
  for (const [name, one] of Object.entries(schemas)) {
    if (!one) continue;
    const of = (version: number) => wantedFor({ [name]: detail(version) }, type)[0]!;
    const newest = {
      wanted: () => of(0).schema.content,
      'in other words': () => JSON.stringify(JSON.parse(of(0).schema.content)),
      other: () => of(100).schema.content,
      'no event': () => '{"type":"object"}',
    }[one.newest]();
    const older = Array.from({ length: one.versions - 1 }, (_, i) => of(i + 1).schema.content);
    put(`shop@${name}`, [...older, newest], one.tags);
  }
  for (let i = 0; i < orphans; i++) put(`shop@Orphan${i}`, ['{"type":"object"}', '{"type":"array"}'], {});
}

/** Every text that the registry holds, by schema: to see that nothing is lost. */
function holdings(server: RegistryServer): Map<string, readonly string[]> {
  const { registries } = server.store;
  const schemas = registries.get('shop')?.schemas ?? new Map();
  return new Map(
    [...schemas.values()].map(({ name, versions }) => [
      name,
      versions.map(({ content }: { content: string }) => content),
    ]),
  );
}

async function twoRounds(given: Start, { server, service }: Started): Promise<void> {
  prepare(server, given);
  const held = holdings(server);
  const wanted = wantedFor(Object.fromEntries(names.map((name) => [name, detail(0)])), given.type);
  const options = planOptions({ type: given.type, deleteOrphans: given.deleteOrphans });
  const planned = async () => (await makePlan(wanted, service, options)).value;
  const first = await planned();
  const pruned = new Map(
    first.items.flatMap((item) =>
      item.action === 'update' ? [[item.name, item.prune.length] as const] : [],
    ),
  );
  const { length } = server.requests;
  server.fault = (_operation, request) =>
    request - length >= given.stopAt ? { kind: 'cut', when: 'before' } : given.faults[request - length];
  await applyPlan(first, service, 3);
  server.fault = undefined;
  // Run again after the interruption: the same file, or a new plan.
  let again = first;
  if (given.fromFile) {
    const read = parsePlanFile(printPlanFile(first, '0'));
    if (!('plan' in read)) throw new Error(read.problem);
    again = read.plan;
    expect(await movedOn(again, service, 3)).toEqual([]);
  } else again = await planned();
  const applied = await applyPlan(again, service, 3);
  expect(applied.fates.filter(({ fate }) => fate === 'failed')).toEqual([]);
  const second = await planned();
  expect(second.items.filter(({ action }) => action !== 'keep' && action !== 'orphan')).toEqual([]);
  expect(isEmptyPlan(second)).toBe(true);

  const now = holdings(server);
  for (const { schema, value } of wanted) expect(JSON.parse(now.get(schema.name)!.at(-1)!)).toEqual(value);
  for (const [name, texts] of held) {
    const orphan = name.includes('Orphan');
    if (orphan && given.deleteOrphans) expect(now.has(name)).toBe(false);
    else {
      const gone = texts.filter((text) => !now.get(name)?.includes(text));
      expect(gone).toEqual(texts.slice(0, Math.min(pruned.get(name) ?? 0, gone.length)));
      // No change was made twice.
      expect(now.get(name)!.length - (texts.length - gone.length)).toBeLessThanOrEqual(1);
      expect(now.get(name)!.length).toBeLessThanOrEqual(LIMIT);
    }
  }
  for (const { tags, name } of server.store.registry('shop').schemas.values()) {
    const was = given.schemas[name.slice('shop@'.length)]?.tags;
    if (!name.includes('Orphan')) expect(tags).toEqual({ ...(given.registry ? was : {}), team: 'a' });
  }
}

const quotas = { registries: 10, schemas: 100, versions: LIMIT };

describe('plan; apply; plan', () => {
  it('leaves nothing to do and loses nothing, from any state, with any fault at any call', async () => {
    const all = await started({ quotas });
    await fc.assert(
      fc.asyncProperty(start, async (given) => {
        all.server.fault = undefined;
        all.server.store.registries.delete('shop');
        await twoRounds(given, all);
      }),
      { numRuns: Number(process.env['RANDOM_RUNS'] ?? 50) },
    );
  });
});

describe('a plan', () => {
  it('costs a call for each page and each schema that both have, and keeps within its bound', async () => {
    const { server, service } = await started({
      delay: 1,
      quotas: { registries: 10, schemas: 1000, versions: 100 },
    });
    const types = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`E${i}`, detail(i)]));
    const wanted = wantedFor(types, 'JSONSchemaDraft4');
    const options = planOptions({ schemas: 1000, concurrency: 6 });
    const { value: plan } = await makePlan(wanted, service, options);
    expect(server.requests).toEqual(['ListSchemas']);
    await applyPlan(plan, service, 6);
    server.requests.length = 0;
    server.mostOpen = 0;
    const { value: second } = await makePlan(wanted, service, options);
    expect(isEmptyPlan(second)).toBe(true);
    const count = (operation: string) => server.requests.filter((one) => one === operation).length;
    expect([count('ListSchemas'), count('DescribeSchema'), server.requests.length]).toEqual([3, 250, 253]);
    expect(server.mostOpen).toBe(6);
  });

  it('refuses what the registry would refuse, before any call', () => {
    const long = 'x'.repeat(200);
    const members = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`${long}${i}`, {}]));
    const codes = (types: Readonly<Record<string, JsonObject>>, schemas = 100) =>
      wantedSchemas(contractsFor(types), {
        type: 'OpenApi3',
        allowLossy: false,
        names: {},
        schemas,
      }).diagnostics.map(({ code }) => code);
    expect(codes({ A: { properties: members } })).toEqual(['registry/too-large']);
    expect(codes({ 'Order Created': {}, OrderCreated: {} })).toEqual(['registry/name-clash']);
    expect(codes({ A: {}, B: {} }, 1)).toEqual(['registry/too-many-schemas']);
    expect(codes({ A: { patternProperties: { '^a': {} } } })).toEqual(['registry/lossy']);
    expect(codes({ A: { contains: {}, minContains: 3 } })).toEqual(['registry/wider']);
    expect(codes({ A: { type: 'nothing' } })).toEqual(['registry/not-convertible']);
    const digits = loadContracts(documents({ 'a.json': eventSchema('1shop@A', {}) })).value;
    const options = { type: 'OpenApi3', allowLossy: false, schemas: 100 } as const;
    expect(wantedSchemas(digits, { ...options, names: {} }).diagnostics.map(({ code }) => code)).toEqual([
      'registry/name',
    ]);
    const named = wantedSchemas(digits, { ...options, names: { '1shop@A': 'shop1@A' } });
    expect(named.value.map(({ schema }) => schema.name)).toEqual(['shop1@A']);
  });

  it('keeps old versions unless told, and says so before any change', async () => {
    const { server, service } = await started({ quotas });
    prepare(server, {
      registry: true,
      type: 'JSONSchemaDraft4',
      schemas: { A: { versions: LIMIT, newest: 'other', tags: {} } },
      orphans: 0,
      deleteOrphans: false,
      faults: [],
      stopAt: 0,
      fromFile: false,
    });
    const wanted = wantedFor({ A: detail(0) }, 'JSONSchemaDraft4');
    const kept = await makePlan(wanted, service, planOptions({ prune: false }));
    expect(kept.diagnostics.map(({ code }) => code)).toContain('registry/version-budget');
    expect(kept.value.items).toEqual([]);
    const { value } = await makePlan(wanted, service, planOptions());
    expect(value.items[0]).toMatchObject({ action: 'update', prune: ['1'] });
  });

  it('tells what an update does to consumers', async () => {
    const { service } = await started({ quotas });
    const upTo = (maximum: number) =>
      wantedFor(
        { A: { type: 'object', properties: { n: { type: 'integer', maximum } }, required: ['n'] } },
        'OpenApi3',
      );
    const options = planOptions({ type: 'OpenApi3' });
    await applyPlan((await makePlan(upTo(5), service, options)).value, service, 2);
    const wider = await makePlan(upTo(9), service, options);
    expect(wider.diagnostics.map(({ code }) => code)).toEqual(['registry/breaking-update']);
    expect(wider.value.items[0]).toMatchObject({
      action: 'update',
      differences: [{ pointer: '/components/schemas/A/properties/n/maximum', before: 5, after: 9 }],
      compatibility: { verdict: 'broken' },
    });
    const narrower = await makePlan(upTo(3), service, options);
    expect(narrower.value.items[0]).toMatchObject({ compatibility: { verdict: 'compatible' } });
  });

  it('stops if the registry has moved on', async () => {
    const { server, service } = await started({ quotas });
    server.store.createRegistry('shop', {});
    for (const name of ['shop@A', 'shop@B', 'shop@Gone'])
      server.store.createSchema('shop', name, { Content: '{"type":"object"}', Type: 'JSONSchemaDraft4' });
    const wanted = wantedFor({ A: detail(0), B: detail(0), C: detail(0) }, 'JSONSchemaDraft4');
    const { value: plan } = await makePlan(wanted, service, planOptions({ deleteOrphans: true }));
    expect(await movedOn(plan, service, 2)).toEqual([]);
    const { store } = server;
    store.updateSchema('shop', 'shop@A', { Content: '{"type":"array"}' });
    store.deleteSchema('shop', 'shop@B');
    store.createSchema('shop', 'shop@C', { Content: '{"type":"array"}', Type: 'JSONSchemaDraft4' });
    store.updateSchema('shop', 'shop@Gone', { Content: '{"type":"array"}' });
    expect((await movedOn(plan, service, 2)).map(({ name }) => name)).toEqual([
      'shop@A',
      'shop@B',
      'shop@C',
      'shop@Gone',
    ]);
  });

  it('is refused if somebody edited it', () => {
    const plan = { registry: 'shop', type: 'OpenApi3', create: undefined, items: [] } as const;
    const text = printPlanFile(plan, '0');
    expect(parsePlanFile(text)).toEqual({ plan: { registry: 'shop', type: 'OpenApi3', items: [] } });
    for (const wrong of [text.replace('"shop"', '"other"'), '{}', 'x', '[]'])
      expect(parsePlanFile(wrong)).toHaveProperty('problem');
  });
});
