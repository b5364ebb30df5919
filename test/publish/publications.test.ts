import { describe, expect, it } from 'vitest';
import { printHoles } from '../../src/json/holes.ts';
import type { Emission } from '../../src/model/emission.ts';
import { loadParsers } from '../../src/publish/code/parsers.ts';
import { publications } from '../../src/publish/publications.ts';
import { loadText, readIn } from './template.ts';

const parsers = await loadParsers();

function found(
  resources: string,
  files: Readonly<Record<string, string>> = {},
  declared: readonly Emission[] = [],
) {
  const parts = loadText(`Transform: AWS::Serverless-2016-10-31\nResources:\n${resources}`, files);
  const { value, diagnostics } = publications({
    parts: { ...parts, emissions: declared },
    resources: parts.resources,
    sources: { read: readIn(files), parsers },
    fields: { depthField: '_chain_depth', stageField: 'processing_stage' },
  });
  const shown = (text: string): string => printHoles(text).replace(/\$\{[^}]*\}/g, '…');
  const emissions = value.emissions.map(
    ({ component, event, bus, evidence, entry }) =>
      `${component.replace('template.yaml#', '')}: ${event ? `${shown(event.source)}@${shown(event.detailType)}` : 'some event'} on ${bus === undefined ? 'some bus' : shown(bus)} (${evidence.kind}${entry ? ', entry' : ''})`,
  );
  const silent = value.components.flatMap(({ name, silence }) =>
    silence ? [`${name}: ${silence.kind}`] : [],
  );
  const calls = value.routes.map(({ id }) => id.replaceAll('template.yaml#', ''));
  return {
    emissions,
    silent,
    calls,
    findings: diagnostics.map(({ code, severity }) => `${severity} ${code}`),
    diagnostics,
  };
}

const bus = '  Bus: { Type: AWS::Events::EventBus, Properties: { Name: orders } }\n';
const rule = (target: string, source = 'shop'): string =>
  `  Rule: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [${source}] }, Targets: [{ Id: t, Arn: !GetAtt ${target}.Arn }] } }\n`;
const fn = (name: string, policies: string): string =>
  `  ${name}: { Type: AWS::Serverless::Function, Properties: { Handler: ${name.toLowerCase()}.handler, Runtime: nodejs22.x, CodeUri: src/, Policies: ${policies} } }\n`;
const put = '[{ EventBridgePutEventsPolicy: { EventBusName: !Ref Bus } }]';
const publishing = (entry: string): string =>
  `const { EventBridge } = require('@aws-sdk/client-eventbridge');
   exports.handler = async (event) => new EventBridge().putEvents({ Entries: [{ ${entry}, EventBusName: 'orders', Detail: '{}' }] });`;

