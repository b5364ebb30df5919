import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { valueOf } from '../../src/json/node.ts';
import { parseData } from '../../src/json/parse-data.ts';
import { loadTemplates } from '../../src/load/index.ts';

const template = `Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String, Default: dev}, Names: {Type: CommaDelimitedList, Default: 'a,b'}}
Conditions: {IsDev: !Equals [!Ref Stage, dev], Open: !Equals [!Ref AWS::Region, eu-west-1]}
Mappings: {M: {a: {b: c}}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub 'shop-\${Stage}'}}
  Queue: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dlq.Arn}}}
  Dlq: {Type: AWS::SQS::Queue}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        E: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [a, {prefix: b}]}}}
        S: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn, FilterCriteria: {Filters: [{Pattern: '{"body":{"a":[1]}}'}]}}}
  Fn::ForEach::Loop: [N, !Ref Names, {'T\${N}': {Type: AWS::SNS::Topic}}]
  R:
    Type: AWS::Events::Rule
    Condition: Open
    Properties:
      EventPattern: !Sub '{"account": ["\${AWS::AccountId}"], "source": ["\${Stage}"]}'
      Targets:
        - {Id: a, Arn: !If [Open, !GetAtt Queue.Arn, !Select [0, !Split [',', !Join [',', [x, y]]]]]}
        - {Id: b, Arn: !GetAtt Bus.Arn, InputTransformer: {InputPathsMap: {a: $.x}, InputTemplate: '<a>'}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Queue.Arn, Target: !ImportValue {'Fn::Sub': '\${Stage}-x'}}}
Outputs: {O: {Value: !FindInMap [M, a, b], Export: {Name: o}}}
`;
const service = `service: s
provider: {name: aws, stage: "\${opt:stage, 'dev'}"}
functions: {f: {handler: a.b, events: [{eventBridge: {eventBus: b, pattern: {source: [a]}}}, {sqs: arn:aws:sqs:::q}]}}
resources: {Resources: {Q: {Type: AWS::SQS::Queue}}}
`;

/** Pieces that mean something to a template, put where they do not belong. */
const pieces = [
  '!Ref Bus',
  '!GetAtt Fn.Arn',
  "!Sub '${Stage}'",
  '!If [IsDev, a, b]',
  '[]',
  '{}',
  '[[[]]]',
  'null',
  '42',
  '*x',
  '&x',
  '- ',
  ': ',
  '{',
  ']',
  '"',
  "'",
  '\n',
  '${',
  '{{resolve:ssm:x}}',
  '!Transform {Name: x}',
  '<<: ',
  '\uE0F0',
  '__proto__',
];

/** Values where others are expected: calls of the wrong form, wrong types, texts that are almost right. */
const values = [
  null,
  true,
  -1,
  '',
  'x',
  [],
  {},
  [null],
  [[]],
  { Ref: 5 },
  { Ref: ['a'] },
  { Ref: 'AWS::NoValue' },
  { 'Fn::If': ['C'] },
  { 'Fn::If': [{}, 1, 2] },
  { 'Fn::GetAtt': [] },
  { 'Fn::GetAtt': 'x' },
  { 'Fn::Sub': ['${a}', null] },
  { 'Fn::Join': ['', 5] },
  { 'Fn::Select': [0] },
  { 'Fn::Split': ['', 'a'] },
  { 'Fn::ImportValue': {} },
  { 'Fn::FindInMap': [1, 2, 3] },
  { 'Fn::ForEach::a': ['x', ['1'], {}] },
  { 'Fn::ForEach::a': [1, 2, 3] },
  '{{resolve:ssm:}}',
  'arn:aws:lambda:::',
  'arn:aws:events:::event-bus/',
  '\uE0F0',
];

type Tree = { [key: string]: Tree };

function placesIn(tree: Tree): [object: Tree, key: string][] {
  return Object.keys(tree ?? {}).flatMap((key) => {
    const value = tree[key];
    const inner = typeof value === 'object' && value !== null ? placesIn(value) : [];
    return [[tree, key], ...inner] as [Tree, string][];
  });
}

const mutation = fc.record({
  at: fc.nat(),
  remove: fc.nat(60),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.constant(''), fc.string({ maxLength: 5 })),
});

function mutate(text: string, edits: readonly { at: number; remove: number; insert: string }[]): string {
  let result = text;
  for (const { at, remove, insert } of edits) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + insert + result.slice(start + remove);
  }
  return result;
}

describe('broken templates', () => {
  it.each([
    ['template.yaml', template],
    ['serverless.yml', service],
  ])('end in findings, never in an exception: %s', (path, text) => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (edits) => {
        const { value, diagnostics } = loadTemplates([documentOf(path, mutate(text, edits))]);
        for (const { rulesFound, rulesLoaded } of value.templates) expect(rulesLoaded).toBe(rulesFound);
        for (const { span } of diagnostics) {
          if (!span) continue;
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(span.document.text.length + 1);
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('may have any value at any place', () => {
    const root = parseData(documentOf('template.yaml', template)).value;
    const whole = JSON.stringify(root && valueOf(root));
    const change = fc.record({ at: fc.nat(), value: fc.constantFrom(...values), rename: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const tree = JSON.parse(whole) as Tree;
        for (const { at, value, rename } of changes) {
          const places = placesIn(tree);
          const [object, key] = places[at % places.length]!;
          if (rename && !Array.isArray(object)) object['Fn::If'] = value as Tree;
          else object[key] = value as Tree;
        }
        const { value } = loadTemplates([documentOf('t.json', JSON.stringify(tree))]);
        for (const { rulesFound, rulesLoaded } of value.templates) expect(rulesLoaded).toBe(rulesFound);
        for (const { id } of [...value.buses, ...value.components]) expect(id).not.toBe('');
        for (const { attributes } of value.resources) expect(attributes).toBeDefined();
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('may nest functions in functions without measure', () => {
    const nested = (call: (inner: string) => string): string =>
      Array.from({ length: 300 }).reduce<string>((inner) => call(inner), '"x"');
    for (const call of [
      (inner: string) => `{"Fn::Join": ["", [${inner}]]}`,
      (inner: string) => `{"Fn::Sub": ["\${A}", {"A": ${inner}}]}`,
      (inner: string) => `{"Fn::Select": [0, [${inner}]]}`,
      (inner: string) => `{"Fn::If": ["C", ${inner}, ${inner.length < 2000 ? inner : '"y"'}]}`,
    ]) {
      const text = `{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": ${nested(call)}}}}}`;
      expect(loadTemplates([documentOf('t.json', text)]).value.components.length).toBe(1);
    }
  });

  it('may end anywhere', () => {
    for (let end = 0; end < template.length; end += 7) {
      loadTemplates([documentOf('template.yaml', template.slice(0, end))]);
    }
  });
});
