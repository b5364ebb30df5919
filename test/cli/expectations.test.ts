import { describe, expect, it, onTestFinished } from 'vitest';
import { RegistryServer } from '../../src/io/registry-server/server.ts';
import type { JsonObject } from '../../src/json/value.ts';
import { eventSchema } from '../contract/support.ts';
import { cli, folderWith } from '../support/cli.ts';

const order = (properties: JsonObject, required: readonly string[] = []) =>
  JSON.stringify(eventSchema('shop@OrderCreated', { type: 'object', properties, required }));
const id = { type: 'string' };
const before = order({ id, total: { type: 'integer', maximum: 5 } }, ['id', 'total']);
const wider = order({ id, total: { type: 'integer', maximum: 9 } }, ['id', 'total']);

const template = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Resources:
  Ledger:
    Type: AWS::Serverless::Function
    Metadata: { Busproof: { publishes: [], expects: [{ event: shop@OrderCreated, schema: ledger.json }] } }
    Properties:
      Events: { Any: { Type: EventBridgeRule, Properties: { Pattern: { source: [shop], detail: { total: [{ numeric: ['<', 6] }] } } } } }
  Mailer:
    Type: AWS::Serverless::Function
    Metadata: { Busproof: { publishes: [] } }
    Properties:
      Events: { Any: { Type: EventBridgeRule, Properties: { Pattern: { source: [shop] } } } }
