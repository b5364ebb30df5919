import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import type { JsonValue } from '../../src/json/value.ts';
import { loadAccount } from '../../src/load/account/load-account.ts';
import { readSnapshot } from '../../src/load/account/read-snapshot.ts';
import { type ApiItem, regionLists, type Snapshot } from '../../src/load/account/snapshot.ts';
import { cli, folderWith, projectRoot } from '../support/cli.ts';
import { arn, oneOfEverything } from './one-of-everything.ts';

const { value, diagnostics } = loadAccount(oneOfEverything);

function read(text: string) {
  const snapshot = readSnapshot(documentOf('snapshot.json', text));
  const loaded = snapshot.value && loadAccount(snapshot.value);
  return {
    loaded: loaded?.value,
    codes: [...snapshot.diagnostics, ...(loaded?.diagnostics ?? [])].map(({ code }) => code),
  };
}

describe('a snapshot as a topology', () => {
  it('has a route for everything that moves events', () => {
    expect(diagnostics).toEqual([]);
    const routes = value.routes.map(({ kind, name, state }) => `${kind} ${name} ${state}`);
    expect(routes.sort()).toEqual([
      'destination Worker.OnSuccess enabled',
      'destination lake.ExtendedS3DestinationConfiguration enabled',
      'event-source-mapping orders to shop-Worker-1A2B3C4D5E6F enabled',
      'event-source-mapping orders to table-reader disabled',
      'notification orders.KinesisStreamSpecification enabled',
      'notification shop-lake s3:ObjectCreated:* enabled',
      'pipe forward enabled',
      'redrive Worker.DeadLetterConfig enabled',
      'redrive orders.RedrivePolicy enabled',
      'rule Events-Archive-all enabled',
      'rule Everything enabled',
      'rule bucket-changes enabled',
      'schedule nightly enabled',
      'subscription orders to sqs enabled',
    ]);
  });

  it('names things as their template does, and places them at their ARN', () => {
    const worker = value.components.find(({ name }) => name === 'Worker');
    expect(worker?.id).toBe(arn('lambda', 'function:shop-Worker-1A2B3C4D5E6F'));
    expect(worker?.span?.document.path).toBe(worker?.id);
    const rule = value.routes.find(({ name }) => name === 'Everything');
    expect(rule?.id).toBe(arn('events', 'rule/shop/shop-Everything-ABCDEFGHIJKL'));
    const { filter } = rule!;
    // The pattern stands in the answer as a text, and is shown as what it says.
    if (filter.kind !== 'pattern') throw new Error('no pattern');
    const { document, start, end } = filter.span;
    expect(document.text.slice(start, end)).toBe('{\n    "source": ["shop.orders"]\n  }');
  });

  it('shows rules that services made, as theirs', () => {
    const managed = value.routes.filter(({ managedBy }) => managedBy !== undefined);
    expect(managed.map(({ name, managedBy }) => [name, managedBy])).toEqual([
      ['Events-Archive-all', 'prod.vhs.events.aws.internal'],
    ]);
  });

  it('says nothing about patterns that services wrote, and finds fault with those of others', () => {
    const [region] = oneOfEverything.regions;
    const rules = (managed: boolean): Snapshot => {
      const { ManagedBy, ...own }: Record<string, JsonValue> = {
        ...region!.rules[2]!,
        EventPattern: '{"source":[{"nonsense":1}]}',
      };
      return {
        ...oneOfEverything,
        regions: [{ ...region!, rules: [managed ? { ...own, ManagedBy: ManagedBy! } : own] }],
      };
    };
    expect(loadAccount(rules(true)).diagnostics).toEqual([]);
    expect(loadAccount(rules(false)).diagnostics).not.toEqual([]);
  });

  it('holds the state machine’s definition, the role’s policies and the unknown variable', () => {
    const resource = (id: string) => value.resources.find((each) => each.id === id);
    expect(resource(arn('states', 'stateMachine:orders'))?.type).toBe('AWS::StepFunctions::StateMachine');
    expect(resource('arn:aws:iam::123456789012:role/publisher-role')?.type).toBe('AWS::IAM::Role');
    expect(value.buses.map(({ id, kind, declared }) => ({ id, kind, declared }))).toEqual([
      { id: 'default', kind: 'default', declared: true },
      { id: 'shop', kind: 'custom', declared: true },
    ]);
  });
});

describe('whether EventBridge may deliver', () => {
  const found = async (queue: ApiItem): Promise<string[]> => {
    const [region] = oneOfEverything.regions;
    const account = { ...oneOfEverything, regions: [{ ...region!, queues: [queue] }] };
    const { out } = await cli(
      ['check', '--format', 'json'],
      folderWith({ 'a.json': JSON.stringify(account) }),
    );
    const { findings } = JSON.parse(out) as { findings: { code: string; message: string }[] };
    return findings.filter(({ code }) => code === 'target/not-permitted').map(({ message }) => message);
  };
  const queue = { QueueArn: arn('sqs', 'orders') };
  const policy = (Service: string): string =>
    JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sqs:SendMessage', Resource: '*' }],
    });

  it('is read from the policies of queues, and taken for granted of functions and topics', async () => {
    expect(await found({ ...queue, Policy: policy('events.amazonaws.com') })).toEqual([]);
    expect(await found({ ...queue, Policy: policy('sns.amazonaws.com') })).toHaveLength(1);
    expect(await found(queue)).toHaveLength(1);
  });
});

