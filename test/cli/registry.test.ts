import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runServe } from '../../src/cli/registry/serve.ts';
import { RegistryServer } from '../../src/io/registry-server/server.ts';
import { eventSchema } from '../contract/support.ts';
import { cli, folderWith } from '../support/cli.ts';

const order = (maximum: number) =>
  JSON.stringify(
    eventSchema('shop@Order Created', {
      type: 'object',
      properties: { items: { type: 'integer', maximum } },
      required: ['items'],
    }),
  );

async function shop(files: Readonly<Record<string, string>> = { 'schemas/order.json': order(5) }) {
  const server = new RegistryServer();
  const endpoint = await server.start();
  onTestFinished(() => server.stop());
  const folder = folderWith(files);
  const registry = (...line: string[]) =>
    cli(
      [
        'registry',
        ...line,
        ...(line[0] === 'pull' || line.includes('--registry') ? [] : ['--registry', 'shop']),
        '--endpoint',
        endpoint,
      ],
      folder,
    );
  return { server, folder, registry };
}

describe('busproof registry', () => {
  it('plans, applies and has nothing left to do', async () => {
    const { registry, folder, server } = await shop();
    const plan = await registry('plan', '--out', 'plan.json');
    expect(plan.code).toBe(0);
    expect(plan.out).toContain(
      '+ create  the registry shop\n  + create  shop@OrderCreated\n\nPlan: 1 to create',
    );
    expect(server.store.registries.has('shop')).toBe(false);
    expect(await registry('apply', 'plan.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Applied: 1 created.'),
    });
    expect(await registry('plan', '--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing to do: 1 in step.'),
    });
    // The same plan once more: it was done already.
    expect(await registry('apply', 'plan.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 was so already'),
    });

    writeFileSync(join(folder, 'schemas/order.json'), order(9));
    const update = await registry('plan', '--check');
    expect(update.code).toBe(1);
    expect(update.out).toContain('breaks its consumers: detail.items fails "maximum": 5');
    expect(update.out).toContain('~ /definitions/OrderCreated/properties/items/maximum: 5 → 9');
    expect(await registry('apply')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Applied: 1 updated.'),
    });
    const { versions } = server.store.schema('shop', 'shop@OrderCreated');
    expect(versions.map(({ version }) => version)).toEqual(['1', '2']);
    expect(JSON.parse(versions.at(-1)!.content)).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      'x-amazon-events-source': 'shop',
      'x-amazon-events-detail-type': 'Order Created',
      properties: { detail: { $ref: '#/definitions/OrderCreated' }, account: { type: 'string' } },
    });
  });

  it('stops if the registry has moved on since the plan', async () => {
    const { registry, server } = await shop();
    await registry('plan', '--out', 'plan.json');
    server.store.createRegistry('shop', {});
    server.store.createSchema('shop', 'shop@OrderCreated', { Content: '{}', Type: 'OpenApi3' });
    const applied = await registry('apply', 'plan.json');
    expect(applied.code).toBe(1);
    expect(applied.out).toContain('registry/moved-on  shop@OrderCreated');
    expect(server.store.schema('shop', 'shop@OrderCreated').versions.length).toBe(1);
  });

  it('deletes orphans only when asked and confirmed', async () => {
    const { registry, server } = await shop();
    server.store.createRegistry('shop', {});
    server.store.createSchema('shop', 'shop@Old', { Content: '{}', Type: 'OpenApi3' });
    expect((await registry('apply')).out).toContain('shop@Old: not in the repository; left');
    const asked = await registry('apply', '--delete-orphans');
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('confirm with --yes') });
    expect(server.store.registry('shop').schemas.has('shop@Old')).toBe(true);
    expect(await registry('apply', '--delete-orphans', '--yes')).toMatchObject({ code: 0 });
    expect(server.store.registry('shop').schemas.has('shop@Old')).toBe(false);
  });

  it('pulls what was discovered, without writing over anything, and puts up the same', async () => {
    const { registry, folder, server } = await shop({});
    const event = {
      type: 'object',
      required: ['detail', 'source'],
      'x-amazon-events-source': 'shop',
      'x-amazon-events-detail-type': 'Order Created',
      properties: {
        detail: { $ref: '#/components/schemas/OrderCreated' },
        resources: { type: 'array', items: { type: 'object' } },
        source: { type: 'string' },
      },
    };
    const OrderCreated = {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string', nullable: true },
        next: { $ref: '#/components/schemas/OrderCreated' },
      },
    };
    const document = { openapi: '3.0.0', info: { version: '1.0.0', title: 'OrderCreated' }, paths: {} };
    const Content = JSON.stringify({
      ...document,
      components: { schemas: { AWSEvent: event, OrderCreated } },
    });
    server.store.createSchema('discovered-schemas', 'shop@OrderCreated', { Content, Type: 'OpenApi3' });
    const pulled = await registry('pull', '--registry', 'discovered-schemas');
    expect(pulled).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 new, 0 replaced, 0 in step, 0 left'),
    });
    const path = join(folder, 'schemas/shop/OrderCreated.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      'x-amazon-events-source': 'shop',
      'x-amazon-events-detail-type': 'Order Created',
      type: 'object',
      required: ['id'],
      properties: { id: { type: ['string', 'null'] }, next: { $ref: '#' } },
    });
    expect((await registry('pull', '--registry', 'discovered-schemas')).out).toContain('1 in step');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"id"\n', '"id", "next"\n'));
    const changed = await registry('pull', '--registry', 'discovered-schemas');
    expect(changed).toMatchObject({ code: 1, out: expect.stringContaining('registry/local-changes') });
    expect(readFileSync(path, 'utf8')).toContain('"id", "next"');
    expect(await registry('pull', '--registry', 'discovered-schemas', '--overwrite')).toMatchObject({
      code: 0,
    });
    expect(readFileSync(path, 'utf8')).not.toContain('"id", "next"');
    expect(readdirSync(join(folder, 'schemas/shop'))).toEqual(['OrderCreated.json']);

    // A registry of one's own that somebody filled by hand: what is pulled from it does not go up again.
    server.store.createRegistry('shop', {});
    server.store.createSchema('shop', 'shop@OrderCreated', { Content, Type: 'OpenApi3' });
    const plan = await registry('plan', '--type', 'OpenApi3');
    expect(plan.out).toContain('Nothing to do: 1 in step.');
  });

  it('tells what traffic has that the contract lacks', async () => {
    const { registry, server } = await shop();
    await registry('apply');
    expect(await registry('drift')).toMatchObject({
      code: 0,
      out: 'shop: 1 in step, 0 not. discovered-schemas: 0 event types seen, 0 differences.\n',
    });
    server.store.registries.delete('discovered-schemas');
    expect(await registry('drift')).toMatchObject({
      code: 0,
      out: expect.stringContaining('discovered-schemas: not there'),
    });
    expect(await registry('drift', '--discovered', 'discovered-schemas')).toMatchObject({ code: 2 });
    server.store.createRegistry('discovered-schemas', {});
    const seen = (source: string, detail: object) =>
      server.store.createSchema('discovered-schemas', `${source}@OrderCreated`, {
        Type: 'JSONSchemaDraft4',
        Content: JSON.stringify({
          $schema: 'http://json-schema.org/draft-04/schema#',
          'x-amazon-events-source': source,
          'x-amazon-events-detail-type': 'Order Created',
          type: 'object',
          properties: { source: { type: 'string' }, detail },
        }),
      });
    seen('other', { type: 'object' });
    seen('shop', { type: 'object', properties: { items: { type: 'string' }, coupon: { type: 'string' } } });
    const drift = await registry('drift');
    expect(drift.code).toBe(1);
    expect(drift.out).toContain('registry/undescribed  other@Order Created');
    expect(drift.out).toContain(
      'registry/undeclared-member  shop@Order Created was seen with detail.coupon (string)',
    );
    expect(drift.out).toContain('detail.items: the values that were seen (string) cannot be valid');
    const json = JSON.parse((await registry('drift', '--format', 'json')).out) as {
      findings: { code: string }[];
    };
    expect(json.findings.map(({ code }) => code).sort()).toEqual([
      'registry/traffic-differs',
      'registry/undeclared-member',
      'registry/undescribed',
    ]);
  });

  it('reports every fate, and a registry that refuses or is not there', async () => {
    const { registry, folder } = await shop();
    // AWS's own registry: nobody else may write to it.
    const applied = await registry('apply', '--registry', 'aws.events', '--format', 'json');
    expect(applied.code).toBe(1);
    expect(JSON.parse(applied.out)).toMatchObject({
      registry: { name: 'aws.events', fate: 'there' },
      schemas: [
        { name: 'shop@OrderCreated', fate: 'failed', reason: expect.stringContaining('ForbiddenException') },
      ],
    });
    const nowhere = ['registry', 'plan', '--registry', 'shop', '--endpoint', 'http://127.0.0.1:1'];
    expect(await cli(nowhere, folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining('ListSchemas: ECONNREFUSED'),
    });
  });

  it.each([
    [['plan'], 'say which registry'],
    [['plan', '--registry', 'my shop'], 'is no name of a registry'],
    [['plan', '--registry', 'shop', '--endpoint', 'here'], '--endpoint is a URL'],
    [['plam'], 'did you mean "plan"?'],
    [[], 'say plan, apply, pull, drift or serve'],
    [['apply', 'nowhere.json'], 'there is no file or folder'],
    [['apply', 'busproof.config.json'], 'it is no plan'],
    [['serve', '--port', 'x'], '--port is a number'],
  ])('%j is refused in a sentence', async (line, sentence) => {
    const folder = folderWith({ 'schemas/order.json': order(5), 'busproof.config.json': '{}' });
    const { code, err } = await cli(['registry', ...line], folder);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it('refuses settings that the registry would refuse, with their place', async () => {
    const registry = {
      name: 'a b',
      description: 'x'.repeat(257),
      type: 'Avro',
      tags: { a: 'x'.repeat(257), b: {} },
      nothing: 1,
    };
    const { registry: run } = await shop({
      'schemas/order.json': order(5),
      'busproof.config.json': JSON.stringify({ registry }),
    });
    const { code, out } = await run('plan');
    expect(code).toBe(1);
    expect(out.match(/config\/(?:invalid|unknown-key) {2}.*/g)).toHaveLength(6);
  });

  it('serves a registry that begins with files', async () => {
    const folder = folderWith({
      'seed/discovered-schemas/shop@A.json': '{"openapi":"3.0.0"}',
      'seed/shop/shop@B.json': '{}',
    });
    const stop = new AbortController();
    let out = '';
    const world = {
      cwd: folder,
      env: {},
      stdin: (async function* () {})(),
      out: async (text: string) => {
        out += text;
        const endpoint = /http:\S+/.exec(text)![0];
        const answer = await fetch(`${endpoint}/v1/registries/name/discovered-schemas/schemas`);
        expect(await answer.json()).toMatchObject({ Schemas: [{ SchemaName: 'shop@A', VersionCount: 1 }] });
        stop.abort();
      },
      err: async () => {},
      color: false,
      columns: 100,
    };
    expect(await runServe(world, { port: '0', seed: 'seed' }, stop.signal)).toBe(0);
    expect(out).toContain('with 2 schemas');
    expect(existsSync(folder)).toBe(true);
  });
});
