import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import type { ApiItem, Snapshot } from '../../src/load/account/snapshot.ts';
import { cli, folderWith, projectRoot } from '../support/cli.ts';
import { accountOf } from './declared-account.ts';
import { declaredIn } from './deploy.ts';

const example = (which: string): string =>
  readFileSync(join(projectRoot, 'examples/mangaassist', which, 'template.yaml'), 'utf8');
const before = example('before');
const after = example('after');
const schemas = join(projectRoot, 'schemas/mangaassist');
const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(projectRoot, `schemas/busproof/${name}.schema.json`), 'utf8'));
const validate = addFormats
  .default(new Ajv2020({ strict: false }))
  .addSchema(schemaOf('report'))
  .compile(schemaOf('drift'));

interface DriftJson {
  readonly rules: readonly {
    readonly fate: string;
    readonly rule: string;
    readonly differences?: readonly JsonObject[];
  }[];
  readonly loops: { readonly opened: readonly JsonObject[]; readonly closed: readonly JsonObject[] };
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
  }[];
}

async function drift(template: string, account: Snapshot, ...more: readonly string[]) {
  const folder = folderWith({
    'template.yaml': template,
    'account.json': JSON.stringify(account, null, 2),
    'busproof.config.json': JSON.stringify({ schemas, templates: 'template.yaml' }),
  });
  const { code, out, err } = await cli(['drift', 'account.json', '--format', 'json', ...more], folder);
  expect(err).toBe('');
  const told = JSON.parse(out) as DriftJson;
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
  const codes = told.findings.filter(({ severity }) => severity !== 'info').map((each) => each.code);
  const text = await cli(['drift', 'account.json', ...more], folder);
  expect(text.code).toBe(code);
  return { code, told, codes, text: text.out };
}

const deployed = (template: string): Snapshot => accountOf(declaredIn('template.yaml', template));

/** An account in which the rule of a name is another. */
function withRule(account: Snapshot, name: string, change: (rule: ApiItem) => ApiItem[]): Snapshot {
  const [region] = account.regions;
  const rules = region!.rules.flatMap((rule) => (rule['Name'] === name ? change(rule) : [rule]));
  return { ...account, regions: [{ ...region!, rules }] };
}

const pattern = (rule: ApiItem, value: JsonValue): ApiItem[] => [
  { ...rule, EventPattern: JSON.stringify(value) },
];

describe('what is deployed as it is declared', () => {
  it.each([
    ['before', before],
    ['after', after],
  ])('has no drift: MangaAssist %s', async (_which, template) => {
    const { code, told, text } = await drift(template, deployed(template));
    expect(told.findings).toEqual([]);
    expect(told.loops).toEqual({ opened: [], closed: [] });
    expect(told.rules.every(({ fate }) => fate === 'same')).toBe(true);
    expect(code).toBe(0);
    expect(text).toContain('Result: no drift.');
  });

  it('has none where a pattern is written otherwise and takes the same', async () => {
    const account = withRule(deployed(after), 'MangaAssist-ReviewSubmitted', (rule) => {
      const { source, ...rest } = JSON.parse(String(rule['EventPattern']));
      return pattern(rule, {
        ...rest,
        $or: [
          { source },
          {
            source: [{ prefix: source[0], suffix: undefined }],
            'detail-type': ['ReviewSubmitted', 'ReviewSubmitted'],
            account: [{ exists: false }],
          },
        ],
      });
    });
    const { told } = await drift(after, account);
    expect(told.findings).toEqual([]);
  });
});