describe('who publishes what', () => {
  it('is what the code says, where all of it is followed', () => {
    const code = publishing("Source: 'shop', DetailType: 'Placed'");
    expect(found(bus + rule('F') + fn('F', put), { 'src/f.js': code }).emissions).toEqual([
      'F: shop@Placed on orders (code)',
    ]);
  });

  it('is no answer to an event where no rule leads to it', () => {
    const code = publishing("Source: 'shop', DetailType: 'Placed'");
    expect(found(bus + fn('F', put), { 'src/f.js': code }).emissions).toEqual([
      'F: shop@Placed on orders (code, entry)',
    ]);
  });

  it('is what the role allows, where there is no code', () => {
    expect(found(bus + rule('F') + fn('F', put)).emissions).toEqual(['F: some event on orders (iam)']);
  });

  it('is what the role allows beside what the code says, where some of the code is not followed', () => {
    const code = `${publishing("Source: 'shop', DetailType: 'Placed'")}\nrequire('./elsewhere');`;
    expect(found(bus + rule('F') + fn('F', put), { 'src/f.js': code }).emissions).toEqual([
      'F: shop@Placed on orders (code)',
      'F: some event on orders (iam)',
    ]);
  });

  it('is nothing where the role allows nothing, or the code publishes nothing', () => {
    expect(found(bus + rule('F') + fn('F', '[]')).silent).toEqual(['F: iam']);
    const code = 'exports.handler = async () => 1;';
    expect(found(bus + rule('F') + fn('F', put), { 'src/f.js': code }).silent).toEqual(['F: code']);
  });

  it('is what roles allow that the code may assume, and no proof of silence beside roles elsewhere', () => {
    const assume = (role: string): string =>
      `[{ Statement: { Effect: Allow, Action: 'sts:AssumeRole', Resource: ${role} } }]`;
    const role = `  R: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: { Effect: Allow, Action: 'events:*', Resource: !GetAtt Bus.Arn } } }] } }\n`;
    const known = found(bus + rule('F') + fn('F', assume('!GetAtt R.Arn')) + role);
    expect([known.emissions, known.silent]).toEqual([['F: some event on orders (iam)'], []]);
    const elsewhere = found(bus + rule('F') + fn('F', assume('"*"')));
    expect([elsewhere.emissions, elsewhere.silent]).toEqual([[], []]);
  });

  it('is not known where the role is not in the templates', () => {
    const elsewhere = '  F: { Type: AWS::Lambda::Function, Properties: { Role: !ImportValue role } }\n';
    const { emissions, silent } = found(bus + rule('F') + elsewhere);
    expect([emissions, silent]).toEqual([[], []]);
  });

  it('is what a state machine, a pipe and a destination say', () => {
    const states = `{ States: { S: { Type: Task, Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ Source: s, DetailType: T, EventBusName: orders }] } } } }`;
    const template = `${bus}  M: { Type: AWS::Serverless::StateMachine, Properties: { Policies: ${put}, Definition: ${states} } }
  Q: { Type: AWS::SQS::Queue }
  P: { Type: AWS::Pipes::Pipe, Properties: { Name: p, Source: !GetAtt Q.Arn, Target: !GetAtt Bus.Arn, RoleArn: r } }
  F: { Type: AWS::Serverless::Function, Properties: { EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: EventBridge, Destination: !GetAtt Bus.Arn } } } } }
`;
    expect(found(template + rule('F')).emissions).toEqual([
      'M: s@T on orders (catalogue, entry)',
      'F: some event on orders (iam)',
      'Q: Pipe p@Event from aws:sqs on orders (catalogue)',
      'F: lambda@Lambda Function Invocation Result - Failure on orders (catalogue)',
    ]);
  });

  it('tells of services only what a rule takes, and of a state machine that is express nothing', () => {
    const machine = (type: string): string =>
      `  M: { Type: AWS::Serverless::StateMachine, Properties: { Type: ${type}, Definition: { States: {} } } }
  Failed: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [aws.states] }, Targets: [{ Id: t, Arn: !GetAtt F.Arn }] } }
`;
    const told = 'M: aws.states@Step Functions Execution Status Change on default (catalogue, entry)';
    expect(found(bus + fn('F', '[]') + machine('STANDARD')).emissions).toEqual([told]);
    expect(found(bus + fn('F', '[]') + machine('EXPRESS')).emissions).toEqual([]);
  });

  it('follows calls and writes to what a role names', () => {
    const policies =
      '[{ SQSSendMessagePolicy: { QueueName: !GetAtt Q.QueueName } }, { LambdaInvokePolicy: { FunctionName: !Ref G } }, { Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }]';
    const template = `${bus + rule('F') + fn('F', policies) + fn('G', '[]')}  Q: { Type: AWS::SQS::Queue }\n  R: { Type: AWS::SQS::Queue }\n`;
    expect(found(template).calls).toEqual(['F → Q', 'F → G']);
  });
});

describe('contradictions', () => {
  const declared = (detailType: string): Emission => ({
    component: 'template.yaml#F',
    entry: false,
    event: { source: 'shop', detailType },
    bus: 'orders',
    count: 1,
    probability: 1,
    depth: { kind: 'any' },
    stage: { kind: 'any' },
    evidence: { kind: 'declared', text: 'declared' },
  });
  const code = { 'src/f.js': publishing("Source: 'shop', DetailType: 'Placed'") };
  const only = (source: string): string =>
    `[{ Statement: { Effect: Allow, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn, Condition: { StringEquals: { 'events:source': ${source} } } } }]`;

  it.each<readonly [string, string, readonly Emission[], readonly string[]]>([
    ['declares what it publishes', only('shop'), [declared('Placed')], []],
    [
      'publishes what it does not declare',
      only('shop'),
      [declared('Other'), declared('Placed')].slice(0, 1),
      ['warning publisher/undeclared', 'info publisher/never-published'],
    ],
    ['publishes what its role forbids', only('other'), [], ['warning publisher/forbidden']],
    ['declares what its role forbids', only('other'), [declared('Placed')], ['warning publisher/forbidden']],
    ['may publish more than it does', put, [], ['info publisher/wide-role']],
  ])('%s', (_name, policies, said, expected) => {
    expect(found(bus + rule('F') + fn('F', policies), code, said).findings).toEqual(expected);
  });

  it('come with the policy that is just wide enough', () => {
    const [finding] = found(bus + rule('F') + fn('F', put), code).diagnostics;
    expect(finding?.fix?.text).toContain('"events:source":["shop"],"events:detail-type":["Placed"]');
  });
});