`;

interface Report {
  readonly findings: readonly { code: string; message: string; severity: string }[];
  readonly comparisons: readonly {
    against: string;
    changes: readonly { fate: string; readers?: readonly object[] }[];
  }[];
}

async function compare(now: Readonly<Record<string, string>>, old = before, ...line: string[]) {
  const folder = folderWith({ ...now, 'old/schemas/order.json': old });
  const { code, out, err } = await cli(['breaking', '--against', 'old', '--format', 'json', ...line], folder);
  const report = (out === '' ? { findings: [], comparisons: [] } : JSON.parse(out)) as Report;
  return {
    code,
    err,
    report,
    codes: report.findings.map((each) => each.code),
    change: report.comparisons[0]?.changes[0],
  };
}

const expects = (schema: object | string, more: object = {}) =>
  JSON.stringify({ expectations: [{ consumer: 'Ledger', event: 'shop@OrderCreated', schema }], ...more });

describe('what consumers say they read', () => {
  it('is all that can break', async () => {
    const reads = { properties: { id }, required: ['id'] };
    const unread = await compare({ 'schemas/order.json': wider, 'busproof.config.json': expects(reads) });
    expect(unread).toMatchObject({
      code: 0,
      codes: [],
      change: {
        fate: 'compatible',
        readers: [{ consumer: 'Ledger', readBefore: 'yes', verdict: 'compatible' }],
      },
    });
    const without = await compare({ 'schemas/order.json': wider });
    expect(without).toMatchObject({ code: 1, codes: ['contract/broken'] });
    const gone = order({ total: { type: 'integer', maximum: 5 } }, ['total']);
    const read = await compare({ 'schemas/order.json': gone, 'busproof.config.json': expects(reads) });
    expect(read).toMatchObject({
      code: 1,
      codes: ['contract/expectation-broken'],
      change: { fate: 'broken' },
    });
    expect(read.report.findings[0]!.message).toBe(
      'shop@OrderCreated: Ledger cannot read a new event: detail lacks "id", which is required',
    );
  });

  it('does not break by what was never promised', async () => {
    const more = await compare({
      'schemas/order.json': wider,
      'busproof.config.json': expects({ required: ['coupon'] }),
    });
    expect(more).toMatchObject({ code: 0, codes: ['contract/expectation-unmet'] });
  });

  it('may be a file that refers to the schemas, and may be accepted', async () => {
    const files = {
      'schemas/order.json': wider,
      'schemas/common.json': '{"$defs":{"Small":{"type":"integer","maximum":5}}}',
      'reads/ledger.json': '{"properties":{"total":{"$ref":"../schemas/common.json#/$defs/Small"}}}',
    };
    const broken = await compare({ ...files, 'busproof.config.json': expects('reads/ledger.json') });
    expect(broken).toMatchObject({ code: 1, codes: ['contract/expectation-broken'] });
    const accepted = { breaking: [{ event: 'shop@OrderCreated', reason: 'they know' }] };
    expect(
      await compare({ ...files, 'busproof.config.json': expects('reads/ledger.json', accepted) }),
    ).toMatchObject({ code: 0, codes: [] });
  });

  it('may be a Pact file', async () => {
    const pact = (total: number) =>
      JSON.stringify({
        consumer: { name: 'Ledger' },
        messages: [
          {
            contents: { source: 'shop', 'detail-type': 'OrderCreated', detail: { total } },
            matchingRules: { body: { '$.detail.total': { matchers: [{ match: 'integer' }] } } },
          },
        ],
      });
    const config = JSON.stringify({ expectations: [{ pact: 'pacts/ledger.json' }] });
    const files = {
      'schemas/order.json': wider,
      'pacts/ledger.json': pact(3),
      'busproof.config.json': config,
    };
    expect(await compare(files)).toMatchObject({ code: 0, codes: [] });
    const text = order({ id, total: { type: 'string' } }, ['id', 'total']);
    expect(await compare({ ...files, 'schemas/order.json': text })).toMatchObject({
      code: 1,
      codes: ['contract/expectation-broken'],
    });
  });

  it('stands with the consumer in the template; its rule keeps from it what it does not take', async () => {
    const files = { 'template.yaml': template, 'ledger.json': '{"properties":{"total":{"maximum":5}}}' };
    const unread = await compare({ ...files, 'schemas/order.json': wider });
    // Ledger never gets a total over 5. Mailer gets it, and does not say what it reads.
    expect(unread).toMatchObject({ code: 0, codes: ['contract/expectation-unstated'] });
    expect(unread.report.findings[0]!.message).toContain('Mailer is given it, too');
    const other = { ...files, 'template.yaml': template.replace("'<', 6", "'<', 8") };
    expect(await compare({ ...other, 'schemas/order.json': wider })).toMatchObject({
      code: 1,
      codes: ['contract/expectation-broken'],
    });
  });

  it('is told of what is gone', async () => {
    const files = {
      'schemas/other.json': JSON.stringify(eventSchema('shop@Other', { required: ['x'] })),
      'busproof.config.json': expects({}),
    };
    const { report } = await compare(files);
    expect(report.findings).toMatchObject([{ code: 'contract/removed', notes: ['Ledger reads it'] }]);
  });

  it.each([
    [expects('nowhere.json'), 'contract/expectation-invalid'],
    [JSON.stringify({ expectations: [{ consumer: 'Ledger' }] }), 'config/invalid'],
    [JSON.stringify({ expectations: [{ pact: 'nowhere.json' }] }), 'contract/expectation-invalid'],
  ])('is refused with its place: %s', async (config, wanted) => {
    const { code, codes } = await compare({ 'schemas/order.json': before, 'busproof.config.json': config });
    expect([code, codes]).toEqual([1, [wanted]]);
  });
});

describe('breaking --against registry:NAME', () => {
  it('compares with what the registry has, and with its versions', async () => {
    const server = new RegistryServer();
    const endpoint = await server.start();
    onTestFinished(() => server.stop());
    const folder = folderWith({ 'schemas/order.json': before });
    const run = async (maximum: string, ...line: string[]) => {
      const files = folderWith({
        'schemas/order.json': before.replace('"maximum":5', `"maximum":${maximum}`),
      });
      const against = [
        'breaking',
        '--against',
        'registry:shop',
        '--endpoint',
        endpoint,
        '--format',
        'json',
        ...line,
      ];
      const { code, out, err } = await cli(against, files);
      return {
        code,
        err,
        report: out === '' ? undefined : (JSON.parse(out) as Report),
      };
    };
    expect(await run('5')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no registry "shop"'),
    });
    await cli(['registry', 'apply', '--registry', 'shop', '--endpoint', endpoint], folder);
    expect(await run('5')).toMatchObject({ code: 0, report: { findings: [] } });
    expect(await run('4')).toMatchObject({
      code: 0,
      report: { comparisons: [{ changes: [{ fate: 'compatible' }] }] },
    });
    const broken = await run('6');
    expect(broken).toMatchObject({ code: 1, report: { findings: [{ code: 'contract/broken' }] } });
    expect(broken.report!.findings[0]!.message).toContain(
      'consumers of registry:shop: detail.total fails "maximum": 5',
    );

    // The newest version admits up to 9, the one before up to 5.
    const next = folderWith({ 'schemas/order.json': wider });
    await cli(['registry', 'apply', '--registry', 'shop', '--endpoint', endpoint], next);
    expect(await run('7')).toMatchObject({ code: 0 });
    const back = await run('7', '--transitive', '5');
    expect(back.code).toBe(1);
    expect(back.report!.comparisons.map(({ against }) => against)).toEqual([
      'registry:shop',
      'registry:shop, 1 back',
    ]);
  });
});