describe('what is deployed otherwise than declared', () => {
  it('opens the loops of the incident again where the old rules are still there and no guard stops them', async () => {
    const { code, told, codes, text } = await drift(
      after.replaceAll('        rejectsAtDepth: 3\n', ''),
      deployed(before),
    );
    expect(code).toBe(1);
    expect(codes).toContain('drift/pattern');
    expect(codes).toContain('drift/missing-rule');
    expect(told.loops.opened.map(({ verdict, elsewhere }) => [verdict, elsewhere])).toEqual([
      ['endless', 'refuted'],
      ['endless', 'refuted'],
      ['endless', 'refuted'],
    ]);
    expect(told.findings.filter(({ severity }) => severity === 'error').map((each) => each.code)).toEqual(
      Array(3).fill('drift/loop-opened'),
    );
    expect(text).toContain('Loops: 3 opened by it.');
    expect(text).toContain('Result: drift.');
  });

  it('opens none where the guards of the handlers stop what the old rules let through', async () => {
    const { code, told } = await drift(after, deployed(before));
    expect(code).toBe(1);
    expect(told.loops).toEqual({ opened: [], closed: [] });
  });

  it('closes them where the new rules are there already', async () => {
    const { told } = await drift(before, deployed(after));
    expect(told.loops.opened).toEqual([]);
    expect(told.loops.closed.length).toBeGreaterThan(0);
  });

  it('shows an event that the deployed pattern takes and the declared one does not', async () => {
    const account = withRule(deployed(after), 'MangaAssist-ReviewSubmitted', (rule) =>
      pattern(rule, { source: [{ prefix: 'mangaassist.' }], 'detail-type': ['ReviewSubmitted'] }),
    );
    const { told, codes } = await drift(after, account);
    expect(codes).toContain('drift/pattern');
    const [difference] = told.rules.find(({ rule }) => rule === 'MangaAssist-ReviewSubmitted')!.differences!;
    expect(difference).toMatchObject({
      what: 'pattern',
      onlyDeployedTakes: {
        'detail-type': 'ReviewSubmitted',
        source: expect.stringMatching(/^mangaassist\./),
      },
    });
    expect(difference).not.toHaveProperty('onlyDeclaredTakes');
  });

  it('tells a disabled rule, a missing and an extra one', async () => {
    const account = withRule(deployed(after), 'MangaAssist-ReviewSubmitted', (rule) => [
      { ...rule, State: 'DISABLED' },
      {
        ...rule,
        Name: 'by-hand',
        Arn: String(rule['Arn']).replace('MangaAssist-ReviewSubmitted', 'by-hand'),
      },
    ]);
    const without = withRule(account, 'MangaAssist-ModerationSuggestion', () => []);
    const { code, codes, told } = await drift(after, without);
    expect(code).toBe(1);
    expect(codes.sort()).toEqual(['drift/extra-rule', 'drift/missing-rule', 'drift/state']);
    expect(told.findings.map(({ message }) => message)).toContain(
      'MangaAssist-ReviewSubmitted is disabled, and declared enabled',
    );
  });

  it('takes rules of others on the default bus for a note, and those of services for nothing', async () => {
    const [region] = deployed(after).regions;
    const other: ApiItem = {
      Name: 'of-another-team',
      Arn: 'arn:aws:events:eu-west-1:123456789012:rule/of-another-team',
      EventPattern: '{"source":["aws.ec2"]}',
      State: 'ENABLED',
      EventBusName: 'default',
      Targets: [],
    };
    const managed = {
      ...other,
      Name: 'AutoScalingManagedRule',
      Arn: `${String(other['Arn'])}-2`,
      ManagedBy: 'autoscaling.amazonaws.com',
    };
    const account = {
      ...deployed(after),
      regions: [{ ...region!, rules: [...region!.rules, other, managed] }],
    };
    const { code, told } = await drift(after, account);
    expect(code).toBe(0);
    expect(told.findings.map(({ code: each, severity }) => [each, severity])).toEqual([
      ['drift/extra-rule', 'info'],
    ]);
    expect((await drift(after, account, '--min-severity', 'info')).code).toBe(1);
  });

  it('tells targets, input, retries and dead letters', async () => {
    const account = withRule(deployed(after), 'MangaAssist-ReviewSubmitted', (rule) => {
      const [target] = rule['Targets'] as readonly ApiItem[];
      const changed = {
        ...target,
        Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:SuggestionFunction',
        Input: '{"a":1}',
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: {},
      };
      return [
        { ...rule, Targets: [changed, { Id: 'more', Arn: 'arn:aws:sqs:eu-west-1:123456789012:other' }] },
      ];
    });
    const { told } = await drift(after, account);
    const { differences } = told.rules.find(({ rule }) => rule === 'MangaAssist-ReviewSubmitted')!;
    expect(differences?.map(({ what }) => what)).toEqual([
      'elsewhere',
      'input',
      'retry',
      'dead-letter',
      'extra-target',
    ]);
  });

  it('says what cannot be decided, and fails for nothing', async () => {
    const template = `Parameters: {Kind: {Type: String}}
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [shop], detail-type: [!Ref Kind]}
      Targets: []
`;
    const [region] = deployed(after).regions;
    const rule: ApiItem = {
      Name: 'shop-Rule-1A2B3C4D5E6F',
      Arn: 'arn:aws:events:eu-west-1:123456789012:rule/shop-Rule-1A2B3C4D5E6F',
      EventPattern: '{"source":["shop"],"detail-type":["x"]}',
      State: 'ENABLED',
      EventBusName: 'default',
      Targets: [],
    };
    const { code, told } = await drift(template, {
      ...deployed(after),
      regions: [{ ...region!, eventBuses: [], rules: [rule] }],
    });
    expect(code).toBe(0);
    expect(told.rules).toMatchObject([{ fate: 'changed', rule: 'Rule' }]);
    expect(told.findings.map(({ code: each }) => each)).toEqual(['drift/undecided']);
  });

  it('fills in what the account knows: its id, its Region, and the names of what is deployed', async () => {
    const template = `Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {EventBridgeConfiguration: {}}}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Events:
        Uploaded:
          Type: EventBridgeRule
          Properties:
            Pattern:
              source: [aws.s3]
              account: [!Ref AWS::AccountId]
              region: [!Ref AWS::Region]
              detail: {bucket: {name: [!Ref Bucket]}}
`;
    const [region] = deployed(after).regions;
    const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop-Worker-aB3dE5fG7hI9';
    const rule: ApiItem = {
      Name: 'shop-WorkerUploaded-1A2B3C4D5E6F',
      Arn: 'arn:aws:events:eu-west-1:123456789012:rule/shop-WorkerUploaded-1A2B3C4D5E6F',
      EventPattern: JSON.stringify({
        source: ['aws.s3'],
        account: ['123456789012'],
        region: ['eu-west-1'],
        detail: { bucket: { name: ['shop-bucket-1a2b3c4d5e6f'] } },
      }),
      State: 'ENABLED',
      EventBusName: 'default',
      Targets: [{ Id: 'WorkerUploadedLambdaTarget', Arn: functionArn }],
    };
    const account: Snapshot = {
      ...deployed(after),
      regions: [
        {
          ...region!,
          names: { 'arn:aws:s3:::shop-bucket-1a2b3c4d5e6f': { logicalId: 'Bucket', stack: 'shop' } },
          rules: [rule],
          functions: [{ FunctionName: 'shop-Worker-aB3dE5fG7hI9', FunctionArn: functionArn }],
          buckets: [{ Arn: 'arn:aws:s3:::shop-bucket-1a2b3c4d5e6f', Name: 'shop-bucket-1a2b3c4d5e6f' }],
        },
      ],
    };
    const { told } = await drift(template, account);
    expect(told.rules).toMatchObject([{ fate: 'same', rule: 'WorkerUploaded', deployedName: rule['Name'] }]);
    expect(told.findings.filter(({ code }) => code.startsWith('drift/'))).toEqual([]);
  });

  it('is a matter of one account: told how to give it otherwise', async () => {
    const folder = folderWith({ 'template.yaml': after, 'a.json': JSON.stringify(deployed(after)) });
    for (const line of [
      ['drift'],
      ['drift', 'a.json', 'a.json'],
      ['drift', '--deployed', 'a.json'],
      ['drift', 'none.json'],
    ]) {
      const { code, out, err } = await cli(line, folder);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/give what is deployed once|there is no file/);
    }
    const broken = folderWith({ 'template.yaml': after, 'a.json': '{"busproofSnapshot": 7}' });
    const { code, err } = await cli(['drift', 'a.json'], broken);
    expect(code).toBe(2);
    expect(err).toContain('snapshot/version');
  });
});
