import {
  CreateRegistryCommand,
  CreateSchemaCommand,
  DeleteRegistryCommand,
  DeleteSchemaCommand,
  DeleteSchemaVersionCommand,
  DescribeRegistryCommand,
  DescribeSchemaCommand,
  ListRegistriesCommand,
  ListSchemasCommand,
  ListTagsForResourceCommand,
  paginateListSchemas,
  SearchSchemasCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSchemaCommand,
} from '@aws-sdk/client-schemas';
import { describe, expect, it } from 'vitest';
import { started } from './support.ts';

const names = { RegistryName: 'shop', SchemaName: 'shop@A' };
const schema = { ...names, Type: 'JSONSchemaDraft4', Content: '{"type":"object"}' } as const;

async function withRegistry() {
  const all = await started({ quotas: { registries: 10, schemas: 3, versions: 3 } });
  await all.client.send(new CreateRegistryCommand({ RegistryName: 'shop', Tags: { team: 'a' } }));
  return all;
}

describe('the registry for tests, asked by the SDK', () => {
  it('keeps registries', async () => {
    const { client } = await withRegistry();
    const { Registries } = await client.send(new ListRegistriesCommand({ Scope: 'LOCAL' }));
    expect(Registries?.map(({ RegistryName }) => RegistryName)).toEqual(['discovered-schemas', 'shop']);
    expect(await client.send(new DescribeRegistryCommand({ RegistryName: 'shop' }))).toMatchObject({
      RegistryName: 'shop',
      Tags: { team: 'a' },
    });
    await expect(client.send(new CreateRegistryCommand({ RegistryName: 'shop' }))).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    await client.send(new DeleteRegistryCommand({ RegistryName: 'shop' }));
    await expect(client.send(new ListSchemasCommand({ RegistryName: 'shop' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('gives versions, and 304 for the same content, which the SDK throws', async () => {
    const { client } = await withRegistry();
    const made = await client.send(new CreateSchemaCommand({ ...schema, Tags: { a: '1' } }));
    expect(made).toMatchObject({ SchemaVersion: '1', Tags: { a: '1' } });
    expect(made.LastModified).toBeInstanceOf(Date);
    await expect(client.send(new UpdateSchemaCommand(schema))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    const changed = { ...schema, Content: '{"type":"array"}' };
    expect(await client.send(new UpdateSchemaCommand(changed))).toMatchObject({ SchemaVersion: '2' });
    expect(await client.send(new DescribeSchemaCommand(names))).toMatchObject({ Content: changed.Content });
    expect(await client.send(new DescribeSchemaCommand({ ...names, SchemaVersion: '1' }))).toMatchObject({
      Content: schema.Content,
    });
  });

  it('does not give a version number twice, and keeps the last version', async () => {
    const { client } = await withRegistry();
    await client.send(new CreateSchemaCommand(schema));
    await client.send(new UpdateSchemaCommand({ ...schema, Content: '{"a":1}' }));
    await client.send(new UpdateSchemaCommand({ ...schema, Content: '{"a":2}' }));
    const third = { ...schema, Content: '{"a":3}' };
    await expect(client.send(new UpdateSchemaCommand(third))).rejects.toMatchObject({
      name: 'ForbiddenException',
    });
    await client.send(new DeleteSchemaVersionCommand({ ...names, SchemaVersion: '1' }));
    expect(await client.send(new UpdateSchemaCommand(third))).toMatchObject({ SchemaVersion: '4' });
    await client.send(new DeleteSchemaCommand(names));
    await expect(client.send(new DescribeSchemaCommand(names))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it.each([
    ['a name with a blank', { ...schema, SchemaName: 'a b' }, 'BadRequestException'],
    ['another language', { ...schema, Type: 'Avro' as never }, 'BadRequestException'],
    ['no JSON', { ...schema, Content: '{' }, 'BadRequestException'],
    ['too long', { ...schema, Content: JSON.stringify({ a: 'x'.repeat(100_000) }) }, 'BadRequestException'],
    ['a long description', { ...schema, Description: 'x'.repeat(257) }, 'BadRequestException'],
    ['no such registry', { ...schema, RegistryName: 'other' }, 'NotFoundException'],
    ["AWS's own", { ...schema, RegistryName: 'aws.events' }, 'ForbiddenException'],
  ])('refuses %s', async (_what, input, name) => {
    const { client, server } = await withRegistry();
    await expect(client.send(new CreateSchemaCommand(input))).rejects.toMatchObject({ name });
    expect(server.store.registry('shop').schemas.size).toBe(0);
  });

  it('gives lists in pages, each schema once', async () => {
    const { client, server } = await started({ quotas: { registries: 10, schemas: 300, versions: 3 } });
    server.store.createRegistry('shop', {});
    for (let i = 0; i < 250; i++) server.store.createSchema('shop', `shop@E${i}`, schema);
    const found: string[] = [];
    for await (const page of paginateListSchemas({ client, pageSize: 100 }, { RegistryName: 'shop' }))
      found.push(...(page.Schemas ?? []).map(({ SchemaName }) => SchemaName!));
    expect(new Set(found).size).toBe(250);
    expect(found.length).toBe(250);
    expect(server.requests.length).toBe(3);
  });

  it('tags', async () => {
    const { client } = await withRegistry();
    const { SchemaArn: ResourceArn } = await client.send(
      new CreateSchemaCommand({ ...schema, Tags: { a: '1' } }),
    );
    await client.send(new TagResourceCommand({ ResourceArn, Tags: { b: '2' } }));
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
    expect((await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ b: '2' });
  });

  it('says so where it does not answer', async () => {
    const { client } = await withRegistry();
    const search = new SearchSchemasCommand({ RegistryName: 'shop', Keywords: 'a' });
    await expect(client.send(search)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('does the work or not, whatever it says', async () => {
    const { client, server } = await withRegistry();
    for (const kind of ['throttled', 'failed', 'cut'] as const) {
      for (const when of ['before', 'after'] as const) {
        server.fault = () => ({ kind, when });
        await expect(client.send(new CreateSchemaCommand(schema))).rejects.toThrow();
        server.fault = undefined;
        expect(server.store.registry('shop').schemas.size).toBe(when === 'after' ? 1 : 0);
        if (when === 'after') server.store.deleteSchema('shop', 'shop@A');
      }
    }
  });
});
