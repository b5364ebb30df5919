import { describe, expect, it } from 'vitest';
import { load, underlined } from './support/loading.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  /** Code, and the text it underlines. */
  readonly found: readonly (readonly [code: string, text: string])[];
}

const queue = '  Queue: {Type: AWS::SQS::Queue}';
const cases: readonly Case[] = [
  {
    name: 'names that are not declared',
    text: `Resources:
${queue}
  R:
    Type: AWS::Events::Rule
    DependsOn: Quuee
    Condition: IsDev
    Properties:
      EventPattern: {source: [a], account: [!Ref AWS::AccountId]}
      EventBusName: !Ref Buss
      Targets:
        - {Id: a, Arn: !GetAtt Queeu.Arn}
        - {Id: b, Arn: !Sub 'arn:\${AWS::Partition}:sqs:\${Qeue.Arn}:\${!Kept}'}
        - {Id: c, Arn: !If [IsProd, !GetAtt Queue.Arn, !Ref AWS::NoValue]}
Conditions: {Other: !Not [!Condition IsTest]}
Outputs: {O: {Value: !Ref Output}}`,
    found: [
      ['template/undefined-condition', 'IsDev'],
      ['template/undefined-reference', 'Quuee'],
      ['template/undefined-reference', 'Buss'],
      ['template/undefined-reference', 'Queeu.Arn'],
      ['template/undefined-reference', '${Qeue.Arn}'],
      ['template/undefined-condition', 'IsProd'],
      ['template/undefined-reference', 'Output'],
      ['template/undefined-condition', 'IsTest'],
    ],
  },
  {
    name: 'names that SAM, a macro or a loop may declare',
    text: `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        E: {Type: EventBridgeRule, Properties: {Pattern: {source: [a]}, DeadLetterConfig: {Type: SQS, QueueLogicalId: Dead}}}
Outputs:
  Dead: {Value: !GetAtt Dead.Arn}
  Role: {Value: !GetAtt FnRole.Arn}
  Api: {Value: !Sub 'https://\${ServerlessRestApi}.x'}`,
    found: [],
  },
  {
    name: 'names in a template that a macro completes',
    text: `Transform: [MyMacro]
Resources:
${queue}
Outputs: {O: {Value: !Ref Anything}}`,
    found: [],
  },
  {
    name: 'a target without an ARN, with two inputs, and of the wrong form',
    text: `Resources:
${queue}
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [a]}
      Targets:
        - {Id: none}
        - {Id: two, Arn: !GetAtt Queue.Arn, Input: '{}', InputPath: $.detail}
        - just-a-text
        - {Id: list, Arn: [a]}`,
    found: [
      ['template/shape', 'just-a-text'],
      ['template/target-without-arn', '{Id: none}'],
      ['template/several-inputs', '$.detail'],
      ['template/shape', '[a]'],
    ],
  },
  {
    name: 'patterns the service refuses, at their place inside the text',
    text: `Resources:
  A: {Type: AWS::Events::Rule, Properties: {EventPattern: '{"source": "a"}'}}
  B:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: |
        {"source": ["a"],
         "detail-type": {"x": 1}}
  C: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [{prefx: a}]}}}
  D: {Type: AWS::Events::Rule, Properties: {EventPattern: '{"source": '}}
  E: {Type: AWS::Events::Rule, Properties: {EventPattern: [a]}}
  F: {Type: AWS::Events::Rule, Properties: {EventPattern: !Sub '{"account": ["\${AWS::AccountId}"], "source": 1}'}}`,
    found: [
      ['pattern/invalid', '"a"'],
      ['pattern/invalid', '1'],
      ['pattern/invalid', 'prefx'],
      ['input/syntax', ''],
      ['template/shape', '[a]'],
      ['pattern/invalid', '1'],
    ],
  },
  {
    name: 'a rule without a trigger, targets that are no list, properties that are no object',
    text: `Resources:
  A: {Type: AWS::Events::Rule, Properties: {Name: idle}}
  B: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, Targets: {Id: t}}}
  C: {Type: AWS::SQS::Queue, Properties: nothing}`,
    found: [
      ['template/rule-without-trigger', 'A: {Type: AWS::Events::Rule, Properties: {Name: idle}}'],
      ['template/shape', '{Id: t}'],
      ['template/shape', 'nothing'],
    ],
  },
  {
    name: 'a SAM event of a type nobody knows',
    text: `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: EventBridgeRul, Properties: {}}}}}`,
    found: [['template/unknown-event-type', 'EventBridgeRul']],
  },
  {
    name: 'a bus that nothing declares, written out, beside buses that are declared',
    text: `Parameters: {Other: {Type: String, Default: somebody-elses}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop-events}}
  A: {Type: AWS::Events::Rule, Properties: {EventBusName: shop-event, EventPattern: {source: [a]}}}
  B: {Type: AWS::Events::Rule, Properties: {EventBusName: 'quite-different', EventPattern: {source: [a]}}}
  C: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Other, EventPattern: {source: [a]}}}
  D: {Type: AWS::Events::Rule, Properties: {EventBusName: !ImportValue other, EventPattern: {source: [a]}}}`,
    found: [
      ['topology/missing-bus', 'shop-event'],
      ['topology/missing-bus', "'quite-different'"],
    ],
  },
  {
    name: 'keys written twice, tags nobody knows, several documents',
    text: `Resources:
  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [a]}, EventPattern: {source: [!Weird b]}}}
---
more: 1
`,
    found: [
      ['input/unknown-tag', '!Weird'],
      ['input/several-documents', 'more: 1\n'],
      ['input/duplicate-key', 'EventPattern'],
    ],
  },
];

describe('findings about templates', () => {
  it.each(cases)('$name', ({ text, found }) => {
    const { diagnostics } = load({ 't.yaml': text });
    expect(diagnostics.map((each) => [each.code, underlined(each)])).toEqual(found);
  });

  it('name what was probably meant', () => {
    const { diagnostics } = load({
      't.yaml': `Conditions: {IsProduction: !Equals [a, b]}
Resources:
  OrdersQueue: {Type: AWS::SQS::Queue, Condition: IsProdution}
Outputs: {O: {Value: !Ref OrderQueue}}`,
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'no condition of this template is called "IsProdution"; did you mean "IsProduction"?',
      'Ref names "OrderQueue", which this template does not declare; did you mean "OrdersQueue"?',
    ]);
  });

  it('say nothing of a file that is no template', () => {
    expect(load({ 'package.json': '{"name": "x"}', 'a.yaml': 'just: data' }).diagnostics).toEqual([]);
  });

  it('name the place where a file stops being YAML or JSON', () => {
    expect(load({ 'a.yaml': 'a: [1, 2\nb: }' }).diagnostics[0]?.code).toBe('input/syntax');
    expect(load({ 'a.json': '{"a": }' }).diagnostics[0]?.code).toBe('input/syntax');
  });
});
