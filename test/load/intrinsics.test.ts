import { describe, expect, it } from 'vitest';
import { evaluate } from './support/loading.ts';

const sections = `
Parameters:
  Stage: {Type: String, Default: dev}
  Open: {Type: String}
  Empty: {Type: String, Default: ''}
  Path: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/bus}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  OpenNames: {Type: 'List<String>'}
  Count: {Type: Number, Default: 3}
Mappings:
  Regions: {eu: {bus: eu-bus}}
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  IsOpen: !Equals [!Ref Open, x]
  Undecided: !Or [!Condition IsProd, !Condition IsOpen]
  Decided: !Or [!Condition IsDev, !Condition IsOpen]
  Neither: !And [!Condition IsProd, !Condition IsOpen]
  Round: !Condition Trip
  Trip: !Condition Round
`;
const resources = `
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub 'shop-\${Stage}'}}
  Queue: {Type: AWS::SQS::Queue}
  Fn: {Type: AWS::Lambda::Function, Properties: {FunctionName: audit}}
  Ping: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Pong.QueueName}}
  Pong: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Ping.QueueName}}
  Thing: {Type: Custom::Thing}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Stored: {Type: AWS::SSM::Parameter, Properties: {Name: /shop/topic, Value: !Ref Queue}}
`;

