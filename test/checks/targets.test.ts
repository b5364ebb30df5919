import { describe, expect, it } from 'vitest';
import { schema, told } from './told.ts';

/** A rule on a queue whose policy has this statement, or that has none. */
function onQueue(statement: string | undefined, rule = 'Name: orders'): string {
  const policy = `
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Work]
      PolicyDocument: ${statement}`;
  return `
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      ${rule}
      EventPattern: { source: [shop.orders] }
      Targets: [{ Id: work, Arn: !GetAtt Work.Arn }]
  Other:
    Type: AWS::Events::Rule
    Properties: { Name: other, EventPattern: { source: [shop.payments] } }
  Work: { Type: AWS::SQS::Queue }${statement === undefined ? '' : policy}
`;
}

const allow = (rest: string): string =>
  `{ Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sqs:SendMessage, Resource: "*"${rest} }] }`;
const when = (arn: string): string => allow(`, Condition: { ArnLike: { aws:SourceArn: ${arn} } }`);

describe('what may be sent to a queue', () => {
  it.each([
    ['no policy at all', undefined, 'warning'],
    ['a policy for everything', allow(''), undefined],
    ['its own ARN', when('!GetAtt Rule.Arn'), undefined],
    ['the ARN of another rule', when('!GetAtt Other.Arn'), 'error'],
    ['one of two ARNs', when('[!GetAtt Other.Arn, !GetAtt Rule.Arn]'), undefined],
    ['a glob that takes it', when('"arn:aws:events:*:*:rule/ord*"'), undefined],
    ['a glob that does not', when('"arn:aws:events:*:*:rule/pay*"'), 'error'],
    [
      'an ARN that a parameter gives',
      when('!Sub "arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/${AWS::StackName}"'),
      undefined,
    ],
    [
      'a condition on the account',
      allow(', Condition: { StringEquals: { aws:SourceAccount: "111122223333" } }'),
      undefined,
    ],
    ['another service', allow('').replace('events.', 's3.'), 'error'],
    ['another action', allow('').replace('SendMessage', 'ReceiveMessage'), 'error'],
    ['all actions', allow('').replace('sqs:SendMessage', '"sqs:*"'), undefined],
    ['anybody', allow('').replace('{ Service: events.amazonaws.com }', '"*"'), undefined],
    ['a denial alone', allow('').replace('Effect: Allow', 'Effect: Deny'), 'error'],
    [
      'a policy as text',
      `'{"Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage"}}'`,
      undefined,
    ],
  ])('%s', async (_name, statement, severity) => {
    const found = await told('target/not-permitted', { 'template.yaml': onQueue(statement) });
    expect(found.map((each) => each.split(':')[0])).toEqual(severity === undefined ? [] : [severity]);
  });

  it('is left to a role, and to SAM', async () => {
    const role = onQueue(undefined).replace(
      '!GetAtt Work.Arn }',
      '!GetAtt Work.Arn, RoleArn: arn:aws:iam::111122223333:role/x }',
    );
    expect(await told('target/not-permitted', { 'template.yaml': role })).toEqual([]);
    const sam = `
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events: { Orders: { Type: EventBridgeRule, Properties: { Pattern: { source: [shop.orders] } } } }
`;
    expect(await told('target/not-permitted', { 'template.yaml': sam })).toEqual([]);
  });

  it('counts a permission of the function for this rule only', async () => {
    const template = (source: string) => `
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [a] }, Targets: [{ Id: f, Arn: !GetAtt F.Arn }] }
  Other:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [b] } }
  F: { Type: AWS::Lambda::Function }
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref F
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: !GetAtt ${source}.Arn
`;
    expect(await told('target/not-permitted', { 'template.yaml': template('Rule') })).toEqual([]);
    const found = await told('target/not-permitted', { 'template.yaml': template('Other') });
    expect(found).toEqual(['error: the policy of F does not allow lambda:InvokeFunction for Rule']);
  });
});

