import { describe, expect, it } from 'vitest';
import { checkSystem } from '../../src/checks/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { documentOf } from '../../src/json/document.ts';
import { parseData } from '../../src/json/parse-data.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import { loadTemplates } from '../../src/load/index.ts';
import { loadParsers } from '../../src/publish/code/parsers.ts';

const parsers = await loadParsers();

/** What is told of loops that one edit opens, and of possible ones, in a template with schemas. */
function told(
  resources: Record<string, unknown>,
  schemas: readonly unknown[] = [],
  parameters: Record<string, unknown> = {},
) {
  const loaded = loadTemplates([
    documentOf('t.json', JSON.stringify({ Parameters: parameters, Resources: resources })),
  ]);
  const documents = schemas.map((schema, i) => {
    const document = documentOf(`schemas/${i}.json`, JSON.stringify(schema));
    return { path: document.path, node: parseData(document).value! };
  });
  const system = {
    parts: loaded.value,
    contracts: loadContracts(documents).value,
    diagnostics: [],
    templates: 1,
    schemas: documents.length,
    resources: loaded.value.resources,
    sources: { read: () => undefined, parsers },
  };
  const { findings } = checkSystem(system, defaultConfig, '2026-01-01');
  return findings.filter(({ code }) => code.startsWith('loop/'));
}

const rule = (pattern: unknown, to: string, rest = {}) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern: pattern,
    Targets: [{ Id: 'one', Arn: { 'Fn::GetAtt': [to, 'Arn'] } }],
    ...rest,
  },
});
const publisher = (...publishes: unknown[]) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {},
  Metadata: { Busproof: { publishes } },
});

describe('one edit away', () => {
  it('is enabling a rule', () => {
    const found = told({ F: publisher('a@X'), R: rule({ source: ['a'] }, 'F', { State: 'DISABLED' }) });
    expect(found.map(({ message }) => message)).toEqual(['X → R → F → X: only a disabled rule stops it']);
  });

  it('is publishing one more event type, where a rule takes them all', () => {
    const F = publisher('shop.stock@Counted');
    const pattern = { source: [{ prefix: 'shop.' }], 'detail-type': [{ 'anything-but': ['Counted'] }] };
    const [found, ...others] = told({ F, R: rule(pattern, 'F') });
    expect(others).toEqual([]);
    expect(found?.message).toBe(
      'any new event type of shop.stock → R → F → the same again: only that F does not publish it stops it',
    );
  });

  it('is not publishing one more, where the rule lists event types or sources', () => {
    const F = publisher('shop.stock@Counted');
    for (const pattern of [
      { source: ['shop.orders'] },
      { source: ['shop.stock'], 'detail-type': ['Moved'] },
    ]) {
      const messages = told({ F, R: rule(pattern, 'F') }).map(({ message }) => message);
      expect(messages.filter((each) => each.startsWith('any new event type'))).toEqual([]);
    }
  });

  it('is granting the permission that the code lacks', () => {
    const code = `
      import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
      const client = new EventBridgeClient({});
      export const handler = async (event) => {
        await client.send(new PutEventsCommand({
          Entries: [{ Source: 'a', DetailType: 'X', Detail: JSON.stringify(event.detail) }],
        }));
      };`;
    const policy = (source: string, action: string) => ({
      PolicyName: 'own',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: action,
            Resource: '*',
            ...(action.startsWith('events:')
              ? { Condition: { StringEquals: { 'events:source': source } } }
              : {}),
          },
        ],
      },
    });
    const system = (source: string, action = 'events:PutEvents', text = code) => ({
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: {}, Policies: [policy(source, action)] },
      },
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: text },
        },
      },
      R: rule({ source: ['a'] }, 'F'),
    });
    expect(told(system('a')).map(({ code }) => code)).toEqual(['loop/endless']);
    const [found] = told(system('b'));
    expect(found).toMatchObject({
      code: 'loop/one-edit-away',
      message: 'X → R → F → X: only a permission that F lacks stops it',
    });
    expect(found?.notes?.[0]).toContain('granting F events:PutEvents for a@X');
    // A role that allows no PutEvents at all is one permission away as well.
    expect(told(system('a', 'dynamodb:GetItem'))).toMatchObject([
      { code: 'loop/one-edit-away', message: 'X → R → F → X: only a permission that F lacks stops it' },
    ]);
    // What its code publishes only under some condition may be meant to be kept back.
    const perhaps = code.replace('await client', 'if (process.env.PUBLISH) await client');
    expect(told(system('a', 'dynamodb:GetItem', perhaps))).toEqual([]);
    expect(told(system('a', 'dynamodb:GetItem', 'export const handler = async () => {};'))).toEqual([]);
  });

  it('tells at most ten', () => {
    const resources = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        [`F${i}`, publisher(`s${i}@X`)],
        [`R${i}`, rule({ source: [`s${i}`] }, `F${i}`, { State: 'DISABLED' })],
      ]).flat(),
    );
    const found = told(resources);
    expect(found).toHaveLength(10);
    expect(found.flatMap(({ notes = [] }) => notes)).toContain('20 more edits like these are not told');
  });
});

describe('what settles a possible loop', () => {
  it('is a schema, where none says what a field can be', () => {
    const [found] = told({
      F: publisher('a@X'),
      R: rule({ source: ['a'], detail: { status: ['new'] } }, 'F'),
    });
    expect(found?.fix?.text).toBe(
      'give it a schema, in schemas/X.json: { "x-amazon-events-source": "a", "x-amazon-events-detail-type": "X", "type": "object", "properties": { "status": { "enum": [VALUES] } } }',
    );
  });

  it('is what becomes of the stage, where nobody says it', () => {
    const schema = {
      'x-amazon-events-source': 'a',
      'x-amazon-events-detail-type': 'X',
      type: 'object',
      properties: { processing_stage: { enum: ['raw', 'processed'] } },
      required: ['processing_stage'],
    };
    const R = rule({ source: ['a'], detail: { processing_stage: ['raw'] } }, 'F');
    const [open] = told({ F: publisher('a@X'), R }, [schema]);
    expect(open?.fix?.text).toContain('publishes: [{ event: a@X, stage: processed }]');
    // As told, so done: and it is decided.
    const [closed] = told({ F: publisher({ event: 'a@X', stage: 'processed' }), R }, [schema]);
    expect(closed?.code).toBe('loop/one-edit-away');
  });

  it('is the parameter, where a name depends on one', () => {
    const template = {
      F: publisher('prod.orders@X'),
      R: rule({ source: [{ 'Fn::Sub': '${Stage}.orders' }] }, 'F'),
    };
    const [found] = told(template, [], { Stage: { Type: 'String' } });
    expect(found?.fix?.text).toContain('parameters: { Stage: VALUE }');
  });

  it('is what becomes of the depth, where a guard looks at it', () => {
    const F = publisher('a@X');
    F.Metadata.Busproof = { ...F.Metadata.Busproof, rejectsAtDepth: 3 } as never;
    const [found] = told({ F, R: rule({ source: ['a'] }, 'F') });
    expect(found?.fix?.text).toContain('publishes: [{ event: a@X, depth: increment }]');
  });
});