const here = '${AWS::Region}:${AWS::AccountId}';
const cases: readonly (readonly [expression: string, value: unknown])[] = [
  ['!Ref Stage', 'dev'],
  ['!Ref Open', '${param:Open}'],
  ['!Ref Empty', ''],
  ['!Ref Path', '${ssm:/shop/bus}'],
  ['!Ref Names', ['a', 'b', 'c']],
  ['!Ref OpenNames', ['${param:OpenNames}']],
  ['!Ref Count', '3'],
  ['!Ref AWS::Region', '${AWS::Region}'],
  ['!Ref AWS::StackName', '${AWS::StackName of t.yaml}'],
  ['[a, !Ref AWS::NoValue]', ['a']],
  ['{a: !Ref AWS::NoValue, b: 1}', { b: 1 }],
  ['!Ref Bus', 'shop-dev'],
  ['!GetAtt Bus.Arn', `arn:\${AWS::Partition}:events:${here}:event-bus/shop-dev`],
  ['{"Fn::GetAtt": "Bus.Name"}', 'shop-dev'],
  ['{"Fn::GetAtt": [Bus, Arn]}', `arn:\${AWS::Partition}:events:${here}:event-bus/shop-dev`],
  ['!Ref Fn', 'audit'],
  ['!Ref Machine', `arn:\${AWS::Partition}:states:${here}:stateMachine:\${res:Machine}`],
  ['!Ref Queue', 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${res:Queue}'],
  ['!GetAtt Queue.Arn', `arn:\${AWS::Partition}:sqs:${here}:\${res:Queue}`],
  ['!GetAtt Thing.Arn', '${res:Thing.Arn}'],
  ['!Ref Thing', '${res:Thing}'],
  ['!GetAtt Ping.QueueName', expect.stringMatching(/^\$\{res:P[io]ng\}$/)],
  ["!Sub '${Stage}-${Open}-${!Kept}-${Bus.Name}'", 'dev-${param:Open}-${Kept}-shop-dev'],
  ["!Sub ['${A}-${Stage}', {A: !Ref Open}]", '${param:Open}-dev'],
  ["!Join ['-', [a, !Ref Stage, !Ref Open]]", 'a-dev-${param:Open}'],
  ["!Join [',', !Ref OpenNames]", '${param:OpenNames}'],
  ["!Join ['-', !Ref OpenNames]", '${${param:OpenNames} joined}'],
  ['!Select [1, !Ref Names]', 'b'],
  ['!Select [0, !Ref OpenNames]', '${${param:OpenNames}[0]}'],
  ["!Select [5, !Split [':', !GetAtt Bus.Arn]]", 'event-bus/shop-dev'],
  ["!Select [1, !Split ['/', !Ref Open]]", '${${param:Open} split at "/"[1]}'],
  ["!Split ['-', a-b]", ['a', 'b']],
  ['!If [IsDev, a, b]', 'a'],
  ['!If [IsProd, a, b]', 'b'],
  ['!If [IsProd, a, !Ref AWS::NoValue]', undefined],
  ['!If [Decided, a, b]', 'a'],
  ['!If [Neither, a, b]', 'b'],
  ['!If [Undecided, a, b]', '${if Undecided: a | b}'],
  ['!If [Undecided, a, a]', 'a'],
  ['!If [Round, a, b]', '${if Round: a | b}'],
  ['!FindInMap [Regions, eu, bus]', 'eu-bus'],
  ['!FindInMap [Regions, !Ref Open, bus]', '${Fn::FindInMap Regions ${param:Open} bus}'],
  ['!FindInMap [Regions, us, bus, {DefaultValue: none}]', 'none'],
  ['!ImportValue shop-bus', '${import:shop-bus}'],
  ["!ImportValue {'Fn::Sub': '${Open}-bus'}", '${import:${param:Open}-bus}'],
  ["'{{resolve:ssm:/shop/other:3}}'", '${ssm:/shop/other}'],
  ["!Sub 'x-{{resolve:ssm:/${Open}/other}}'", 'x-${ssm:/${param:Open}/other}'],
  ["'{{resolve:secretsmanager:db:SecretString:password}}'", '${secretsmanager:db:SecretString:password}'],
  [
    "'{{resolve:ssm:/shop/topic}}'",
    'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${res:Queue}',
  ],
  ['!Base64 text', 'dGV4dA=='],
  ['!Cidr [10.0.0.0/16, 1, 8]', '${Fn::Cidr ["10.0.0.0/16",1,8]}'],
  ['{"Fn::Length": !Ref Names}', 3],
  ['{"Fn::ToJsonString": {a: !Ref Stage}}', '{"a":"dev"}'],
  ['{"Fn::Unheard": 1}', expect.stringContaining('${Fn::Unheard')],
  [
    '{"Fn::ForEach::Loop": [Name, !Ref Names, {"key${Name}": "is ${Name}"}]}',
    { keya: 'is a', keyb: 'is b', keyc: 'is c' },
  ],
  ['2012-10-17', '2012-10-17'],
  ['012345678901', '012345678901'],
  ['{Version: 2012-10-17, Flag: yes}', { Version: '2012-10-17', Flag: true }],
];

describe('intrinsic functions', () => {
  it.each(cases)('%s', (expression, value) => {
    expect(evaluate(expression, sections, {}, resources)).toEqual(value);
  });

  it('takes given parameters before defaults', () => {
    const parameters = { Open: 'x', Stage: 'prod' };
    expect(evaluate("!Sub '${Stage}-${Open}'", sections, { parameters })).toBe('prod-x');
    expect(evaluate('!If [IsOpen, yes1, no1]', sections, { parameters })).toBe('yes1');
    expect(evaluate('!If [IsDev, yes1, no1]', sections, { parameters })).toBe('no1');
  });

  it('takes the account and Region where they are given', () => {
    const options = { account: '111122223333', region: 'eu-west-1' };
    expect(evaluate('!GetAtt Bus.Arn', sections, options, resources)).toBe(
      'arn:${AWS::Partition}:events:eu-west-1:111122223333:event-bus/shop-dev',
    );
  });

  it('stays within bounds when values double at every step', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => {
      const half = i === 0 ? 'x' : `\${P${i - 1}.Value}`;
      return `  P${i}: {Type: AWS::SSM::Parameter, Properties: {Name: p${i}, Value: !Sub '${half}${half}'}}`;
    });
    const value = evaluate('!GetAtt P59.Value', '', {}, doubling.join('\n'));
    expect(JSON.stringify(value).length).toBeLessThan(2_100_000);
  });

  it('bounds long chains of references', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => {
      const name = i === 0 ? 'first' : `!GetAtt Q${i - 1}.QueueName`;
      return `  Q${i}: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}}}`;
    });
    expect(typeof evaluate('!GetAtt Q4999.QueueName', '', {}, chain.reverse().join('\n'))).toBe('string');
  });
});