describe('a snapshot as a file', () => {
  const text = JSON.stringify(oneOfEverything, null, 2);

  it('is in the form that its schema says', () => {
    const schema = JSON.parse(
      readFileSync(join(projectRoot, 'schemas/busproof/snapshot.schema.json'), 'utf8'),
    );
    const validate = addFormats.default(new Ajv2020({ strict: false })).compile(schema);
    expect(validate(oneOfEverything), JSON.stringify(validate.errors)).toBe(true);
    expect(Object.keys(schema.$defs.region.properties).sort()).toEqual(
      ['names', 'region', ...regionLists].sort(),
    );
  });

  it('is what was saved, when it is read again', () => {
    expect(readSnapshot(documentOf('snapshot.json', text)).value).toEqual(oneOfEverything);
  });

  it('is found by its content, is checked like a template, and lies unread beside templates', async () => {
    const folder = folderWith({ 'what-was-deployed.json': text });
    const alone = await cli(['check', '--verbose'], folder);
    const named = await cli(['check', 'what-was-deployed.json', '--verbose'], folder);
    expect(alone.out).toContain('Checked 1 account, 3 rules');
    expect(named.out).toBe(alone.out);
    const template = `Resources:\n  Rule:\n    Type: AWS::Events::Rule\n    Properties: {EventPattern: {source: [a]}, Targets: []}\n`;
    const both = await cli(['check', '--verbose'], folderWith({ 'a.json': text, 'template.yaml': template }));
    expect(both.out).toContain('a.json is a snapshot of an account; name it to check it');
    expect(both.out).toContain('1 rule');
  });

  it('joins a template that names what is deployed', async () => {
    const template = `Resources:
  Own:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: shop
      EventPattern: {source: [shop.orders]}
      Targets: [{Id: a, Arn: "${arn('lambda', 'function:shop-Worker-1A2B3C4D5E6F')}"}]
`;
    const folder = folderWith({ 'snapshot.json': text, 'template.yaml': template });
    const { out } = await cli(['graph', 'snapshot.json', 'template.yaml', '--format', 'mermaid'], folder);
    expect(out).toContain('Own');
    expect(out).toContain('Worker');
  });

  it.each([
    ['no JSON', '{"busproofSnapshot": 1, ', 'input/syntax'],
    ['another version', '{"busproofSnapshot": 2}', 'snapshot/version'],
    ['no account', '{"busproofSnapshot": 1, "regions": []}', 'snapshot/shape'],
    [
      'regions that are no list',
      '{"busproofSnapshot": 1, "account": "123456789012", "regions": {}}',
      'snapshot/shape',
    ],
    [
      'a rule that is no object',
      '{"busproofSnapshot": 1, "account": "123456789012", "regions": [{"region": "eu-west-1", "rules": [1]}]}',
      'snapshot/shape',
    ],
    [
      'a rule without a name',
      '{"busproofSnapshot": 1, "account": "123456789012", "regions": [{"region": "eu-west-1", "rules": [{}]}]}',
      'snapshot/shape',
    ],
    [
      'targets that are no list',
      '{"busproofSnapshot": 1, "account": "123456789012", "regions": [{"region": "eu-west-1", "rules": [{"Name": "a", "Arn": "arn:aws:events:eu-west-1:123456789012:rule/a", "Targets": 3}]}]}',
      'template/shape',
    ],
  ])('that has %s is a finding', (_what, broken, code) => {
    expect(read(broken).codes).toContain(code);
  });

  it('that is cut off anywhere ends in a finding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: text.length - 3 }), (at) => {
        const { loaded, codes } = read(text.slice(0, at));
        expect(loaded).toBeUndefined();
        expect(codes.length).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
  });

  it('that has anything anywhere never ends in an exception, and is checked', async () => {
    const places = placesIn(oneOfEverything as unknown as JsonValue, []);
    const junk = fc.oneof(
      fc.jsonValue() as fc.Arbitrary<JsonValue>,
      fc.constantFrom<JsonValue>(
        null,
        '',
        'arn:',
        'arn:aws:events:eu-west-1:123456789012:rule/',
        '{"source":[',
        '{"a":{"Ref":["x"],"Fn::Sub":["${x}"]}}',
        '{{resolve:ssm:/a}}',
        '\uE0F0res:x#y\uE0F1',
        { __proto__: [] as JsonValue },
      ),
    );
    const edits = fc.array(fc.tuple(fc.nat(places.length - 1), junk), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(edits, async (chosen) => {
        let broken = oneOfEverything as unknown as JsonValue;
        for (const [index, value] of chosen) broken = withValue(broken, places[index]!, value);
        const folder = folderWith({ 'snapshot.json': JSON.stringify({ ...(broken as object) }) });
        const { err } = await cli(['check', 'snapshot.json', '--verbose'], folder);
        expect(err).not.toContain('something went wrong inside the tool');
      }),
      { numRuns: 60 },
    );
  });
});

type Path = readonly (string | number)[];

function placesIn(value: JsonValue, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    placesIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner.filter(([first]) => first !== 'busproofSnapshot') : [path, ...inner];
}

function withValue(root: JsonValue, [first, ...rest]: Path, value: JsonValue): JsonValue {
  if (first === undefined) return value;
  // An earlier edit may have taken the place away.
  if (typeof root !== 'object' || root === null) return root;
  if (Array.isArray(root))
    return root.map((each, index) => (index === first ? withValue(each, rest, value) : each));
  const members = root as Readonly<Record<string, JsonValue>>;
  return { ...members, [first]: withValue(members[first] ?? null, rest, value) };
}
