import * as sdk from '@aws-sdk/client-schemas';
import { afterAll, describe, expect, it } from 'vitest';
import { schemasService } from '../../src/io/schemas-service.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import { applyPlan } from '../../src/registry/apply.ts';
import { makePlan, type PlanOptions } from '../../src/registry/make-plan.ts';
import { isEmptyPlan } from '../../src/registry/plan.ts';
import { schemaTypes } from '../../src/registry/service.ts';
import { wantedSchemas } from '../../src/registry/wanted.ts';
import { documents, eventSchema } from '../contract/support.ts';

/**
 * Against a real account: off unless BUSPROOF_REAL_REGISTRY is set. Credentials and Region are found as the SDK finds
 * them. Creates a registry of its own and deletes it.
 */
const on = Boolean(process.env['BUSPROOF_REAL_REGISTRY']);

describe.skipIf(!on)('the registry of a real account', { timeout: 300_000 }, () => {
  const registry = `busproof-test-${Date.now().toString(36)}`;
  const client = new sdk.SchemasClient({ maxAttempts: 1 });
  const service = schemasService(sdk, client);

  afterAll(async () => {
    for (const { name } of (await service.list(registry)) ?? []) await service.delete(registry, name);
    await client.send(new sdk.DeleteRegistryCommand({ RegistryName: registry }));
    client.destroy();
  });

  it.each(schemaTypes)('takes %s, says 304 for the same, and keeps what it was given', async (type) => {
    const options: PlanOptions = {
      registry,
      type,
      description: 'a test of busproof',
      tags: { 'busproof-test': 'yes' },
      deleteOrphans: true,
      prune: true,
      versions: 100,
      schemas: 100,
      concurrency: 2,
      known: new Set(),
      now: new Date(),
    };
    const plan = async (maximum: number) => {
      const schema = eventSchema(`busproof.test@${type}`, {
        properties: { n: { type: 'integer', maximum } },
      });
      const contracts = loadContracts(documents({ 'a.json': schema })).value;
      const { value } = wantedSchemas(contracts, { type, allowLossy: false, names: {}, schemas: 100 });
      return (await makePlan(value, service, options)).value;
    };
    for (const maximum of [1, 2]) {
      const { fates } = await applyPlan(await plan(maximum), service, 2);
      expect(fates.filter(({ fate }) => fate === 'failed')).toEqual([]);
      expect(isEmptyPlan(await plan(maximum))).toBe(true);
    }
    const name = `busproof.test@${type}`;
    const there = await service.describe(registry, name);
    expect(
      await service.update(registry, {
        name,
        type,
        content: there!.content,
        description: there!.description,
      }),
    ).toBe('unchanged');
    expect(await service.versions(registry, name)).toEqual(['2', '1']);
  });
});