describe('an input transformer', () => {
  const template = (paths: string, text: string) => `
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop.orders] }
      Targets:
        - Id: work
          Arn: !GetAtt Work.Arn
          InputTransformer: { InputPathsMap: ${paths}, InputTemplate: ${JSON.stringify(text)} }
  Work: { Type: AWS::SQS::Queue }
`;

  it.each([
    '"Order <id>"',
    '"Order <id>"\n"is <id>"',
    '<id>',
    '{"id": <id>, "text": "it is <id>", "all": <aws.events.event.json>, "list": [<id>, 1]}',
    '{\n  "rule": "<aws.events.rule-name>",\n  "detail": <id>\n}',
    '"a \\"quoted\\" <id>"',
  ])('is valid: %s', async (text) => {
    const files = { 'template.yaml': template('{ id: $.detail.id }', text) };
    expect(await told('target/invalid-transformer', files)).toEqual([]);
    expect(await told('target/undefined-placeholder', files)).toEqual([]);
  });

  it.each([
    ['{ id: $.detail.id }', 'Order <id>'],
    ['{ id: $.detail.id }', '{"id": <id>'],
    ['{ id: detail.id }', '<id>'],
    ['{ awsId: $.detail.id }', '<awsId>'],
  ])('is refused: %s %s', async (paths, text) => {
    expect(await told('target/invalid-transformer', { 'template.yaml': template(paths, text) })).toHaveLength(
      1,
    );
  });

  it('reads the envelope as it is', async () => {
    const reading = async (path: string) =>
      told('target/reads-unknown-field', {
        'template.yaml': template(`{ x: ${JSON.stringify(path)} }`, '<x>'),
      });
    for (const path of [
      '$',
      '$.detail',
      "$.['detail-type']",
      '$.detail-type',
      '$.resources[0]',
      '$.detail.a..b',
    ])
      expect(await reading(path), path).toEqual([]);
    expect(await reading('$.detailType')).toEqual([
      'error: Rule (target work) reads $.detailType, which an event does not have; did you mean $.detail-type?',
    ]);
  });
});

describe('the size of an event', () => {
  const template = (queue: string, target = 'Work.Arn') => `
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop.orders] }
      Targets: [{ Id: work, Arn: !GetAtt ${target} }]
  Work: { Type: AWS::SQS::Queue, Properties: { ${queue} } }
`;
  const text = (maxLength: number, more: object = {}) =>
    schema(
      'shop.orders@OrderPlaced',
      { text: { type: 'string', maxLength, ...more } },
      { additionalProperties: false },
    );
  const tooLarge = async (queue: string, schemaText: string): Promise<string[]> =>
    (await told('event/too-large', { 'template.yaml': template(queue), 'schemas/a.json': schemaText })).map(
      (each) => each.split(':')[0]!,
    );

  it.each([
    ['a plain queue takes a megabyte, if nothing is escaped', '', text(300_000), ['info']],
    ['but not more', '', text(1_100_000), ['error']],
    ['an old queue takes a quarter', 'MaximumMessageSize: 262144', text(300_000), ['error']],
    ['and what is below', 'MaximumMessageSize: 262144', text(30_000), []],
    [
      'a bound that only escapes reach is a warning',
      'MaximumMessageSize: 262144',
      text(200_000),
      ['warning'],
    ],
    [
      'and so is one that no text was found for',
      'MaximumMessageSize: 262144',
      text(600_000, { pattern: '^[a-c]*$' }),
      ['warning'],
    ],
  ])('%s', async (_why, queue, schemaText, severities) => {
    expect(await tooLarge(queue, schemaText)).toEqual(severities);
  });

  it('is proven by an example', async () => {
    const examples = [{ text: 'y'.repeat(300_000) }];
    const open = schema('shop.orders@OrderPlaced', { text: { type: 'string' } }, { examples });
    expect(await tooLarge('MaximumMessageSize: 262144', open)).toEqual(['error']);
  });
});
