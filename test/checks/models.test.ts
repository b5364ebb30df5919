import { describe, expect, it } from 'vitest';
import { told } from './told.ts';

/** A rule on a function whose role has these actions, and that says this of itself. */
function onFunction(actions: string, said = '{}', stage = ''): string {
  return `Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop.orders] ${stage} }
      Targets: [{ Id: work, Arn: !GetAtt Work.Arn }]
  Staged:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop.orders], detail: { processing_stage: [raw] } }
      Targets: [{ Id: work, Arn: !GetAtt Work.Arn, RetryPolicy: { MaximumRetryAttempts: 2 } }]
  Work:
    Type: AWS::Serverless::Function
    Metadata: { Busproof: ${said} }
    Properties:
      Policies: [{ Statement: [{ Effect: Allow, Action: ${actions}, Resource: "*" }] }]
`;
}

const retry = 'target/retry-in-front-of-model';
const stage = 'rule/model-without-stage';

describe('a function that may call a model, since its role says so', () => {
  it.each([
    '"bedrock:InvokeModel"',
    '["bedrock:Converse*", "logs:*"]',
    '"bedrock:*"',
    '"Bedrock:invokemodel*"',
  ])('is told of as a note: %s', async (actions) => {
    const files = { 'template.yaml': onFunction(actions) };
    expect(await told(retry, files)).toEqual([
      'info: Rule retries Work, which may call a model, for 24 hours and up to 185 times',
    ]);
    expect(await told(stage, files)).toEqual([
      'info: Rule triggers Work, which may call a model, and takes processed events as well as raw ones: it has no condition on detail.processing_stage',
    ]);
  });

  it.each(['"bedrock:ListFoundationModels"', '"*"', '"dynamodb:*"'])(
    'is no function with a role for something else: %s',
    async (actions) => {
      const files = { 'template.yaml': onFunction(actions) };
      expect([...(await told(retry, files)), ...(await told(stage, files))]).toEqual([]);
    },
  );

  it('has the role to itself', async () => {
    const shared = (other: string) => `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{ PolicyDocument: { Statement: [{ Effect: Allow, Action: "bedrock:InvokeModel", Resource: "*" }] } }]
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop.orders] }
      Targets: [{ Id: work, Arn: !GetAtt Work.Arn }]
  Work: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn } }
  Other: { Type: AWS::Lambda::Function, Properties: { Role: ${other} } }
`;
    expect(await told(retry, { 'template.yaml': shared('!ImportValue Other') })).toHaveLength(1);
    expect(await told(retry, { 'template.yaml': shared('!GetAtt Role.Arn') })).toEqual([]);
  });

  it('is known better by whoever wrote it', async () => {
    const actions = '"bedrock:InvokeModel"';
    expect(await told(retry, { 'template.yaml': onFunction(actions, '{ callsModel: false }') })).toEqual([]);
    const declared = await told(retry, { 'template.yaml': onFunction(actions, '{ callsModel: true }') });
    expect(declared).toEqual([
      'warning: Rule retries Work, which calls a model, for 24 hours and up to 185 times',
    ]);
  });
});
