import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTopology } from '../../src/io/load-topology.ts';
import { cli, folderWith } from '../support/cli.ts';

/** A handler that publishes what its own rule takes. */
const handler = `
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
const client = new EventBridgeClient({});
export async function handler() {
  const entry = { Source: 'shop', DetailType: 'Made', Detail: '{}', EventBusName: process.env.BUS };
  await client.send(new PutEventsCommand({ Entries: [entry] }));
}
`;

/** Folders of the whole file. */
const folders = {
  all: [] as string[],
  make(): string {
    const folder = mkdtempSync(join(tmpdir(), 'busproof-assembly-'));
    folders.all.push(folder);
    return folder;
  },
};
afterAll(() => {
  for (const folder of folders.all) rmSync(folder, { recursive: true, force: true });
});

/** A bus in one stack; in another a function, and in a stack nested in that the rule that triggers it. */
class Shop extends Stage {
  constructor(scope: Construct, id: string, region: string) {
    super(scope, id, { env: { account: '444455556666', region } });
    const bus = new EventBus(new Stack(this, 'Buses'), 'Bus');
    const service = new Stack(this, 'Service');
    const code = folders.make();
    writeFileSync(join(code, 'index.mjs'), handler);
    const fn = new Lambda(service, 'Make', {
      code: Code.fromAsset(code),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_22_X,
      environment: { BUS: bus.eventBusName },
    });
    bus.grantPutEventsTo(fn);
    const eventPattern = { source: ['shop'] };
    new Rule(new NestedStack(service, 'Rules'), 'Rule', {
      eventBus: bus,
      eventPattern,
      targets: [new LambdaFunction(fn)],
    });
    // The same path within its own stack, so the same logical id: of another construct.
    new Rule(service, 'Rule', { eventBus: bus, eventPattern: { source: ['nobody'] } }).addTarget(
      new LambdaFunction(fn),
    );
  }
}

interface Report {
  readonly findings: readonly {
    readonly code: string;
    readonly message: string;
    readonly related: readonly { readonly message: string; readonly file: string }[];
  }[];
  readonly loops: readonly { readonly verdict: string }[];
  readonly summary: { readonly templates: number; readonly rules: number };
}

async function check(folder: string, path: string): Promise<Report> {
  const { out } = await cli(['check', path, '--format', 'json', '--verbose'], folder);
  return JSON.parse(out) as Report;
}

describe('a cloud assembly', () => {
  let folder: string;
  let assembly: string;
  beforeAll(() => {
    folder = folders.make();
    assembly = join(folder, 'cdk.out');
    const app = new App({ outdir: assembly, analyticsReporting: false });
    new Shop(app, 'Beta', 'eu-west-1');
    new Shop(app, 'Prod', 'us-east-1');
    app.synth();
  });

  it('is one system: stages, nested stacks, exports, and code in assets', async () => {
    const { loops, findings, summary } = await check(folder, 'cdk.out');
    // Two stages that have nothing to do with each other.
    expect(loops.map(({ verdict }) => verdict)).toEqual(['endless', 'endless']);
    expect(summary.rules).toBe(4);
    expect(findings.map(({ code }) => code)).not.toContain('template/nested-not-loaded');
    const endless = findings.filter(({ code }) => code === 'loop/endless');
    const made = endless.flatMap(({ related }) => related.map(({ message }) => message));
    expect(made).toEqual(
      expect.arrayContaining(['makes Beta/Service/Rules/Rule', 'makes Prod/Service/Rules/Rule']),
    );
    expect(made).not.toContain('makes Beta/Service/Rule');
    const places = endless.flatMap(({ related }) =>
      related.filter(({ message }) => message.endsWith('/Rules/Rule')).map(({ file }) => file),
    );
    for (const file of places) expect(file).toMatch(/test\/load\/cloud-assembly\.test\.ts$/);
  });

  it('tells the account and Region that its stacks go to', async () => {
    const { buses, routes } = await loadTopology(assembly);
    const texts = JSON.stringify([buses, routes.map(({ from }) => from)], (key, value) =>
      key === 'span' ? undefined : value,
    );
    expect(texts).toContain('eu-west-1');
    expect(texts).toContain('us-east-1');
    expect(texts).toContain('444455556666');
    expect(texts).not.toContain('111122223333');
  });

  it('leaves out what lies there and is no part of it', async () => {
    const before = await check(folder, 'cdk.out');
    const stage = join(assembly, 'assembly-Beta');
    const old = join(assembly, 'assembly-Gone');
    mkdirSync(old);
    const gone = { Resources: { Old: { Type: 'AWS::Events::EventBus', Properties: { Name: 'old' } } } };
    writeFileSync(join(stage, 'Gone.template.json'), JSON.stringify(gone));
    writeFileSync(join(assembly, 'Gone.template.json'), JSON.stringify(gone));
    writeFileSync(join(old, 'Gone.template.json'), JSON.stringify(gone));
    writeFileSync(join(old, 'cdk.out'), '{"version":"55.0.0"}');
    writeFileSync(join(old, 'manifest.json'), '{"version":"55.0.0","artifacts":{}}');
    expect((await check(folder, 'cdk.out')).summary).toEqual(before.summary);
  });
});

const template = {
  Resources: {
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['a', 'a'] }, Targets: [{ Id: 'T', Arn: { Ref: 'Nothing' } }] },
    },
  },
};

/** An assembly as older versions wrote it: the metadata in the manifest, the trace in each entry of it. */
function older(artifact: unknown): string {
  return folderWith({
    'cdk.out': '{"version":"36.0.0"}',
    'manifest.json': JSON.stringify({ version: '36.0.0', artifacts: { Old: artifact } }),
    'Old.template.json': JSON.stringify(template),
    'lib/old.ts': 'one\ntwo\n  new Rule();\n',
  });
}

describe('an assembly of another version', () => {
  it.each([
    ['a trace', { trace: ['...new Rule2 in aws-cdk-lib...', 'new Old (lib/old.ts:3:3)'] }, 'lib/old.ts:3:3'],
    [
      'the trace of a stack',
      { trace: ['at Rule (/x/node_modules/y.js:1:1)', 'at new Old (lib/old.ts:3:3)'] },
      'lib/old.ts:3:3',
    ],
    ['a file that is not there', { trace: ['new Old (/gone/old.ts:7:2)'] }, 'made at /gone/old.ts:7:2'],
    ['no trace', {}, 'it is the construct Stage/Old/Rule'],
  ])('shows the construct with %s', async (_name, entry, shown) => {
    const folder = older({
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: 'Old.template.json' },
      metadata: { '/Stage/Old/Rule/Resource': [{ type: 'aws:cdk:logicalId', data: 'Rule', ...entry }] },
    });
    const { out } = await cli(['check', '.', '--verbose'], folder);
    expect(out).toContain('Stage/Old/Rule');
    expect(out).toContain(shown);
  });

  it.each([
    ['is nothing', null],
    ['has no properties', { type: 'aws:cloudformation:stack' }],
    [
      'is of wrong types',
      { type: 'aws:cloudformation:stack', environment: 7, properties: { templateFile: [] } },
    ],
    ['nests itself', { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } }],
    [
      'names an assembly that is not there',
      { type: 'cdk:cloud-assembly', properties: { directoryName: 'x' } },
    ],
    ['names assets that are not there', { type: 'cdk:asset-manifest', properties: { file: 'x.json' } }],
  ])('whose artifact %s is passed over, and says so', async (_name, artifact) => {
    const { code, err } = await cli(['check', '.'], older(artifact));
    expect(code).not.toBe(0);
    expect(err).toContain('nothing could be checked');
  });
});
